package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PacketRecordTest {
  private final PacketRecord record = new PacketRecord();

  PacketRecordTest() {
    record.buffer = new byte[] {9, 9, 1, 2, 3, 9};
    record.offset = 2;
    record.capturedLength = 3;
    record.originalLength = 60;
    record.timestampNanos = 1_000_000_007;
    record.linkType = 1;
    record.interfaceId = 2;
    record.position = 24;
    record.section = 16;
  }

  @Test
  void shouldViewTheSameBytes() {
    PacketRecord view = new PacketRecord();
    view.view(record);

    assertThat(view).usingRecursiveComparison().isEqualTo(record);
    assertThat(view.buffer).isSameAs(record.buffer);
  }

  @Test
  void shouldCopyTheBytesThatAreItsOwn() {
    PacketRecord copy = record.copy();
    Arrays.fill(record.buffer, (byte) 7);

    assertThat(copy.buffer).containsExactly(1, 2, 3);
    assertThat(copy)
        .usingRecursiveComparison()
        .ignoringFields("buffer", "offset")
        .isEqualTo(record);
  }
}
