package dev.forensics.indexer.detect.mtproto;

import dev.forensics.indexer.detect.FlowFacts;
import java.util.Locale;

/** Looks for the MTProto envelope in the bodies of one HTTP connection. */
public final class MtprotoOverHttp {
  private final MtprotoMessages messages;
  private final String registeredApplication;
  private boolean pathSeen;

  /** Begins with the first body. */
  public MtprotoOverHttp(FlowFacts flowFacts) {
    this.registeredApplication = flowFacts.application;
    this.messages = new MtprotoMessages(flowFacts, "http");
  }

  /**
   * Looks at a body.
   *
   * @param fromClient true for the body of a request
   * @param path of the request; null for a response
   * @param contentType as the message's head says; null when it says none
   * @param bytes first bytes of the body
   * @param length how many of them
   * @param totalBytes length of the whole body
   */
  public void body(
      boolean fromClient,
      String path,
      String contentType,
      byte[] bytes,
      int length,
      long totalBytes,
      long timestampNanos) {
    pathSeen |= TelegramPath.matches(path);
    boolean address = "telegram".equals(registeredApplication);
    if (address || isBinary(contentType)) {
      messages.message(fromClient, bytes, length, totalBytes, 0, pathSeen, address, timestampNanos);
    }
  }

  /** Telegram's servers say octet-stream, its clients nothing, or what HTTP libraries say. */
  private static boolean isBinary(String contentType) {
    if (contentType == null) {
      return true;
    }
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return switch (type.strip().toLowerCase(Locale.ROOT)) {
      case "", "application/octet-stream", "application/x-www-form-urlencoded" -> true;
      default -> false;
    };
  }

  /** The flow goes on in its next segment. */
  public void nextSegment(FlowFacts next) {
    messages.nextSegment(next);
  }
}
