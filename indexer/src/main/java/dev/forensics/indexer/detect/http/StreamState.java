package dev.forensics.indexer.detect.http;

/** Where in a message of an {@link HttpStream} the next byte stands. */
enum StreamState {
  START,
  HEAD,
  BODY,
  CHUNK_SIZE,
  CHUNK_DATA,
  CHUNK_END,
  TRAILER,
  UNTIL_CLOSE,
  SEARCH,
  HTTP2,
  TUNNEL,
  STOPPED
}
