package dev.forensics.indexer.flow;

/**
 * What a flow was when one of its segments above 1 began: with it a replay can begin there instead
 * of at the flow's first packet.
 *
 * @param segment number of the segment, at least 2
 * @param flowStartNanos time of the whole flow's first packet
 * @param firstPacketHash hash of that packet
 * @param senderOriginates true when the originator sent the segment's first packet
 * @param midstream as {@link Flow#midstream}
 * @param responderOpened true when an observer had found out that the responder opened the flow
 * @param marks as {@link Flow#marks}
 * @param synSequence as {@link Flow#synSequence}
 * @param originatorSequence the originator's {@link FlowSide#nextSequence}
 * @param originatorAck the originator's {@link FlowSide#highestAck}
 * @param responderSequence the responder's {@link FlowSide#nextSequence}
 * @param responderAck the responder's {@link FlowSide#highestAck}
 * @param names as {@link Flow#names}; null when neither side has one
 * @param observed what the observer needs to go on; null when nothing
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record SegmentStart(
    int segment,
    long flowStartNanos,
    long firstPacketHash,
    boolean senderOriginates,
    boolean midstream,
    boolean responderOpened,
    int marks,
    int synSequence,
    int originatorSequence,
    int originatorAck,
    int responderSequence,
    int responderAck,
    FlowNames names,
    byte[] observed) {

  /** The state of a flow whose next segment begins with a packet of this direction. */
  static SegmentStart of(Flow flow, Direction first, byte[] observed) {
    return new SegmentStart(
        flow.segment,
        flow.flowStartNanos,
        flow.firstPacketHash,
        first == Direction.ORIGINATOR,
        flow.midstream,
        flow.opener == Direction.RESPONDER,
        flow.marks,
        flow.synSequence,
        flow.originator.nextSequence,
        flow.originator.highestAck,
        flow.responder.nextSequence,
        flow.responder.highestAck,
        flow.names,
        observed);
  }

  /** Puts this state into a new flow with two sides of its own. */
  void restore(Flow flow) {
    flow.segment = segment;
    flow.flowStartNanos = flowStartNanos;
    flow.firstPacketHash = firstPacketHash;
    flow.midstream = midstream;
    flow.opener = responderOpened ? Direction.RESPONDER : Direction.ORIGINATOR;
    flow.marks = marks;
    flow.synSequence = synSequence;
    flow.originator.nextSequence = originatorSequence;
    flow.originator.highestAck = originatorAck;
    flow.responder.nextSequence = responderSequence;
    flow.responder.highestAck = responderAck;
    flow.segmentStart = this;
    TcpStates.summarize(flow);
  }
}
