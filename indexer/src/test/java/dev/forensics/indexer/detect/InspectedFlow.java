package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Flow;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;

/** A flow as the detect room reported it at its end. Addresses as Java writes them. */
public record InspectedFlow(
    Flow flow,
    String originator,
    String responder,
    long startNanos,
    FlowFacts facts,
    List<Verdict> verdicts) {

  static InspectedFlow of(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
    return new InspectedFlow(
        flow,
        text(flow.ipVersion, flow.originatorHigh, flow.originatorLow) + " " + flow.originatorPort,
        text(flow.ipVersion, flow.responderHigh, flow.responderLow) + " " + flow.responderPort,
        flow.startNanos,
        facts,
        List.copyOf(verdicts));
  }

  /** "address port" of both ends, in either order. */
  public boolean isBetween(String one, String other) {
    return (originator.equals(one) && responder.equals(other))
        || (originator.equals(other) && responder.equals(one));
  }

  /** The verdict of a rule, or null. */
  public Verdict verdict(String rule) {
    return verdicts.stream().filter(v -> v.rule().id().equals(rule)).findFirst().orElse(null);
  }

  /** An end as "address port". */
  public static String end(String address, int port) {
    try {
      return InetAddress.getByName(address).getHostAddress() + " " + port;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  private static String text(int version, long high, long low) {
    byte[] bytes =
        version == 4
            ? ByteBuffer.allocate(4).putInt((int) low).array()
            : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
