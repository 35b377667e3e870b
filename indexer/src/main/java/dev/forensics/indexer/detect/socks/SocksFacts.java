package dev.forensics.indexer.detect.socks;

/** What a client asked of a SOCKS proxy. */
public final class SocksFacts {
  /** 5 or 4. */
  public int version;

  /** "connect", "bind" or "udp"; null when no request was seen. */
  public String command;

  /** Host that the client wants to reach, a name or an address; null when not seen. */
  public String targetHost;

  /** Port that the client wants to reach, 0 when not seen. */
  public int targetPort;

  /** Answer of the proxy to the request, 0 granted; -1 when not seen. */
  public int reply = -1;
}
