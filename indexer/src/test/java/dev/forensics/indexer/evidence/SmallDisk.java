package dev.forensics.indexer.evidence;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** A disk of 8 kB, which is soon full. */
final class SmallDisk {
  private SmallDisk() {}

  /** Does something while it is mounted over a folder; skips the test without the right to. */
  static <T> T over(Path folder, Callable<T> work) throws Exception {
    boolean isMounted =
        run("mount", "-t", "tmpfs", "-o", "size=8k", "none", folder.toString()) == 0;
    assumeTrue(isMounted, "skipped: no right to mount a small disk");
    try {
      return work.call();
    } finally {
      run("umount", folder.toString());
    }
  }

  /** The exit code; -1 where there is no such program. */
  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
