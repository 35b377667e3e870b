package dev.forensics.indexer.detect.quic;

import java.util.List;

/** What the Initial packets of a QUIC connection showed. */
public final class QuicFacts {
  /** "1", "2", "draft-29", "Q046" or the number in hex; null when no long header was seen. */
  public String version;

  /** Destination connection id of the client's first packet, lower-case hex; null when not seen. */
  public String connectionId;

  /** True when a client's Initial was opened, so that it is QUIC beyond doubt. */
  public boolean opened;

  /** Server name (SNI) that the client asked for; null when none or not seen. */
  public String serverName;

  /** Protocols that the client offered by ALPN, in order. */
  public List<String> alpnOffered = List.of();

  /** JA4 of the ClientHello, beginning with "q"; null when none was seen. */
  public String ja4;

  /** JA3 of the ClientHello; null when none was seen. */
  public String ja3;

  /** True when the server asked for another version. */
  public boolean versionNegotiation;

  /** True when the server sent a Retry. */
  public boolean retry;

  /**
   * Initial packets of the client that did not open with the keys of their connection id, or were
   * beyond the {@link InitialBudget}.
   */
  public long unopened;
}
