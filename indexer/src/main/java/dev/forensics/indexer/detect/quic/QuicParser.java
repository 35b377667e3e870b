package dev.forensics.indexer.detect.quic;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.tls.ClientHello;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Opens the client's Initial packets until the ClientHello is whole. Work is bounded: {@link
 * #OPEN_LIMIT} packets are tried, {@link #DATAGRAM_LIMIT} datagrams looked at, 16 KiB kept; packets
 * beyond the {@link InitialBudget} stay closed.
 */
final class QuicParser implements ProtocolParser {
  /** Packets of a flow that are tried. */
  static final int OPEN_LIMIT = 24;

  private static final int DATAGRAM_LIMIT = 64;
  private static final int HELLO_HEADER = 4;
  private static final int CLIENT_HELLO = 1;

  private static final int BYTES_A_TEXT = 64;

  /** The parser and its facts, with names of a ClientHello. */
  private static final int OWN_BYTES = 900;

  private final Flow flow;
  private final FlowFacts facts;
  private final QuicFacts quic;
  private final LongHeader header = new LongHeader();
  private InitialKeys keys;
  private QuicVersion keysVersion;
  private CryptoStream crypto = new CryptoStream();
  private int tries;
  private int datagrams;
  private int helloBytes;
  private boolean finished;

  QuicParser(Flow flow, FlowFacts facts) {
    this.flow = flow;
    this.facts = facts;
    quic = facts.add(new QuicFacts());
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    int at = 0;
    while (!finished && at < length) {
      int packet = packet(direction, buffer, offset + at, length - at);
      if (packet <= 0) {
        break;
      }
      at += packet;
    }
    if (++datagrams >= DATAGRAM_LIMIT) {
      finish();
    }
    return !finished;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    return !finished;
  }

  @Override
  public int keptBytes(long givenBytes) {
    return OWN_BYTES + helloBytes + (crypto == null ? 0 : crypto.keptBytes());
  }

  private void finish() {
    finished = true;
    crypto = null;
    keys = null;
  }

  /** Reads one packet of a datagram; returns its length, 0 when the rest says nothing. */
  private int packet(Direction direction, byte[] buffer, int offset, int length) {
    if (!header.wrap(buffer, offset, length)) {
      return google(buffer, offset, length);
    }
    if (header.version == 0) {
      quic.versionNegotiation = true;
      facts.changed();
      return 0;
    }
    version(header.version);
    QuicVersion version = QuicVersion.of(header.version);
    if (version == null) {
      return 0;
    }
    if (header.type() == version.retryType()) {
      quic.retry = true;
      facts.changed();
    }
    int whole = header.wrapPacket(version, buffer, offset, length);
    if (whole > 0 && header.type() == version.initialType()) {
      initial(direction, version, buffer, offset);
    }
    return whole;
  }

  private int google(byte[] buffer, int offset, int length) {
    if (length > 13 && buffer[offset + 9] == 'Q') {
      version(Octets.i32(buffer, offset + 9));
    }
    return 0;
  }

  private void version(int number) {
    if (quic.version == null && (QuicVersion.known(number) || number != 0)) {
      quic.version = QuicVersion.text(number);
      facts.changed();
    }
  }

  private void initial(Direction direction, QuicVersion version, byte[] buffer, int offset) {
    if (direction != flow.opener) {
      return;
    }
    if (flow.isBeyondBudget()) {
      quic.unopened++;
    } else if (tries < OPEN_LIMIT) {
      tries++;
      open(version, buffer, offset);
    }
  }

  /** Tries the known keys, then those of the packet's own id, which a Retry may have changed. */
  private void open(QuicVersion version, byte[] buffer, int offset) {
    byte[] frames = keysVersion == version ? decrypt(buffer, offset) : null;
    if (frames == null) {
      keys =
          InitialKeys.client(version, buffer, header.destinationOffset, header.destinationLength);
      keysVersion = version;
      frames = decrypt(buffer, offset);
    }
    if (frames == null) {
      quic.unopened++;
      return;
    }
    if (!quic.opened) {
      quic.opened = true;
      quic.version = QuicVersion.text(header.version);
      quic.connectionId = Octets.hex(buffer, header.destinationOffset, header.destinationLength);
      facts.changed();
    }
    crypto.frames(frames);
    hello();
  }

  private byte[] decrypt(byte[] buffer, int offset) {
    return keys.open(buffer, offset, header.packetNumberOffset, header.payloadLength);
  }

  private void hello() {
    int have = crypto.length();
    if (have < HELLO_HEADER || crypto.bytes()[0] != CLIENT_HELLO) {
      return;
    }
    int size = HELLO_HEADER + Octets.u24(crypto.bytes(), 1);
    if (have >= size || size > CryptoStream.LIMIT) {
      learn(ClientHello.read(crypto.bytes(), HELLO_HEADER, Math.min(size, have) - HELLO_HEADER));
      finish();
    }
  }

  private void learn(ClientHello hello) {
    quic.serverName = hello.serverName();
    quic.alpnOffered = hello.alpn();
    helloBytes = bytes(quic.serverName);
    for (String protocol : quic.alpnOffered) {
      helloBytes += bytes(protocol);
    }
    quic.ja3 = hello.ja3();
    quic.ja4 = hello.ja4('q');
    facts.changed();
  }

  private static int bytes(String text) {
    return text == null ? 0 : BYTES_A_TEXT + text.length();
  }
}
