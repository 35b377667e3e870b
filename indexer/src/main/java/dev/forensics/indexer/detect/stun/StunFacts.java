package dev.forensics.indexer.detect.stun;

/** What STUN messages of a flow showed. */
public final class StunFacts {
  /** Messages seen. */
  public long messages;

  /** SOFTWARE attribute seen last, at most 128 bytes; null when none. */
  public String software;

  /** USERNAME attribute seen last, at most 128 bytes; null when none. */
  public String user;

  /** REALM attribute seen last (TURN), at most 128 bytes; null when none. */
  public String realm;

  /** The client's address as the server saw it, with the port; null when not seen. */
  public String mappedAddress;

  /** True when a TURN method was seen: a relay. */
  public boolean turn;
}
