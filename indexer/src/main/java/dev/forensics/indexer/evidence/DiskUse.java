package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What evidence takes on disk: whole blocks, for the packets and for the label beside them. Most
 * alarms have a few hundred bytes of packets, so the lengths of the files say little.
 *
 * @param blockBytes of the file system
 */
record DiskUse(long blockBytes) {
  private static final long USUAL_BLOCK = 4096;

  /** Packets, label, and the flow's link. */
  static final long FILES_AN_ALARM = 3;

  /** In the file system of a folder. */
  static DiskUse of(Path folder) {
    try {
      long block = Files.getFileStore(folder).getBlockSize();
      return new DiskUse(block > 0 ? block : USUAL_BLOCK);
    } catch (IOException | UnsupportedOperationException e) {
      return new DiskUse(USUAL_BLOCK);
    }
  }

  /** Bytes on disk of an alarm's packets, of so many bytes, and their label. */
  long ofAlarm(long packetBytes, Path label) throws IOException {
    return blocks(packetBytes) + blocks(length(label));
  }

  private static long length(Path label) throws IOException {
    try {
      return Files.size(label);
    } catch (NoSuchFileException e) {
      return 0; // a crash came between the two
    }
  }

  private long blocks(long bytes) {
    return (bytes + blockBytes - 1) / blockBytes * blockBytes;
  }
}
