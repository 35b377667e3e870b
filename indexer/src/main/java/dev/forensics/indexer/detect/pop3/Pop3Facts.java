package dev.forensics.indexer.detect.pop3;

/** What a POP3 session showed before it turned to TLS, if it did. */
public final class Pop3Facts {
  /** First line of the server's greeting, at most 200 bytes; null when not seen. */
  public String greeting;

  /** User name of the last USER or APOP command; null when not seen. */
  public String user;

  /** Messages fetched with RETR. */
  public long retrieved;

  /** True when the server agreed to STLS: from there on the connection is TLS. */
  public boolean startTls;
}
