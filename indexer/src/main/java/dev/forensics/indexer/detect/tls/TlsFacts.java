package dev.forensics.indexer.detect.tls;

import dev.forensics.indexer.flow.Direction;
import java.util.List;

/** What was learned of the TLS on one connection. Lists are bounded by the hello's own bounds. */
public final class TlsFacts {
  /** Direction of the ClientHello: the client; null when none was seen. */
  public Direction client;

  /** True when a ClientHello was seen whole. */
  public boolean clientHello;

  /** True when a ServerHello was seen whole. */
  public boolean serverHello;

  /** Packet time of the ClientHello, 0 when none. */
  public long clientHelloNanos;

  /** Server name (SNI) that the client asked for; null when none. */
  public String serverName;

  /** Protocols that the client offered by ALPN, in order. */
  public List<String> alpnOffered = List.of();

  /** Protocol that the server chose by ALPN (TLS 1.2 and older), or null. */
  public String alpn;

  /** Version that the server chose, such as "1.2" or "ssl3"; null when no ServerHello was seen. */
  public String version;

  /** The server's version on the wire, such as 0x0303; 0 when none. */
  public int versionNumber;

  /** Highest version that the client offered, such as 0x0304; 0 when none. */
  public int offeredVersion;

  /** Cipher suite that the server chose; -1 when none. */
  public int cipher = -1;

  /** Name of {@link #cipher} in IANA's registry, or its number in hex; null when none. */
  public String cipherName;

  /** JA3 of the ClientHello, lower-case hex MD5; null when none. */
  public String ja3;

  /** JA3S of the ServerHello, lower-case hex MD5; null when none. */
  public String ja3s;

  /** JA4 of the ClientHello (FoxIO, BSD-3); null when none. */
  public String ja4;

  /** True when the session was resumed, as far as it can be seen. */
  public boolean resumed;

  /** True when both sides sent encrypted handshake or application data. */
  public boolean established;

  /** Level and description of the client's first plaintext alert, level * 256 + description; -1. */
  public int clientAlert = -1;

  /** Level and description of the server's first plaintext alert, level * 256 + description; -1. */
  public int serverAlert = -1;

  /** The server's chain, its own certificate first (TLS 1.2 and older); empty when not seen. */
  public List<CertificateFacts> certificates = List.of();

  /** The client's own certificate chain (TLS 1.2 and older); empty when not seen. */
  public List<CertificateFacts> clientCertificates = List.of();

  /** Certificates that could not be parsed. */
  public int brokenCertificates;

  /** True when an SSLv2 ClientHello was seen. */
  public boolean ssl2Hello;
}
