package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import dev.forensics.indexer.decode.PacketBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The same packets behind tags, or mirrored through a tunnel. What the capture had cut off is cut
 * off inside, too. Frames that hold no IP packet, or a broken one, stay as they are.
 *
 * @param name of the tunnel
 * @param wrapping a packet inside the tunnel
 */
record InTunnel(String name, UnaryOperator<TestPacket> wrapping) implements Transform {
  /** A frame that is longer does not fit into an IP packet, with the headers of the tunnel. */
  private static final int MOST_INSIDE = 65_000;

  /** Only lengths on the wire, tags, tunnels and link addresses are of the outside. */
  private static final Statement OUTSIDE =
      Statement.fields(
              "network.bytes",
              "source.bytes",
              "destination.bytes",
              "client.bytes",
              "server.bytes",
              "source.mac",
              "destination.mac",
              "client.mac",
              "server.mac",
              "network.vlan.id",
              "network.inner.vlan.id",
              "forensics.tunnel.type",
              "forensics.tunnel.id")
          .or(InTunnel::isPaddingLeftOut);

  /** Where only Ethernet's padding was cut off, nothing is cut off any more. */
  private static boolean isPaddingLeftOut(Change change) {
    return change.field().equals("forensics.quality.snaplen_truncated")
        && "false".equals(change.after());
  }

  static List<Transform> all() {
    List<Transform> all = new ArrayList<>();
    all.add(new InTunnel("in VXLAN", framed(() -> mirrored().vxlan(4711))));
    all.add(new InTunnel("in GENEVE", framed(() -> geneve(new byte[0]))));
    all.add(new InTunnel("in GENEVE with options", framed(() -> geneve(new byte[32]))));
    all.add(new InTunnel("in GRE with Ethernet", framed(() -> gre(0x0000, 0x6558))));
    all.add(new InTunnel("in ERSPAN II", framed(() -> erspan(0x88BE, 0x1007_0005, 0))));
    all.add(new InTunnel("in ERSPAN III", framed(() -> erspan(0x22EB, 0x2007_0005, 0, 0))));
    all.add(new InTunnel("in TZSP", framed(() -> tzsp(1))));
    all.add(new InTunnel("in TZSP with tags", framed(() -> tzsp(0x0D, 4, 9, 9, 9, 9, 0, 0, 1))));
    all.add(new InTunnel("in a VLAN", p -> tagged(p, 0x8100, 7)));
    all.add(new InTunnel("in QinQ", p -> tagged(tagged(p, 0x8100, 7), 0x88A8, 8)));
    all.add(new InTunnel("in MPLS", packet(() -> PacketBuilder.ethernet().mpls(16).mpls(17))));
    all.add(new InTunnel("in GRE", packet(() -> mirrored().gre())));
    all.add(new InTunnel("in IP", packet(InTunnel::mirrored)));
    all.add(new InTunnel("in GTP-U", InTunnel::inGtp));
    return all;
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    Decoded decoded = new Decoded();
    List<TestPacket> all = new ArrayList<>();
    boolean isSame = true;
    // what is no packet inside belongs to the outer one, so broken packets stay as they are
    for (TestPacket p : traffic.packets()) {
      decoded.decode(p);
      boolean suits = Frames.isIp(p) && Frames.fits(p) && !decoded.isBroken();
      all.add(suits ? wrapping.apply(p) : p);
      isSame &= !suits;
    }
    return isSame
        ? Optional.empty()
        : Optional.of(Variant.of(traffic.with(name, all), View.DOCUMENTS, OUTSIDE));
  }

  private static UnaryOperator<TestPacket> framed(Supplier<PacketBuilder> outside) {
    return p -> p.originalLength() > MOST_INSIDE ? p : Frames.frameInside(outside.get(), p);
  }

  private static UnaryOperator<TestPacket> packet(Supplier<PacketBuilder> outside) {
    return p -> Frames.ipInside(outside.get(), p);
  }

  /** A mirror sends both directions the same way. */
  private static PacketBuilder mirrored() {
    return PacketBuilder.ethernet().ipv4("198.18.255.1", "198.18.255.2");
  }

  private static PacketBuilder geneve(byte[] options) {
    ByteBuffer header = ByteBuffer.allocate(8 + options.length);
    header.put((byte) (options.length / 4)).put((byte) 0).putShort((short) 0x6558);
    header.putInt(4711 << 8);
    if (options.length > 0) { // one option: class, type, length in words of 4 bytes
      header.putShort((short) 0x0108).put((byte) 1).put((byte) (options.length / 4 - 1));
    }
    return mirrored().udp(54321, 6081).header(0, 0, header.array());
  }

  private static PacketBuilder gre(int flags, int type) {
    ByteBuffer header = ByteBuffer.allocate(4).putShort((short) flags).putShort((short) type);
    return mirrored().header(0, 47, header.array());
  }

  /** GRE with a sequence number, then the words of the ERSPAN header. */
  private static PacketBuilder erspan(int type, int... words) {
    ByteBuffer header = ByteBuffer.allocate(8 + 4 * words.length);
    header.putShort((short) 0x1000).putShort((short) type).putInt(1);
    IntStream.of(words).forEach(header::putInt);
    return mirrored().header(0, 47, header.array());
  }

  /** TZSP with Ethernet inside, then its tags. */
  private static PacketBuilder tzsp(int... tags) {
    ByteBuffer header = ByteBuffer.allocate(4 + tags.length).putShort((short) 0x0100);
    header.putShort((short) 1);
    IntStream.of(tags).forEach(tag -> header.put((byte) tag));
    return mirrored().udp(40000, 37008).header(0, 0, header.array());
  }

  private static TestPacket inGtp(TestPacket p) {
    ByteBuffer header = ByteBuffer.allocate(8).put((byte) 0x30).put((byte) 0xFF);
    header.putShort((short) Frames.ipLength(p)).putInt(4711);
    return Frames.ipInside(mirrored().udp(2152, 2152).header(0, 0, header.array()), p);
  }

  private static TestPacket tagged(TestPacket p, int type, int id) {
    ByteBuffer frame = ByteBuffer.allocate(p.bytes().length + 4).put(p.bytes(), 0, 12);
    frame.putShort((short) type).putShort((short) id).put(p.bytes(), 12, p.bytes().length - 12);
    return Frames.of(p, frame.array(), p.originalLength() + 4);
  }
}
