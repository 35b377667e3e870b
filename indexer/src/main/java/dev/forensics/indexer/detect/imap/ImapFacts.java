package dev.forensics.indexer.detect.imap;

/** What an IMAP session showed before it turned to TLS, if it did. */
public final class ImapFacts {
  /** The server's greeting, at most 200 bytes; null when not seen. */
  public String greeting;

  /** User name of the last LOGIN command; null when not seen. */
  public String user;

  /** Mechanism of the last AUTHENTICATE command, upper case; null when none. */
  public String authMechanism;

  /** Commands sent by the client. */
  public long commands;

  /** True when the server agreed to STARTTLS: from there on the connection is TLS. */
  public boolean startTls;
}
