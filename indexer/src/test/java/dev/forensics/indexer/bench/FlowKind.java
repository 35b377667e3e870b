package dev.forensics.indexer.bench;

import java.util.Random;

/** Kinds of generated flows: how many of a hundred, and their share of the bytes. */
enum FlowKind {
  DNS(33, 0.0, 53),
  TLS_BULK(27, 0.58, 443),
  HTTP(11, 0.14, 80),
  PLAINTEXT_ON_443(1, 0.005, 443),
  QUIC(10, 0.185, 443),
  INTERACTIVE(15, 0.065, 5672),
  SSH(3, 0.025, 22);

  private static final byte[] TLS_RECORD = {
    23, 3, 3, (byte) ((PacketOutput.SEGMENT - 5) >> 8), (byte) (PacketOutput.SEGMENT - 5)
  };
  private static final byte[] QUIC_SHORT_HEADER = {0x43};

  private final int ofHundredFlows;
  private final double shareOfBytes;
  private final int port;

  FlowKind(int ofHundredFlows, double shareOfBytes, int port) {
    this.ofHundredFlows = ofHundredFlows;
    this.shareOfBytes = shareOfBytes;
    this.port = port;
  }

  double shareOfBytes() {
    return shareOfBytes;
  }

  /** The server's port. */
  int port() {
    return port;
  }

  boolean tcp() {
    return this != DNS && this != QUIC;
  }

  /** True when full segments go one way, and acknowledgments the other. */
  boolean bulk() {
    return this != DNS && this != INTERACTIVE && this != SSH;
  }

  /** What each bulk packet begins with: TLS record header, QUIC short header; null for nothing. */
  byte[] bulkStart() {
    return switch (this) {
      case TLS_BULK -> TLS_RECORD;
      case QUIC -> QUIC_SHORT_HEADER;
      default -> null;
    };
  }

  static FlowKind byChance(Random random) {
    int number = random.nextInt(100);
    for (FlowKind kind : values()) {
      number -= kind.ofHundredFlows;
      if (number < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("shares do not sum up to 100");
  }
}
