package dev.forensics.indexer.flood;

import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.detect.quic.QuicSealer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the floods consist of, packet by packet. */
final class FloodPackets {
  private static final String SERVER = "198.51.100.1";
  private static final String RESOLVER = "192.0.2.53";
  private static final int ADDRESSES = 60;
  private static final int TYPE_A = 1;
  private static final int TYPE_AAAA = 28;

  /** An Initial that opens: its CRYPTO frame of one byte lies at offset 16,383. */
  private static final byte[] FAR_INITIAL = farInitial();

  /** One that opens and says nothing: a PING. */
  private static final byte[] SMALL_INITIAL = initial(new byte[] {0x01}, 260);

  private FloodPackets() {}

  private static String client(int number) {
    return "10." + (number >> 16 & 0xFF) + "." + (number >> 8 & 0xFF) + "." + (number & 0xFF);
  }

  static byte[] syn(int number) {
    return tcp(number, SERVER).flags(PacketBuilder.SYN).sequence(number).build();
  }

  static byte[] halfRequest(int number) {
    int connection = number / 2;
    if (number % 2 == 0) {
      return tcp(connection, SERVER).flags(PacketBuilder.SYN).sequence(100).build();
    }
    String head = "POST /p%d HTTP/1.1\r\nHost: h%d.example\r\nX-A: %s";
    return tcp(connection, SERVER)
        .sequence(101)
        .payload(head.formatted(connection, connection, "a".repeat(1_000)))
        .build();
  }

  static byte[] host(int number) {
    String head = "GET /path-%d?q=%d HTTP/1.1\r\nHost: h%d.example\r\nUser-Agent: agent/%d\r\n\r\n";
    int i = number / 4;
    return exchange(number, SERVER, head.formatted(i, i, i, i));
  }

  static byte[] destination(int number) {
    int i = number / 4;
    String server = "203." + (i >> 16 & 0xFF) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF);
    return exchange(number, server, "GET / HTTP/1.1\r\nHost: d\r\n\r\n");
  }

  /** Four packets a connection: SYN, its answer, a request, and the server's reset. */
  private static byte[] exchange(int number, String server, String request) {
    int connection = number / 4;
    return switch (number % 4) {
      case 0 -> tcp(connection, server).flags(PacketBuilder.SYN).sequence(100).build();
      case 1 ->
          back(connection, server)
              .flags(PacketBuilder.SYN | PacketBuilder.ACK)
              .sequence(500)
              .acknowledgment(101)
              .build();
      case 2 -> tcp(connection, server).sequence(101).acknowledgment(501).payload(request).build();
      default -> back(connection, server).flags(PacketBuilder.RST).sequence(501).build();
    };
  }

  /** A connection for 50 packets: SYN, then segments that leave every second place free. */
  static byte[] hole(int number) {
    int connection = number / 50;
    int segment = number % 50;
    if (segment == 0) {
      return tcp(connection, SERVER).flags(PacketBuilder.SYN).sequence(100).build();
    }
    return tcp(connection, SERVER).sequence(101 + 2_000 * segment).payload(new byte[1_000]).build();
  }

  static byte[] fragment(int number) {
    return PacketBuilder.ethernet()
        .ipv4(client(number >> 16), SERVER)
        .identification(number & 0xFFFF)
        .fragment(0, true)
        .udp(50_000, 9_999)
        .payload(new byte[4_400])
        .build();
  }

  /** Ends behind 65,535 bytes. Low half of the source and identification cancel each other out. */
  static byte[] refusedFragment(int number) {
    long low = 0x1122334455667788L ^ (long) number << 32 ^ number;
    byte[] extension = ByteBuffer.allocate(8).putShort(2, (short) 0xFFF8).putInt(4, number).array();
    return PacketBuilder.ethernet()
        .ipv6(ipv6(0x20010DB800000000L, low), "2001:db8::1")
        .extension(44, extension)
        .udp(50_000, 9_999)
        .payload(new byte[56])
        .build();
  }

  private static String ipv6(long high, long low) {
    return "%x:%x:%x:%x:%x:%x:%x:%x"
        .formatted(
            high >>> 48,
            high >>> 32 & 0xFFFF,
            high >>> 16 & 0xFFFF,
            high & 0xFFFF,
            low >>> 48,
            low >>> 32 & 0xFFFF,
            low >>> 16 & 0xFFFF,
            low & 0xFFFF);
  }

  static byte[] names(int number) {
    ByteBuffer answer = answer(number, "n".repeat(50) + number, TYPE_A);
    for (int i = 0; i < ADDRESSES; i++) {
      record(answer, TYPE_A, 4).putInt(0x0B000000 + number * ADDRESSES + i);
    }
    return datagram(number, answer);
  }

  /** Every second packet is a flow of the client, which asks for the name. */
  static byte[] renamed(int number) {
    if (number % 2 == 1) {
      int client = number / 2 % 8;
      return PacketBuilder.ethernet()
          .ipv4(client(client), SERVER)
          .tcp(1_024 + number / 2 % 60_000, 443)
          .flags(PacketBuilder.SYN)
          .sequence(number)
          .build();
    }
    ByteBuffer answer = answer(number, "n" + number, TYPE_A);
    for (int i = 0; i < ADDRESSES; i++) {
      record(answer, TYPE_A, 4).put(PacketBuilder.address(SERVER));
    }
    return datagram(number / 2 % 8, answer);
  }

  /** The halves of the low 64 bits are equal: {@link Long#hashCode} is 0 for all of them. */
  static byte[] collidingNames(int number) {
    ByteBuffer answer = answer(number, "c", TYPE_AAAA);
    for (int i = 0; i < ADDRESSES / 2; i++) {
      int half = (number * ADDRESSES + i) * 0x9E3779B1;
      record(answer, TYPE_AAAA, 16).putLong(0x20010DB800000000L).putInt(half).putInt(half);
    }
    return datagram(number, answer);
  }

  static byte[] initial(int number) {
    return PacketBuilder.ethernet()
        .ipv4(client(number), SERVER)
        .udp(50_000, 443)
        .payload(FAR_INITIAL)
        .build();
  }

  static byte[] initials(int number) {
    ByteBuffer many = ByteBuffer.allocate(4 * SMALL_INITIAL.length);
    while (many.hasRemaining()) {
      many.put(SMALL_INITIAL);
    }
    return PacketBuilder.ethernet()
        .ipv4(client(number), SERVER)
        .udp(50_000, 443)
        .payload(many.array())
        .build();
  }

  private static byte[] farInitial() {
    return initial(new byte[] {0x06, (byte) 0x7F, (byte) 0xFF, 0x01, 0x01}, 1_162);
  }

  private static byte[] initial(byte[] frames, int length) {
    try {
      return QuicSealer.V1.initial(1, frames, length);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static ByteBuffer answer(int id, String name, int type) {
    ByteBuffer answer = ByteBuffer.allocate(2_400);
    answer.putShort((short) id).putShort((short) 0x8180).putShort((short) 1);
    answer.putShort((short) (type == TYPE_A ? ADDRESSES : ADDRESSES / 2)).putInt(0);
    answer.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    return answer.putShort((short) type).putShort((short) 1);
  }

  /** A record about the name asked for, up to its data. */
  private static ByteBuffer record(ByteBuffer answer, int type, int length) {
    answer.putShort((short) 0xC00C).putShort((short) type).putShort((short) 1);
    return answer.putInt(60).putShort((short) length);
  }

  private static byte[] datagram(int client, ByteBuffer answer) {
    byte[] bytes = new byte[answer.position()];
    answer.flip().get(bytes);
    return PacketBuilder.ethernet()
        .ipv4(RESOLVER, client(client))
        .udp(53, 1_024 + client % 60_000)
        .payload(bytes)
        .build();
  }

  private static PacketBuilder tcp(int connection, String server) {
    return PacketBuilder.ethernet().ipv4(client(connection), server).tcp(50_000, 443);
  }

  private static PacketBuilder back(int connection, String server) {
    return PacketBuilder.ethernet().ipv4(server, client(connection)).tcp(443, 50_000);
  }
}
