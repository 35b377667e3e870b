package dev.forensics.indexer.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Skips a test, and says why, where a tool or a right is missing. */
public final class Requirements {
  private Requirements() {}

  /** The test goes on as root only. */
  public static void assumeRoot() {
    assumeTrue(isRoot(), "needs root");
  }

  /** Whether this process is root. */
  public static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  /** The test goes on when all these programs are installed. */
  public static void assumeTools(String... names) {
    for (String name : names) {
      assumeTrue(find(name).isPresent(), "needs the program " + name);
    }
  }

  /** Where a program is, also in the folders that are root's alone. */
  public static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The test goes on when libpcap is installed. */
  public static void assumeLibpcap() {
    boolean found =
        Stream.of("/usr/lib", "/usr/lib64", "/lib", "/usr/local/lib")
            .map(File::new)
            .flatMap(Requirements::withSubFolders)
            .anyMatch(Requirements::holdsLibpcap);
    assumeTrue(found, "needs libpcap");
  }

  private static Stream<File> withSubFolders(File folder) {
    File[] inside = folder.listFiles(File::isDirectory);
    return Stream.concat(
        Stream.of(folder), inside == null ? Stream.empty() : Arrays.stream(inside));
  }

  private static boolean holdsLibpcap(File folder) {
    String[] found = folder.list((where, name) -> name.startsWith("libpcap.so"));
    return found != null && found.length > 0;
  }
}
