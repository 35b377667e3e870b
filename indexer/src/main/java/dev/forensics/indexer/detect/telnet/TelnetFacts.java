package dev.forensics.indexer.detect.telnet;

/** What a Telnet session showed. */
public final class TelnetFacts {
  /** Options negotiated (WILL, WONT, DO, DONT), both sides. */
  public long negotiations;

  /** Name typed at a login prompt last; null when none was seen. */
  public String user;

  /**
   * True once that user's login went on: something was typed at the password prompt behind the
   * name, or the server let the user in. Before, the name may be a password at the wrong prompt.
   */
  public boolean passwordTyped;

  /** True when the ENCRYPT option (RFC 2946) was used: what follows cannot be read. */
  public boolean encrypted;
}
