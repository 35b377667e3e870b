package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Every IP packet in fragments of random sizes, down to 8 bytes, so that TCP headers come in
 * pieces. Packets with a missing byte, with extension headers and fragments stay as they are.
 *
 * @param order in which the fragments of a packet come
 */
record InFragments(Order order) implements Transform {
  enum Order {
    IN_ORDER,
    REVERSED,
    EACH_TWICE
  }

  /** The first packet of a flow has an identification that it did not have, in IPv6 always. */
  private static final Statement IDENTIFICATION = Statement.fields("event.id", "forensics.flow.id");

  /** More headers are on the wire, in more records. */
  private static final Statement LONGER =
      Statement.fields(
          "network.bytes",
          "source.bytes",
          "destination.bytes",
          "client.bytes",
          "server.bytes",
          "forensics.packets.count");

  private static final int MOST_PIECES = 6;
  private static final int VLAN = 0x8100;
  private static final int TAG_BYTES = 4;

  /** The packet's own identification stays. */
  private static final int KEPT = 0;

  static List<Transform> all() {
    List<Transform> all = new ArrayList<>();
    for (Order order : Order.values()) {
      all.add(new InFragments(order));
    }
    return all;
  }

  @Override
  public String name() {
    return "in fragments " + order.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    List<TestPacket> all = new ArrayList<>();
    Map<String, Numbered> numbered = new HashMap<>();
    Set<String> tagged = taggedCopies(traffic);
    int next = random.nextInt();
    boolean isNew = false;
    for (TestPacket p : traffic.packets()) {
      Numbered before = numbered.get(content(p));
      Numbered own = before != null && before.isCopy(p) ? before : new Numbered(p, next++);
      numbered.put(content(p), own);
      boolean keeps = tagged.contains(behind(p, Frames.ETHERNET_BYTES));
      isNew |= Frames.isIp(p) && needsIdentification(p);
      all.addAll(ordered(pieces(p, keeps ? KEPT : own.identification, random), random));
    }
    Statement longer = isNew ? LONGER.or(IDENTIFICATION) : LONGER;
    Statement statement = longer.or(UnprovenPause.of(traffic));
    boolean isSame = all.size() == traffic.packets().size();
    return isSame
        ? Optional.empty()
        : Optional.of(Variant.of(traffic.with(name(), all), View.DOCUMENTS, statement));
  }

  /** IP packets behind a VLAN's tag: they are not cut, and their copies without it stay copies. */
  private static Set<String> taggedCopies(Traffic traffic) {
    Set<String> tagged = new HashSet<>();
    for (TestPacket p : traffic.packets()) {
      if (Frames.isEthernet(p) && Frames.etherType(p) == VLAN) {
        tagged.add(behind(p, Frames.ETHERNET_BYTES + TAG_BYTES));
      }
    }
    return tagged;
  }

  private static String behind(TestPacket p, int header) {
    int from = Math.min(header, p.bytes().length);
    byte[] bytes = Arrays.copyOfRange(p.bytes(), from, p.bytes().length);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** A packet that had no identification, and the one that its fragments have. */
  private record Numbered(TestPacket packet, int identification) {
    private static final long MIRROR_NANOS = 10_000_000L;

    /** The copy of a mirror has the same: it came at the same time, or another way soon. */
    boolean isCopy(TestPacket other) {
      long age = Math.abs(other.nanos() - packet.nanos());
      return age == 0 || (age <= MIRROR_NANOS && !Arrays.equals(other.bytes(), packet.bytes()));
    }
  }

  /** The same of a packet and its copy, also from behind a router. */
  private static String content(TestPacket p) {
    byte[] bytes = p.bytes().clone();
    if (Frames.isIp(p)) {
      Arrays.fill(bytes, 0, 12, (byte) 0);
      bytes[Frames.ETHERNET_BYTES + (Frames.etherType(p) == Frames.IPV4 ? 8 : 7)] = 0;
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  private List<TestPacket> ordered(List<TestPacket> pieces, SplittableRandom random) {
    List<TestPacket> ordered = new ArrayList<>(pieces);
    if (pieces.size() > 1 && order == Order.REVERSED) {
      Collections.reverse(ordered);
    } else if (pieces.size() > 1 && order == Order.EACH_TWICE) {
      // the last piece is not repeated behind the end of its datagram
      for (TestPacket piece : pieces.subList(0, pieces.size() - 1)) {
        ordered.add(random.nextInt(ordered.size()), piece);
      }
    }
    return ordered;
  }

  /** Who cuts a packet needs one by which the pieces find together. */
  private static boolean needsIdentification(TestPacket p) {
    return Frames.etherType(p) != Frames.IPV4
        || (p.bytes()[Frames.ETHERNET_BYTES + 4] == 0 && p.bytes()[Frames.ETHERNET_BYTES + 5] == 0);
  }

  private static List<TestPacket> pieces(
      TestPacket p, int identification, SplittableRandom random) {
    if (!Frames.isWhole(p) || !Frames.isIp(p) || !Frames.fits(p)) {
      return List.of(p);
    }
    return Frames.etherType(p) == Frames.IPV4
        ? ipv4(p, identification, random)
        : ipv6(p, identification, random);
  }

  private static List<TestPacket> ipv4(TestPacket p, int identification, SplittableRandom random) {
    ByteBuffer frame = ByteBuffer.wrap(p.bytes());
    int headerEnd = Frames.ETHERNET_BYTES + 4 * (frame.get(Frames.ETHERNET_BYTES) & 0xF);
    int end = Frames.ETHERNET_BYTES + Frames.ipLength(p);
    boolean isFragment = (frame.getShort(Frames.ETHERNET_BYTES + 6) & 0x3FFF) != 0;
    if (isFragment || headerEnd < Frames.ETHERNET_BYTES + 20 || end - headerEnd <= 8) {
      return List.of(p);
    }
    List<TestPacket> pieces = new ArrayList<>();
    for (int[] span : spans(end - headerEnd, random)) {
      byte[] bytes = piece(p, headerEnd, headerEnd + span[0], headerEnd + span[1]);
      ByteBuffer piece = ByteBuffer.wrap(bytes);
      boolean more = headerEnd + span[1] < end;
      piece.putShort(Frames.ETHERNET_BYTES + 2, (short) (bytes.length - Frames.ETHERNET_BYTES));
      piece.putShort(Frames.ETHERNET_BYTES + 6, (short) (span[0] / 8 | (more ? 0x2000 : 0)));
      if (needsIdentification(p) && identification != KEPT) {
        piece.putShort(
            Frames.ETHERNET_BYTES + 4, (short) (Math.floorMod(identification, 65_535) + 1));
      }
      pieces.add(Frames.of(p, bytes, bytes.length));
    }
    return pieces;
  }

  private static List<TestPacket> ipv6(TestPacket p, int identification, SplittableRandom random) {
    ByteBuffer frame = ByteBuffer.wrap(p.bytes());
    int headerEnd = Frames.ETHERNET_BYTES + 40;
    int end = Frames.ETHERNET_BYTES + Frames.ipLength(p);
    byte next = frame.get(Frames.ETHERNET_BYTES + 6);
    boolean isTransport = next == 6 || next == 17 || next == 58;
    if (!isTransport || end - headerEnd <= 8) {
      return List.of(p);
    }
    List<TestPacket> pieces = new ArrayList<>();
    for (int[] span : spans(end - headerEnd, random)) {
      boolean more = headerEnd + span[1] < end;
      ByteBuffer extension = ByteBuffer.allocate(8).put(next).put((byte) 0);
      extension.putShort((short) (span[0] | (more ? 1 : 0))).putInt(identification);
      byte[] plain = piece(p, headerEnd, headerEnd + span[0], headerEnd + span[1]);
      ByteBuffer piece = ByteBuffer.allocate(plain.length + 8);
      piece.put(plain, 0, headerEnd).put(extension.array());
      piece.put(plain, headerEnd, plain.length - headerEnd);
      piece.putShort(Frames.ETHERNET_BYTES + 4, (short) (piece.capacity() - headerEnd));
      piece.put(Frames.ETHERNET_BYTES + 6, (byte) 44);
      pieces.add(Frames.of(p, piece.array(), piece.capacity()));
    }
    return pieces;
  }

  private static byte[] piece(TestPacket p, int headerEnd, int from, int to) {
    byte[] bytes = Arrays.copyOf(p.bytes(), headerEnd + to - from);
    System.arraycopy(p.bytes(), from, bytes, headerEnd, to - from);
    return bytes;
  }

  /** Cuts at multiples of 8 bytes, at least one and not too many. */
  private static List<int[]> spans(int length, SplittableRandom random) {
    int least = Math.max(1, length / 8 / MOST_PIECES);
    List<int[]> spans = new ArrayList<>();
    int from = 0;
    while (from < length) {
      int most = Math.max(least, (length - 1) / 8);
      int size = 8 * (least + random.nextInt(most - least + 1));
      int to = Math.min(length, from == 0 ? Math.min(size, (length - 1) / 8 * 8) : from + size);
      spans.add(new int[] {from, to});
      from = to;
    }
    return spans;
  }
}
