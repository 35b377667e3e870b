package dev.forensics.indexer.follow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a capture the way a rotating writer does: file after file, in pieces that end anywhere,
 * with what operators do to finished files (compress, rename, move). Seeded.
 */
public final class WrittenRing {
  private static final int HEADER = 24;
  private static final int RECORD_HEADER = 16;

  private final Path folder;
  private final SplittableRandom random;
  private final List<byte[]> files;
  private final List<Path> paths = new ArrayList<>();
  private int file;
  private final int most;
  private int offset;

  /**
   * @param capture a plain little-endian pcap
   * @param count how many files it becomes
   * @param most bytes written at once
   */
  public WrittenRing(Path folder, Path capture, int count, int most, long seed) throws IOException {
    this.most = most;
    this.folder = folder;
    random = new SplittableRandom(seed);
    files = split(Files.readAllBytes(capture), count);
  }

  /** Two captures with every other packet each, as two interfaces of a tap write them. */
  public static Path[] alternate(Path capture, Path into) throws IOException {
    byte[] all = Files.readAllBytes(capture);
    ByteBuffer numbers = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream[] parts = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
    parts[0].write(all, 0, HEADER);
    parts[1].write(all, 0, HEADER);
    int packet = 0;
    for (int at = HEADER; at < all.length; packet++) {
      int length = RECORD_HEADER + numbers.getInt(at + 8);
      parts[packet % 2].write(all, at, length);
      at += length;
    }
    Path[] paths = {into.resolve("part1"), into.resolve("part2")};
    Files.write(paths[0], parts[0].toByteArray());
    Files.write(paths[1], parts[1].toByteArray());
    return paths;
  }

  /** The same packets in several captures. */
  public static List<byte[]> split(byte[] all, int count) {
    List<byte[]> parts = new ArrayList<>();
    ByteBuffer numbers = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    int from = HEADER;
    int at = HEADER;
    while (at < all.length) {
      at += RECORD_HEADER + numbers.getInt(at + 8);
      boolean isFull = at - from >= (all.length - HEADER) / count;
      if (isFull || at >= all.length) {
        byte[] part = Arrays.copyOf(all, HEADER + at - from);
        System.arraycopy(all, from, part, HEADER, at - from);
        parts.add(part);
        from = at;
      }
    }
    return parts;
  }

  /** How many records a capture has. */
  public static long packets(byte[] capture) {
    ByteBuffer numbers = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
    long packets = 0;
    for (int at = HEADER; at < capture.length; packets++) {
      at += RECORD_HEADER + numbers.getInt(at + 8);
    }
    return packets;
  }

  /** Where the first record at or behind an offset begins. */
  static int recordNear(byte[] capture, int offset) {
    ByteBuffer numbers = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
    int at = HEADER;
    while (at < offset) {
      at += RECORD_HEADER + numbers.getInt(at + 8);
    }
    return at;
  }

  /** True when the last byte is written. */
  public boolean isWritten() {
    return file >= files.size();
  }

  /** Writes on, over the end of a file now and then, and meddles with finished ones. */
  public void step() throws IOException {
    int pieces = random.nextInt(1, 5);
    for (int i = 0; i < pieces && !isWritten(); i++) {
      append(random.nextInt(1, most));
    }
    if (random.nextInt(3) == 0 && paths.size() > 2) {
      meddle(random.nextInt(paths.size() - 1));
    }
  }

  private void append(int length) throws IOException {
    byte[] bytes = files.get(file);
    if (offset == 0) {
      paths.add(folder.resolve("edge-%03d.pcap".formatted(file)));
    }
    int end = Math.min(bytes.length, offset + length);
    try (OutputStream out =
        Files.newOutputStream(
            paths.get(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(bytes, offset, end - offset);
    }
    offset = end;
    if (offset == bytes.length) {
      file++;
      offset = 0;
    }
  }

  private void meddle(int which) throws IOException {
    Path path = paths.get(which);
    String name = path.getFileName().toString();
    Path moved =
        switch (random.nextInt(4)) {
          case 0 -> name.endsWith(".gz") ? path : compress(path);
          case 1 -> move(path, folder.resolve("x" + random.nextInt(1_000_000) + name));
          case 2 -> move(path, Files.createDirectories(folder.resolve("old")).resolve(name));
          default -> path;
        };
    paths.set(which, moved);
  }

  private static Path move(Path from, Path to) throws IOException {
    return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path compress(Path plain) throws IOException {
    Path packed = plain.resolveSibling(plain.getFileName() + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(plain, out);
    }
    Files.delete(plain);
    return packed;
  }
}
