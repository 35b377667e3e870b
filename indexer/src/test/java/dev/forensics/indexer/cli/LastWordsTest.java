package dev.forensics.indexer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** In a process of its own, since it ends it. */
class LastWordsTest {
  /** A main thread that would wait for ever, and another one with a fault. */
  static final class HalfDead {
    private HalfDead() {}

    public static void main(String[] arguments) throws InterruptedException {
      LastWords.install(fault -> System.err.println("noted"));
      Thread broken =
          new Thread(
              () -> {
                throw new StackOverflowError("on purpose");
              },
              "worker-7");
      broken.start();
      new java.util.concurrent.CountDownLatch(1).await();
    }
  }

  @Test
  void shouldEndTheProcessWithAClearLastLine() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HalfDead.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(ExitCode.FAULT);
    assertThat(said)
        .contains("noted")
        .contains("ends: java.lang.StackOverflowError: on purpose in thread worker-7")
        .contains("read again at the next start");
  }
}
