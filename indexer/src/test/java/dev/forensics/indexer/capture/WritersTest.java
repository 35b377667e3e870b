package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apart from what the reader contract tests of the writers' output. */
class WritersTest {
  @TempDir private Path folder;

  @Test
  void describesAnInterfaceForEachLinkType() throws IOException {
    List<TestPacket> packets = TestPacket.some(3, 2, 50);
    TestPacket raw = new TestPacket(101, 1, TestPacket.START + 1, 60, new byte[] {9});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(out, "")) {
      writer.write(packets.get(0).toRecord());
      writer.write(raw.toRecord(), "a comment");
      writer.write(packets.get(1).toRecord());
    }
    assertThat(Captures.read(Captures.write(folder.resolve("x"), out.toByteArray())).packets())
        .containsExactly(packets.get(0), raw, packets.get(1));
  }

  @Test
  void cutsACommentThatIsTooLongAtAWholeCharacter() throws IOException {
    String comment = "x" + "ä".repeat(40_000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TestPacket packet = TestPacket.some(3, 1, 50).get(0);
    try (PcapngWriter writer = new PcapngWriter(out, comment)) {
      writer.write(packet.toRecord(), comment);
    }
    byte[] file = out.toByteArray();
    assertThat(Captures.read(Captures.write(folder.resolve("x"), file)).packets())
        .containsExactly(packet);
    String cut = "x" + "ä".repeat(32_767);
    assertThat(new String(file, StandardCharsets.UTF_8)).contains(cut).doesNotContain(cut + "ä");
  }

  @Test
  void refusesASecondLinkTypeInPcap() throws IOException {
    try (PcapWriter writer = new PcapWriter(new ByteArrayOutputStream(), 1)) {
      PacketRecord record = new TestPacket(101, 0, 0, 1, new byte[1]).toRecord();
      assertThatThrownBy(() -> writer.write(record))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("101");
    }
  }
}
