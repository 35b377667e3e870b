package dev.forensics.indexer.index.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Checks and unpacks the distribution's zip. */
final class DistributionZip {
  private static final int READ_BYTES = 1 << 20;

  private DistributionZip() {}

  /** Whether the file is the published distribution, by its SHA-256. */
  static boolean isGenuine(Path zip) throws IOException {
    return ElasticsearchDistribution.SHA_256.equals(sha256(zip));
  }

  static String sha256(Path file) throws IOException {
    MessageDigest digest = newSha256();
    byte[] block = new byte[READ_BYTES];
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      while (in.read(block) >= 0) {
        // the stream feeds the digest
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Unpacks into a new folder that everybody may read; scripts in {@code bin} get executable. */
  static void unpack(Path zip, Path into) throws IOException {
    createReadableFolder(into);
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        unpackEntry(file, entries.nextElement(), into);
      }
    }
  }

  private static void unpackEntry(ZipFile file, ZipEntry entry, Path into) throws IOException {
    Path target = into.resolve(entry.getName()).normalize();
    if (!target.startsWith(into)) {
      throw new IOException("zip entry leads out of its folder: entry=" + entry.getName());
    }
    if (entry.isDirectory()) {
      createReadableFolder(target);
      return;
    }
    createReadableFolder(target.getParent());
    try (InputStream in = file.getInputStream(entry)) {
      Files.copy(in, target);
    }
    boolean script = target.getParent().endsWith("bin");
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(script ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static void createReadableFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    createReadableFolder(folder.getParent());
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
