package dev.forensics.indexer.detect.rdp;

/** What RDP's connection request and confirm said (MS-RDPBCGR 2.2.1.1, 2.2.1.2). */
public final class RdpFacts {
  /** User name of the "mstshash" cookie, which clients cut to 9 characters; null when none. */
  public String cookieUser;

  /** Protocols the client asked for, bits: 1 TLS, 2 CredSSP, 8 CredSSP early; -1 when none. */
  public long requestedProtocols = -1;

  /** Protocol the server chose, the same bits, 0 standard RDP security; -1 when not seen. */
  public long selectedProtocol = -1;

  /** Failure code of the server's negotiation failure; -1 when none. */
  public long failureCode = -1;

  /** True when the server chose RDP's own encryption, without TLS. */
  public boolean standardSecurity() {
    return selectedProtocol == 0;
  }
}
