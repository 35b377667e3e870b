package dev.forensics.indexer.detect.ssh;

/** What both sides of an SSH connection (RFC 4253) said before encryption began. */
public final class SshFacts {
  /** Version line of the client without CR and LF, such as "SSH-2.0-OpenSSH_9.6"; or null. */
  public String clientVersion;

  /** Version line of the server without CR and LF; or null. */
  public String serverVersion;

  /** HASSH: MD5 of the client's key exchange, encryption, MAC and compression names; or null. */
  public String hassh;

  /** HASSH of the server's names; or null. */
  public String hasshServer;

  /**
   * The names that {@link #hassh} is made of, joined by semicolons, at most 4096 bytes; or null.
   */
  public String hasshAlgorithms;

  /** The names that {@link #hasshServer} is made of; or null. */
  public String hasshServerAlgorithms;
}
