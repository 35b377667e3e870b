package dev.forensics.indexer.farm;

import dev.forensics.indexer.detect.Exchange;
import java.util.List;

/**
 * A flow, and what it may be taken for.
 *
 * @param what said in findings
 * @param names names of protocols that are right; none is always right
 * @param alarms rules that may fire
 */
record OrdinaryFlow(
    String what,
    Exchange exchange,
    int serverPort,
    boolean midstream,
    List<String> names,
    List<String> alarms) {
  private static final List<Integer> HTTPS = List.of(443, 8443);

  static OrdinaryFlow of(String what, Exchange exchange, int serverPort) {
    boolean https = exchange.stream() && HTTPS.contains(serverPort);
    List<String> alarms = https ? List.of("unknown-on-https-port") : List.of();
    return new OrdinaryFlow(what, exchange, serverPort, false, List.of(), alarms);
  }

  /** The same, which may have this name. */
  OrdinaryFlow named(String name) {
    return new OrdinaryFlow(what, exchange, serverPort, midstream, List.of(name), alarms);
  }

  /** The same, on which this rule may fire. */
  OrdinaryFlow alarming(String... rules) {
    return new OrdinaryFlow(what, exchange, serverPort, midstream, names, List.of(rules));
  }

  /** The same, of which the beginning was not captured. */
  OrdinaryFlow joined() {
    return new OrdinaryFlow(what, exchange, serverPort, true, names, alarms);
  }
}
