package dev.forensics.indexer.document;

import dev.forensics.indexer.enrich.Place;
import dev.forensics.indexer.enrich.Registration;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowSide;

/** One side of a flow with what is known of its address; reused for each document. */
final class Endpoint {
  int ipVersion;
  long high;
  long low;
  int port;
  FlowSide side;
  String domain;
  Registration registration;
  Place place;

  /** Takes a side of a flow; looks its address up. */
  void set(Flow flow, Direction direction, DocumentContext context) {
    boolean originator = direction == Direction.ORIGINATOR;
    ipVersion = flow.ipVersion;
    high = originator ? flow.originatorHigh : flow.responderHigh;
    low = originator ? flow.originatorLow : flow.responderLow;
    port = originator ? flow.originatorPort : flow.responderPort;
    side = flow.side(direction);
    registration = context.attribution().lookup(ipVersion, high, low);
    place = context.geography().lookup(ipVersion, high, low);
    domain = flow.names == null ? null : flow.names.of(direction);
  }
}
