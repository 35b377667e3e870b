package dev.forensics.indexer.detect.wireguard;

/** What a WireGuard flow showed: everything but the message kinds is encrypted. */
public final class WireguardFacts {
  /** Handshake initiations. */
  public long initiations;

  /** Handshake responses. */
  public long responses;

  /** Cookie replies: a peer under load. */
  public long cookies;

  /** Transport messages, keep-alives among them. */
  public long transports;
}
