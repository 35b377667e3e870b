package dev.forensics.indexer.detect.forward;

import dev.forensics.indexer.detect.CountedValues;
import dev.forensics.indexer.detect.FlowFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * For whom the client of a flow says that it speaks: the header of the PROXY protocol, or the
 * fields Forwarded and X-Forwarded-For of HTTP. It is what the sender says, and anybody can say it.
 */
public final class ForwardedFacts {
  /** How many different addresses are kept. */
  public static final int LIMIT = 32;

  /** Who says so: "proxy-v1", "proxy-v2", "forwarded", "x-forwarded-for"; in the order seen. */
  public final List<String> by = new ArrayList<>(1);

  /** Addresses of the clients with how often they were named; the first {@link #LIMIT} ones. */
  public final CountedValues addresses = new CountedValues(LIMIT);

  /** Port of the first client, 0 when it was not said. */
  public int port;

  /** Address that the first client called, as the PROXY header says; or null. */
  public String serverAddress;

  /** Port that the first client called, 0 when it was not said. */
  public int serverPort;

  /** The first client; null when there is none. */
  public String first() {
    return addresses.isEmpty() ? null : addresses.values().get(0);
  }

  /** Notes the first client's port and what it called; a header behind the first adds nothing. */
  void called(int fromPort, String address, int toPort) {
    if (serverAddress == null) {
      port = fromPort;
      serverAddress = address;
      serverPort = toPort;
    }
  }

  /**
   * Notes a client.
   *
   * @param by who says so
   * @param address as {@link dev.forensics.indexer.detect.wire.AddressReader} gives it
   * @return the flow's facts
   */
  public static ForwardedFacts note(FlowFacts facts, String by, String address) {
    ForwardedFacts all = facts.get(ForwardedFacts.class);
    if (all == null) {
      all = facts.add(new ForwardedFacts());
    }
    if (!all.by.contains(by)) {
      all.by.add(by);
    }
    all.addresses.add(address);
    facts.changed();
    return all;
  }
}
