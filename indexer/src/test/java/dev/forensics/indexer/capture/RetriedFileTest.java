package dev.forensics.indexer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A file system that fails for a while, or for good. */
class RetriedFileTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Failing> opened = new ArrayList<>();
  private int faults;
  private boolean isStale;

  /** A file of one byte, which cannot be read while there are faults left. */
  private final class Failing implements RetriedFile.Reads {
    private final boolean isFirst = opened.isEmpty();
    private boolean isClosed;

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      into.put((byte) 7); // half of it was there
      if (faults > 0 && !(isStale && !isFirst)) {
        faults--;
        throw new IOException("Input/output error");
      }
      return 1;
    }

    @Override
    public long size() {
      return 1;
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  private RetriedFile file() throws IOException {
    return new RetriedFile(
        () -> {
          Failing one = new Failing();
          opened.add(one);
          return one;
        },
        pauses::add);
  }

  @Test
  @DisplayName("a fault that passes is not seen, and each pause is longer")
  void shouldTryAgain() throws Exception {
    faults = 4;
    ByteBuffer into = ByteBuffer.allocate(1);

    assertThat(file().read(into, 0)).isEqualTo(1);

    assertThat(into.position()).isEqualTo(1);
    assertThat(pauses).isSorted().doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  @DisplayName("a stale handle is given up for a new one, and closed")
  void shouldOpenAnew() throws Exception {
    faults = Integer.MAX_VALUE;
    isStale = true;
    try (RetriedFile file = file()) {
      assertThat(file.read(ByteBuffer.allocate(1), 0)).isEqualTo(1);
    }
    assertThat(opened).hasSize(2).allMatch(one -> one.isClosed);
  }

  @Test
  @DisplayName("a fault that stays is told as one of the system, not of the capture")
  void shouldGiveUp() throws Exception {
    faults = Integer.MAX_VALUE;
    RetriedFile file = file();

    assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), 0))
        .isInstanceOf(ReadFailedException.class)
        .hasMessage("Input/output error (tried 6 times)");
  }
}
