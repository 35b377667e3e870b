package dev.forensics.indexer.service;

import dev.forensics.indexer.detect.StateSeal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The key of what is kept of long flows: the operator's FORENSICS_PAYLOAD_KEY, which several
 * indexers share, else one of this machine, made at the first start in a file that only its user
 * can read.
 */
final class StateKey {
  private static final String FILE = "state.key";
  private static final int LEAST_BYTES = 16;

  private StateKey() {}

  /**
   * The seal with the key.
   *
   * @param state folder of the service's state
   * @param payloadKey the operator's key; empty when there is none
   * @throws IOException when there is no key and the file can neither be read nor made
   */
  static StateSeal seal(Path state, String payloadKey) throws IOException {
    return payloadKey.isEmpty()
        ? new StateSeal(ofThisMachine(state.resolve(FILE)))
        : new StateSeal(payloadKey.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] ofThisMachine(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    byte[] key = Files.readAllBytes(file);
    if (key.length < LEAST_BYTES) {
      throw new IOException(file + ": is no key: remove it, and another one is made");
    }
    return key;
  }

  /** Complete or not at all: a crash must not leave half a key; the first one made stays. */
  private static void make(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path fresh = Files.createTempFile(file.getParent(), FILE, ".tmp", ownerOnly(file.getParent()));
    try {
      Files.write(fresh, StateSeal.newKey());
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      return; // another process was sooner
    } catch (UnsupportedOperationException | AtomicMoveNotSupportedException e) {
      Files.move(fresh, file);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
    boolean isPosix = Files.getFileStore(folder).supportsFileAttributeView("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
