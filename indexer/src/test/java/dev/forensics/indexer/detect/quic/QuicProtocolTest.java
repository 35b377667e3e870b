package dev.forensics.indexer.detect.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuicProtocolTest extends ProtocolContract {
  private static final String CONNECTION = "8394c8f03e515708";

  /** CRYPTO frame of RFC 9001 A.2 and RFC 9369 A.2. */
  private static final String CRYPTO =
      "060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e868"
          + "04fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578"
          + "616d706c652e636f6dff01000100000a00080006001d00170018001000070005"
          + "04616c706e000500050100000000003300260024001d00209370b2c9caa47fba"
          + "baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b000302030400"
          + "0d0010000e0403050306030203080408050806002d00020101001c0002400100"
          + "3900320408ffffffffffffffff05048000ffff07048000ffff08011001048000"
          + "75300901100f088394c8f03e51570806048000ffff";

  /** Server's Initial of RFC 9001 A.3. */
  private static final String SERVER_V1 =
      "cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a"
          + "5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3"
          + "dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84"
          + "022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc4"
          + "2158407dd074ee";

  /** Server's Initial of RFC 9369 A.3. */
  private static final String SERVER_V2 =
      "dc6b3343cf0008f067a5502a4262b5004075d92faaf16f05d8a4398c47089698"
          + "baeea26b91eb761d9b89237bbf87263017915358230035f7fd3945d88965cf17"
          + "f9af6e16886c61bfc703106fbaf3cb4cfa52382dd16a393e42757507698075b2"
          + "c984c707f0a0812d8cd5a6881eaf21ceda98f4bd23f6fe1a3e2c43edd9ce7ca8"
          + "4bed8521e2e140";

  private static final int PAYLOAD = 1162;

  private static byte[] client(QuicSealer sealer) {
    try {
      return sealer.initial(2, Exchange.hex(CRYPTO), PAYLOAD);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Protocol protocol() {
    return new QuicProtocol();
  }

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        Exchange.udp().client(client(QuicSealer.V1)).serverHex(SERVER_V1),
        Exchange.udp().client(client(QuicSealer.V2)).serverHex(SERVER_V2),
        Exchange.udp()
            .clientHex("c0 ff00001d 08 0102030405060708 00 00 4014" + "11".repeat(20))
            .serverHex("80 00000000 00 08 0102030405060708 6b3343cf 00000001"));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        Exchange.hex("c0 000000ff 08 0102030405060708 00 00 4014"),
        "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldSealAsTheRfcsPrint() {
    String v1 = HexFormat.of().formatHex(client(QuicSealer.V1));
    assertThat(v1)
        .hasSize(2400)
        .startsWith("c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11")
        .endsWith("e221af44860018ab0856972e194cd934");
    String v2 = HexFormat.of().formatHex(client(QuicSealer.V2));
    assertThat(v2)
        .hasSize(2400)
        .startsWith("d76b3343cf088394c8f03e5157080000449ea0c95e82ffe67b6abcdb4298b485");
  }

  @Test
  void shouldOpenTheClientsOfBothRfcs() {
    for (QuicSealer sealer : List.of(QuicSealer.V1, QuicSealer.V2)) {
      QuicFacts quic = Exchange.udp().client(client(sealer)).parse(protocol()).get(QuicFacts.class);
      assertThat(quic.opened).isTrue();
      assertThat(quic.version).isEqualTo(sealer == QuicSealer.V1 ? "1" : "2");
      assertThat(quic.connectionId).isEqualTo(CONNECTION);
      assertThat(quic.serverName).isEqualTo("example.com");
      assertThat(quic.alpnOffered).containsExactly("alpn");
      assertThat(quic.ja4).startsWith("q13d0211an_");
    }
  }

  @Test
  void shouldOpenTheServersOfBothRfcs() {
    byte[] id = Exchange.hex(CONNECTION);
    byte[] v1 = Exchange.hex(SERVER_V1);
    byte[] v2 = Exchange.hex(SERVER_V2);
    assertThat(opened(InitialKeys.server(QuicVersion.V1, id, 0, id.length), v1))
        .startsWith("02000000000600405a020000560303");
    assertThat(opened(InitialKeys.server(QuicVersion.V2, id, 0, id.length), v2))
        .startsWith("02000000000600405a020000560303");
  }

  private static String opened(InitialKeys keys, byte[] packet) {
    LongHeader header = new LongHeader();
    assertThat(header.wrap(packet, 0, packet.length)).isTrue();
    assertThat(header.wrapInitial(packet, 0, packet.length)).isTrue();
    byte[] frames = keys.open(packet, 0, header.packetNumberOffset, header.payloadLength);
    assertThat(frames).isNotNull();
    return HexFormat.of().formatHex(frames);
  }

  @Test
  void shouldPutAHelloTogetherThatCameReversedInTwoPackets() throws Exception {
    byte[] hello = Arrays.copyOfRange(Exchange.hex(CRYPTO), 4, 245);
    byte[] late = frame(100, hello, 100, hello.length);
    byte[] early = frame(0, hello, 0, 100);
    QuicFacts quic =
        Exchange.udp()
            .client(QuicSealer.V1.initial(0, late, PAYLOAD))
            .client(QuicSealer.V1.initial(1, early, PAYLOAD))
            .parse(protocol())
            .get(QuicFacts.class);
    assertThat(quic.serverName).isEqualTo("example.com");
  }

  private static byte[] frame(int offset, byte[] hello, int from, int to) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(
        Exchange.hex("0106" + String.format("%04x%04x", 0x4000 | offset, 0x4000 | (to - from))));
    frame.write(hello, from, to - from);
    return frame.toByteArray();
  }

  @Test
  void shouldCountWhatDoesNotOpen() {
    byte[] packet = client(QuicSealer.V1);
    packet[600] ^= 1;
    FlowFacts facts = Exchange.udp().client(packet).parse(protocol());
    assertThat(facts.get(QuicFacts.class).unopened).isEqualTo(1);
    assertThat(facts.get(QuicFacts.class).opened).isFalse();
    assertThat(facts.get(QuicFacts.class).version).isEqualTo("1");
  }
}
