package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;

/** A conversation for tests: what each side sent, in order. */
public final class Exchange {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final long TIME_NANOS = 2;

  /** What one side sent at once. */
  public static final class Piece {
    private final Direction direction;
    private final byte[] bytes;

    Piece(Direction direction, byte[] bytes) {
      this.direction = direction;
      this.bytes = bytes;
    }

    public Direction direction() {
      return direction;
    }

    public byte[] bytes() {
      return bytes;
    }
  }

  private final int transport;
  private final List<Piece> pieces = new ArrayList<>();

  private Exchange(int transport) {
    this.transport = transport;
  }

  public static Exchange tcp() {
    return new Exchange(TCP);
  }

  public static Exchange udp() {
    return new Exchange(UDP);
  }

  public Exchange client(String text) {
    return client(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Exchange server(String text) {
    return server(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Exchange client(byte[] bytes) {
    pieces.add(new Piece(Direction.ORIGINATOR, bytes));
    return this;
  }

  public Exchange server(byte[] bytes) {
    pieces.add(new Piece(Direction.RESPONDER, bytes));
    return this;
  }

  public Exchange clientHex(String hex) {
    return client(hex(hex));
  }

  public Exchange serverHex(String hex) {
    return server(hex(hex));
  }

  /** Bytes of hexadecimal text, blanks left out. */
  public static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  public int transport() {
    return transport;
  }

  public boolean stream() {
    return transport == TCP;
  }

  public List<Piece> pieces() {
    return pieces;
  }

  /** What identification sees of a side: all it sent over TCP, its first datagram over UDP. */
  public byte[] beginning(Direction direction) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Piece piece : pieces) {
      if (piece.direction() == direction) {
        all.writeBytes(piece.bytes());
        if (!stream()) {
          break;
        }
      }
    }
    return all.toByteArray();
  }

  /** A flow of this transport between two documentation addresses. */
  public Flow flow() {
    Flow flow = new Flow();
    flow.ipVersion = 4;
    flow.protocol = (short) transport;
    flow.originatorLow = 0xC0000201L;
    flow.responderLow = 0xC6336402L;
    flow.originatorPort = 40_000;
    flow.responderPort = 443;
    return flow;
  }

  /** Feeds the conversation to a protocol's parser, as it was sent, and gives what it learned. */
  public FlowFacts parse(Protocol protocol) {
    FlowFacts facts = new FlowFacts();
    ProtocolParser parser = protocol.open(flow(), facts);
    EnumSet<Direction> wanted = EnumSet.allOf(Direction.class);
    for (Piece piece : pieces) {
      if (wanted.contains(piece.direction())
          && !parser.payload(
              piece.direction(), piece.bytes(), 0, piece.bytes().length, TIME_NANOS)) {
        wanted.remove(piece.direction());
      }
    }
    parser.ended();
    return facts;
  }

  /** The same conversation in pieces of at most this many bytes. */
  public Exchange cut(int bytes) {
    Exchange result = new Exchange(transport);
    for (Piece piece : pieces) {
      for (int at = 0; at < piece.bytes().length; at += bytes) {
        int end = Math.min(piece.bytes().length, at + bytes);
        byte[] part = java.util.Arrays.copyOfRange(piece.bytes(), at, end);
        result.pieces.add(new Piece(piece.direction(), part));
      }
    }
    return result;
  }
}
