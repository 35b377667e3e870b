package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.TunnelPorts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Whether the records at a part's places are the flow's: by the innermost addresses, ports and
 * protocol in either direction, and by the time.
 *
 * <p>A packet whose time lies outside the flow's is its own where such inside stand before and
 * behind it: clocks jump. A fragment is the flow's when its datagram is. One whose datagram ends in
 * another capture is, when its own addresses are the flow's, or when nothing else in the file
 * speaks against it (the addresses of a tunnel say nothing).
 */
final class PartCheck {
  private enum Verdict {
    NOTHING,
    OWN,
    OWN_AT_ANOTHER_TIME,
    HALF_A_DATAGRAM,
    HALF_A_DATAGRAM_OF_ITS_ADDRESSES,
    FOREIGN
  }

  private final FlowSelection flow;
  private final Part part;
  private final long[] places;
  private final Verdict[] verdicts;

  PartCheck(FlowSelection flow, Part part) {
    this.flow = flow;
    this.part = part;
    places =
        LongStream.concat(
                Arrays.stream(part.positions()),
                part.spans().stream().flatMapToLong(PartCheck::ends))
            .sorted()
            .distinct()
            .toArray();
    verdicts = new Verdict[places.length];
    Arrays.fill(verdicts, Verdict.NOTHING);
  }

  /** The ends of a span that are records of the flow, and not of the capture. */
  private static LongStream ends(Span span) {
    return LongStream.of(span.first(), span.last()).filter(at -> at != 0 && at != Long.MAX_VALUE);
  }

  /** Where the flow's tunnels stood beside the well-known ports. */
  TunnelPorts tunnels() {
    return flow.tunnels();
  }

  /** Positions to be looked at, in ascending order and each once. */
  long[] places() {
    return places;
  }

  /** Start of the section around a place; NO_SECTION when it is not known. */
  long section(long place) {
    return part.section(place);
  }

  /** A record that stands alone, or that completes a datagram. */
  void saw(PacketRecord record, DecodedPacket decoded) {
    FlowKey key = flow.key();
    boolean isOwn = key != null && key.matches(decoded);
    Verdict verdict =
        !isOwn
            ? Verdict.FOREIGN
            : flow.lasts(record.timestampNanos) ? Verdict.OWN : Verdict.OWN_AT_ANOTHER_TIME;
    note(record.position, verdict);
    for (int i = 0; decoded.heldPositions != null && i < decoded.heldPositions.length; i++) {
      note(decoded.heldPositions[i], verdict);
    }
  }

  /** A fragment of a datagram that is not complete yet. */
  void sawFragment(PacketRecord record, DecodedPacket decoded) {
    FlowKey key = flow.key();
    boolean isOfAddresses = key != null && key.matchesAddresses(decoded);
    note(
        record.position,
        isOfAddresses ? Verdict.HALF_A_DATAGRAM_OF_ITS_ADDRESSES : Verdict.HALF_A_DATAGRAM);
  }

  /** Something that no flow has. */
  void sawOther(PacketRecord record) {
    note(record.position, Verdict.FOREIGN);
  }

  private void note(long position, Verdict verdict) {
    int at = Arrays.binarySearch(places, position);
    if (at >= 0) {
      verdicts[at] = verdict;
    }
  }

  /** The part without what is not there; null when nothing of it is. */
  Part found() {
    long[] positions = Arrays.stream(part.positions()).filter(this::isOwn).toArray();
    List<Span> spans = part.spans().stream().filter(s -> ends(s).allMatch(this::isOwn)).toList();
    return positions.length == 0 && spans.isEmpty() ? null : part.only(positions, spans);
  }

  /** What is still to be looked for elsewhere; null when all was found. */
  Part left() {
    long[] positions = Arrays.stream(part.positions()).filter(at -> !isOwn(at)).toArray();
    List<Span> spans = new ArrayList<>(part.spans());
    spans.removeIf(span -> ends(span).allMatch(this::isOwn));
    return positions.length == 0 && spans.isEmpty() ? null : part.only(positions, spans);
  }

  private boolean isOwn(long place) {
    int at = Arrays.binarySearch(places, place);
    return switch (verdicts[at]) {
      case OWN, HALF_A_DATAGRAM_OF_ITS_ADDRESSES -> true;
      case OWN_AT_ANOTHER_TIME -> isAny(0, at) && isAny(at + 1, verdicts.length);
      case HALF_A_DATAGRAM -> !isAny(Verdict.FOREIGN) && !isAny(Verdict.NOTHING);
      case NOTHING, FOREIGN -> false;
    };
  }

  private boolean isAny(int from, int to) {
    return Arrays.asList(verdicts).subList(from, to).contains(Verdict.OWN);
  }

  private boolean isAny(Verdict verdict) {
    return Arrays.asList(verdicts).contains(verdict);
  }
}
