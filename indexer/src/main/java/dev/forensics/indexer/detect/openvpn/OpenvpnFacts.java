package dev.forensics.indexer.detect.openvpn;

/** What OpenVPN's opening packets showed. */
public final class OpenvpnFacts {
  /** Control channel protection: "none", "tls-auth" or "tls-crypt"; null when not seen. */
  public String controlProtection;

  /** Client's session id, lower-case hex; null when not seen. */
  public String clientSessionId;

  /** Server's session id, lower-case hex; null when not seen. */
  public String serverSessionId;
}
