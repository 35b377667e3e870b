package dev.forensics.indexer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureListing;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.FirstAlarms;
import dev.forensics.indexer.enrich.Names;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DNS answers name the destinations of later flows, whoever reads how fast. */
class LearnedNamesTest {
  private static final String CLIENT = "10.0.0.1";
  private static final String RESOLVER = "10.0.0.53";
  private static final String SERVER = "198.51.100.7";
  private static final long START = WrittenPackets.START_NANOS;
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;

  @Test
  void shouldNameADestinationByAnAnswerInTheCaptureBefore() throws Exception {
    WrittenPackets before = new WrittenPackets();
    before.exchange(START, CLIENT, 40_000, SERVER, "\u0001\u0002", null);
    before.add(START + SECOND, answer(CLIENT, "www.example.org", SERVER));
    WrittenPackets after = new WrittenPackets();
    after.exchange(START + 2 * SECOND, CLIENT, 40_001, SERVER, "\u0001\u0002", null);
    Path first = before.write(folder.resolve("a.pcap"));
    Path second = after.write(folder.resolve("b.pcap"));

    List<JsonNode> flows = CollectedDocuments.of(List.of(first, second), 1).of(DocumentKind.FLOW);

    assertThat(domain(flows, 40_000)).isEmpty();
    assertThat(domain(flows, 40_001)).isEqualTo("www.example.org");
  }

  @Test
  void shouldPreferTheNameInTheFlowItself() throws Exception {
    WrittenPackets packets = new WrittenPackets();
    packets.add(START, answer(CLIENT, "www.example.org", SERVER));
    packets.exchange(
        START + 1, CLIENT, 40_000, SERVER, "GET / HTTP/1.1\r\nHost: own.example\r\n\r\n", null);
    Path capture = packets.write(folder.resolve("a.pcap"));

    List<JsonNode> flows = CollectedDocuments.of(List.of(capture), 1).of(DocumentKind.FLOW);

    assertThat(domain(flows, 40_000)).isEqualTo("own.example");
  }

  @Test
  void shouldUseNamesThatAreGiven() throws Exception {
    WrittenPackets packets = new WrittenPackets();
    packets.exchange(START, CLIENT, 40_000, SERVER, "\u0001\u0002", null);
    Names names = MemoryShare.WHOLE.names();
    names.learn(new Names.Address(4, 0, 0xC633_6407L), null, "stored.example.org");

    List<JsonNode> flows = read(packets.write(folder.resolve("a.pcap")), names);

    assertThat(domain(flows, 40_000)).isEqualTo("stored.example.org");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void shouldNotDependOnTheNumberOfWorkers(int workers) throws Exception {
    Path capture = renamedAllTheTime().write(folder.resolve("a.pcap"));
    Map<String, JsonNode> one = CollectedDocuments.of(List.of(capture), 1).comparable();

    assertThat(one.values()).anyMatch(flow -> flow.at("/destination/domain").isTextual());
    for (int round = 0; round < 2; round++) {
      assertThat(CollectedDocuments.of(List.of(capture), workers).comparable()).isEqualTo(one);
    }
  }

  @Test
  void shouldBearHostileAnswers() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    byte[] good = message("www.example.org", SERVER);
    WrittenPackets packets = new WrittenPackets();
    for (int i = 0; i < 8_000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int change = random.nextInt(4); change > 0 && bad.length > 4; change--) {
        bad[random.nextInt(4, bad.length)] =
            (byte) (random.nextInt(4) == 0 ? 0xC0 : random.nextInt());
      }
      packets.add(START + i, dns(CLIENT, bad));
    }
    Path capture = packets.write(folder.resolve("a.pcap"));

    assertThat(CollectedDocuments.of(List.of(capture), 1).of(DocumentKind.FLOW)).isNotEmpty();
  }

  /** Names of a few servers change with every other packet, for two clients. */
  private static WrittenPackets renamedAllTheTime() {
    SplittableRandom random = new SplittableRandom(3);
    WrittenPackets packets = new WrittenPackets();
    for (int i = 0; i < 8_000; i++) {
      String client = "10.0.0." + random.nextInt(1, 40);
      String server = "198.51.100." + random.nextInt(1, 6);
      long nanos = START + random.nextInt(8_000) * 1_000L;
      if (random.nextBoolean()) {
        packets.add(nanos, answer(client, "n" + i + ".example", server));
      } else {
        packets.exchange(nanos, client, 1024 + i, server, "\u0001\u0002", null);
      }
    }
    return packets;
  }

  private static List<JsonNode> read(Path capture, Names names) throws Exception {
    CollectedDocuments collected = new CollectedDocuments();
    SensorCaptures captures = new SensorCaptures();
    List<CaptureFile> files = CaptureListing.of(List.of(capture)).ready();
    files.forEach(captures::add);
    SensorAssembly assembly = SensorAssembly.builtIn(SensorSettings.defaults("test"));
    try (SensorPipeline pipeline =
            assembly.writingTo(collected, captures, 1, new FirstAlarms(), names);
        MergedReader reader = new MergedReader(files, pipeline.blocks(), (index, problem) -> {})) {
      pipeline.read(reader);
      pipeline.endFlows();
    }
    return collected.of(DocumentKind.FLOW);
  }

  private static String domain(List<JsonNode> flows, int clientPort) {
    return flows.stream()
        .filter(flow -> flow.at("/source/port").asInt() == clientPort)
        .map(flow -> flow.at("/destination/domain").asText())
        .findFirst()
        .orElseThrow();
  }

  private static PacketBuilder answer(String client, String name, String address) {
    return dns(client, message(name, address));
  }

  private static PacketBuilder dns(String client, byte[] message) {
    return PacketBuilder.ethernet().ipv4(RESOLVER, client).udp(53, 33_333).payload(message);
  }

  /** A question with its alias and the alias' address, names compressed. */
  private static byte[] message(String name, String address) {
    ByteBuffer message = ByteBuffer.allocate(512);
    message.putShort((short) 7).putShort((short) 0x8180);
    message.putShort((short) 1).putShort((short) 2).putInt(0);
    put(message, name);
    message.putShort((short) 1).putShort((short) 1);
    message.putShort((short) 0xC00C).putShort((short) 5).putShort((short) 1).putInt(60);
    int alias = message.position() + 2;
    message.putShort((short) 8);
    put(message, "edge7");
    message.put((byte) 0);
    message.putShort((short) (0xC000 | alias)).putShort((short) 1).putShort((short) 1).putInt(60);
    message.putShort((short) 4);
    for (String part : address.split("\\.", -1)) {
      message.put((byte) Integer.parseInt(part));
    }
    return Arrays.copyOf(message.array(), message.position());
  }

  private static void put(ByteBuffer message, String name) {
    for (String label : name.split("\\.", -1)) {
      message.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
    }
    message.put((byte) 0);
  }
}
