package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;

/** Counts payload bytes and does nothing else. */
public final class SilentObserver implements FlowObserver {
  /** Payload bytes heard. */
  public long payloadBytes;

  @Override
  public void flowStarted(Flow flow, DecodedPacket first) {}

  @Override
  public void payload(
      Flow flow, Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    payloadBytes += length;
  }

  @Override
  public void gap(Flow flow, Direction direction, long lengthBytes, long timestampNanos) {}

  @Override
  public void connectionChanged(Flow flow, Direction by, long timestampNanos) {}

  @Override
  public void flowEnded(Flow flow) {}
}
