package dev.forensics.indexer.detect.user;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Registration;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowSide;

/** A flow as documents show it: source is the side that opened it, destination the other one. */
final class FlowView {
  final Flow flow;
  final FlowFacts facts;
  private final Attribution attribution;

  FlowView(Flow flow, FlowFacts facts, Attribution attribution) {
    this.flow = flow;
    this.facts = facts;
    this.attribution = attribution;
  }

  private boolean opened() {
    return flow.opener == Direction.ORIGINATOR;
  }

  FlowSide source() {
    return opened() ? flow.originator : flow.responder;
  }

  FlowSide destination() {
    return opened() ? flow.responder : flow.originator;
  }

  int sourcePort() {
    return opened() ? flow.originatorPort : flow.responderPort;
  }

  int destinationPort() {
    return opened() ? flow.responderPort : flow.originatorPort;
  }

  Address sourceAddress() {
    return opened()
        ? new Address(flow.ipVersion, flow.originatorHigh, flow.originatorLow)
        : new Address(flow.ipVersion, flow.responderHigh, flow.responderLow);
  }

  Address destinationAddress() {
    return opened()
        ? new Address(flow.ipVersion, flow.responderHigh, flow.responderLow)
        : new Address(flow.ipVersion, flow.originatorHigh, flow.originatorLow);
  }

  /** Who holds an address, or null. */
  String organization(Address address) {
    Registration holder = attribution.lookup(address.ipVersion(), address.high(), address.low());
    return holder == null ? null : holder.organization();
  }
}
