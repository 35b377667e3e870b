package dev.forensics.indexer.detect.mtproto;

import dev.forensics.indexer.detect.FlowFacts;

/** Looks for the MTProto envelope in the bodies of one HTTP connection. */
public final class MtprotoOverHttp {
  private final MtprotoMessages messages;
  private FlowFacts flowFacts;
  private boolean pathSeen;

  /** Begins with the first body. */
  public MtprotoOverHttp(FlowFacts flowFacts) {
    this.flowFacts = flowFacts;
    this.messages = new MtprotoMessages(flowFacts, "http");
  }

  /**
   * Looks at a body.
   *
   * @param fromClient true for the body of a request
   * @param path of the request; null for a response
   * @param bytes first bytes of the body
   * @param length how many of them
   * @param totalBytes length of the whole body
   */
  public void body(
      boolean fromClient,
      String path,
      byte[] bytes,
      int length,
      long totalBytes,
      long timestampNanos) {
    pathSeen |= TelegramPath.matches(path);
    boolean confirmed = pathSeen && "telegram".equals(flowFacts.application);
    messages.message(fromClient, bytes, length, totalBytes, 0, confirmed, timestampNanos);
  }

  /** The flow goes on in its next segment. */
  public void nextSegment(FlowFacts next) {
    flowFacts = next;
    messages.nextSegment(next);
  }
}
