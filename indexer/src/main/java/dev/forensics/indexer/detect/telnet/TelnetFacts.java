package dev.forensics.indexer.detect.telnet;

/** What a Telnet session showed. */
public final class TelnetFacts {
  /** Options negotiated (WILL, WONT, DO, DONT), both sides. */
  public long negotiations;

  /** Name typed at a login prompt last; null when none was seen. */
  public String user;

  /** True when the ENCRYPT option (RFC 2946) was used: what follows cannot be read. */
  public boolean encrypted;
}
