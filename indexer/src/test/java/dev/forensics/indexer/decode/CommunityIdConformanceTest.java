package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureReader;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.SingleThreadBlocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The decoded key gives the ids that the specification's own captures publish, packet by packet.
 */
class CommunityIdConformanceTest {
  private static final Path FOLDER =
      Path.of("../../shared/captures/corelight+community-id-spec/pcaps");

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp", "icmp"})
  void shouldGiveThePublishedIds(String capture) throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "needs shared/captures beside the project");
    Path published = FOLDER.resolve(capture + ".pcap.upstream.community-id.json");
    assumeTrue(Files.exists(published), "needs the published ids");
    List<String> expected = new ArrayList<>();
    for (JsonNode packet : new ObjectMapper().readTree(published.toFile())) {
      expected.add(
          Conversations.canonical(packet.get("saddr").asText())
              + " "
              + Conversations.canonical(packet.get("daddr").asText())
              + " "
              + packet.get("communityid").asText());
    }
    List<String> decoded = ids(FOLDER.resolve(capture + ".pcap"));
    // the published list goes on over the specification's other captures, without repeats
    assertThat(decoded).isNotEmpty();
    assertThat(expected).containsAll(decoded);
  }

  /** Type and code of each published ICMP and ICMPv6 message, in a packet built from them. */
  @Test
  void shouldGiveThePublishedIdsOfIcmpMessages() throws IOException {
    Path published = FOLDER.resolve("icmp.pcap.upstream.community-id.json");
    assumeTrue(Files.exists(published), "needs the published ids");
    int compared = 0;
    for (JsonNode message : new ObjectMapper().readTree(published.toFile())) {
      int protocol = message.get("proto").asInt();
      if (protocol == 1 || protocol == 58) {
        assertThat(communityId(packetOf(message, protocol)))
            .as(message.toString())
            .isEqualTo(message.get("communityid").asText());
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(10);
  }

  private static DecodedPacket packetOf(JsonNode message, int protocol) {
    String source = message.get("saddr").asText();
    String destination = message.get("daddr").asText();
    int type = message.get("sport").asInt();
    int code = message.get("dport").asInt();
    PacketBuilder builder = PacketBuilder.ethernet();
    if (protocol == 1) {
      builder.ipv4(source, destination).icmp(type, code);
    } else {
      builder.ipv6(source, destination).icmpv6(type, code);
    }
    DecodedPacket packet = new DecodedPacket();
    PacketDecoder decoder = new PacketDecoder();
    assertThat(decoder.decode(PacketBuilder.record(builder.build(), 0), packet)).isTrue();
    return packet;
  }

  /** Both directions of a pair have one id; the two orders of a one-way message have two. */
  @Test
  void shouldKeepTheOrderOfOneWayMessages() {
    Map<Boolean, String> redirects = new TreeMap<>();
    Map<Boolean, String> echoes = new TreeMap<>();
    for (boolean back : new boolean[] {false, true}) {
      redirects.put(back, icmp(back, 5, 1));
      echoes.put(back, icmp(back, back ? 0 : 8, 0));
    }
    assertThat(redirects.get(true)).isNotEqualTo(redirects.get(false));
    assertThat(echoes.get(true)).isEqualTo(echoes.get(false));
    assertThat(echoes.get(false)).isEqualTo("1:X0snYXpgwiv9TZtqg64sgzUn6Dk=");
  }

  private static String icmp(boolean back, int type, int code) {
    String a = "192.168.0.89";
    String b = "192.168.0.1";
    byte[] frame =
        PacketBuilder.ethernet().ipv4(back ? b : a, back ? a : b).icmp(type, code).build();
    DecodedPacket packet = new DecodedPacket();
    assertThat(new PacketDecoder().decode(PacketBuilder.record(frame, 0), packet)).isTrue();
    return communityId(packet);
  }

  private static List<String> ids(Path capture) throws IOException {
    List<String> ids = new ArrayList<>();
    PacketDecoder decoder = new PacketDecoder();
    PacketRecord record = new PacketRecord();
    DecodedPacket packet = new DecodedPacket();
    CaptureFile file = CaptureFile.probe(capture).capture().orElseThrow();
    try (CaptureReader reader = file.open(new SingleThreadBlocks())) {
      while (reader.next(record)) {
        assertThat(decoder.decode(record, packet)).isTrue();
        ids.add(
            "%s %s %s"
                .formatted(
                    Conversations.source(packet),
                    Conversations.destination(packet),
                    communityId(packet)));
      }
    }
    return ids;
  }

  private static String communityId(DecodedPacket packet) {
    byte[] source = address(packet.ipVersion, packet.sourceHigh, packet.sourceLow);
    byte[] destination = address(packet.ipVersion, packet.destinationHigh, packet.destinationLow);
    int order = Arrays.compareUnsigned(source, destination);
    boolean swap =
        !packet.oneWay && (order > 0 || (order == 0 && packet.sourcePort > packet.destinationPort));
    ByteBuffer text = ByteBuffer.allocate(8 + 2 * source.length).putShort((short) 0);
    text.put(swap ? destination : source).put(swap ? source : destination);
    text.put((byte) packet.protocol).put((byte) 0);
    text.putShort((short) (swap ? packet.destinationPort : packet.sourcePort));
    text.putShort((short) (swap ? packet.sourcePort : packet.destinationPort));
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(text.flip());
      return "1:" + Base64.getEncoder().encodeToString(sha1.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] address(int version, long high, long low) {
    byte[] bytes = new byte[version == 4 ? 4 : 16];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (version == 4) {
      buffer.putInt((int) low);
    } else {
      buffer.putLong(high).putLong(low);
    }
    return bytes;
  }
}
