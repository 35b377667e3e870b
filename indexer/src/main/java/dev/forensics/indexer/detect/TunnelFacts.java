package dev.forensics.indexer.detect;

/**
 * A stream within a stream: who carries it, where it was asked to lead, and what was learned of it.
 * No record: what is within refers to it, which a record that is read back cannot be while it is
 * made.
 */
public final class TunnelFacts {
  private final String carrier;
  private final String targetHost;
  private final int targetPort;
  private final boolean granted;
  private final FlowFacts inner;

  TunnelFacts(String carrier, String targetHost, int targetPort, boolean granted, FlowFacts inner) {
    this.carrier = carrier;
    this.targetHost = targetHost;
    this.targetPort = targetPort;
    this.granted = granted;
    this.inner = inner;
  }

  /** "http-connect", "socks4", "socks5" or "websocket". */
  public String carrier() {
    return carrier;
  }

  /**
   * Name or address that the client wants to reach through a proxy; null when no request for it was
   * seen, or none is needed.
   */
  public String targetHost() {
    return targetHost;
  }

  /** Its port; 0 where the host is null. */
  public int targetPort() {
    return targetPort;
  }

  /** True when the carrier's server was seen to open it. */
  public boolean granted() {
    return granted;
  }

  /** What is within. */
  public FlowFacts inner() {
    return inner;
  }
}
