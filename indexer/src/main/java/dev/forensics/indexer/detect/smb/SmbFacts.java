package dev.forensics.indexer.detect.smb;

/** What an SMB connection showed of its version and protection. */
public final class SmbFacts {
  /** True when SMB 1 messages were seen. A first SMB 1 negotiation may only ask for SMB 2. */
  public boolean version1;

  /** True when SMB 2 or 3 messages were seen. */
  public boolean version2;

  /** Dialect the server chose, such as "3.1.1", "2.1" or "NT LM 0.12" ; null when not seen. */
  public String dialect;

  /** True when encrypted messages (SMB 3 transform headers) were seen. */
  public boolean encrypted;

  /** True when the server requires signatures (SMB 2 and 3). */
  public boolean signingRequired;

  /** Messages whose header was seen at the beginning of a NetBIOS session message. */
  public long messages;
}
