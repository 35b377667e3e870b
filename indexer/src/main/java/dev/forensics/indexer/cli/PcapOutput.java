package dev.forensics.indexer.cli;

import dev.forensics.indexer.evidence.CopyCounts;
import dev.forensics.indexer.evidence.PacketExport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where packets are written: a file, which is there completely or not at all, or standard output. A
 * link that stands in the file's place is replaced, never followed.
 */
final class PcapOutput {
  private static final String STANDARD_OUTPUT = "-";
  private static final int BUFFER_BYTES = 1 << 16;

  /** Packets are not for everybody on the machine. */
  private static final Set<PosixFilePermission> READERS =
      PosixFilePermissions.fromString("rw-r-----");

  private final Path file;

  private PcapOutput(Path file) {
    this.file = file;
  }

  /** A file's name, or "-". */
  static PcapOutput of(String name) {
    if (name.equals(STANDARD_OUTPUT)) {
      return new PcapOutput(null);
    }
    Path file = Path.of(name).toAbsolutePath();
    if (Files.isDirectory(file) || !Files.isDirectory(file.getParent())) {
      throw new IllegalArgumentException("-o: cannot be written: " + name);
    }
    return new PcapOutput(file);
  }

  CopyCounts write(PacketExport.Packets packets) throws IOException {
    return file == null ? toStandardOutput(packets) : toFile(packets);
  }

  private static CopyCounts toStandardOutput(PacketExport.Packets packets) throws IOException {
    PrintStream out = System.out;
    CopyCounts counts = packets.writeTo(out);
    if (out.checkError()) {
      throw new IOException("standard output cannot be written");
    }
    return counts;
  }

  private CopyCounts toFile(PacketExport.Packets packets) throws IOException {
    Path part = Files.createTempFile(file.getParent(), "." + file.getFileName() + ".", ".part");
    try {
      CopyCounts counts;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), BUFFER_BYTES)) {
        counts = packets.writeTo(out);
      }
      Files.setPosixFilePermissions(part, READERS);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      return counts;
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
