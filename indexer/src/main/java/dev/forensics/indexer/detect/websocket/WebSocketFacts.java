package dev.forensics.indexer.detect.websocket;

/** What was learned of the frames of one WebSocket. */
public final class WebSocketFacts {
  /** A message of text was seen. */
  public boolean text;

  /** A message of binary data was seen. */
  public boolean binary;

  /** A compressed message was seen (permessage-deflate, RFC 7692); its content is not read. */
  public boolean compressed;
}
