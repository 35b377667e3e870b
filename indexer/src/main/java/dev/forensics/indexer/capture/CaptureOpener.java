package dev.forensics.indexer.capture;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens files: tells compression and format by their first bytes and starts the right reader. */
final class CaptureOpener {
  private CaptureOpener() {}

  /** Opens a file for reading; everything else would wait (a pipe) or fail later (a folder). */
  static FileBytes openFile(Path path) throws CaptureException {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new CaptureException(path, 0, "not a regular file");
      }
      return new FileBytes(path);
    } catch (CaptureException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new CaptureException(path, "no such file", e);
    } catch (AccessDeniedException e) {
      throw new CaptureException(path, "not readable for this user", e);
    } catch (IOException e) {
      throw new CaptureException(path, "cannot be opened: " + e.getMessage(), e);
    }
  }

  /** The compression of an open file; null when there are too few bytes to tell. */
  static Compression compressionOf(Path path, FileBytes file) throws CaptureException {
    byte[] head = new byte[Compression.MAGIC_BYTES];
    int count = readHead(path, file, head);
    return Compression.mayBecome(head, count) ? null : Compression.of(head, count);
  }

  private static int readHead(Path path, FileBytes file, byte[] head) throws CaptureException {
    try (FileBytes from = file.again()) {
      return from.read(head, 0, head.length);
    } catch (IOException e) {
      throw new CaptureException(path, 0, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** The uncompressed bytes of an open file. */
  static ByteSource sourceOf(Path path, FileBytes file, Compression compression)
      throws CaptureException {
    try {
      return compression.over(file);
    } catch (IOException e) {
      throw new CaptureException(path, 0, "cannot be decompressed: " + e.getMessage(), e);
    }
  }

  /**
   * Starts the reader that the first bytes ask for.
   *
   * @return null when the beginning is not complete yet
   * @throws CaptureException also when this is no capture
   */
  static PositionedReader startReader(BlockCursor in) throws CaptureException {
    if (!in.require(CaptureFormat.MAGIC_BYTES)) {
      return null;
    }
    CaptureFormat format = CaptureFormat.of(in.block, in.cursor);
    if (format == null) {
      throw in.fault(0, "neither pcap nor pcapng");
    }
    return format == CaptureFormat.PCAP ? PcapReader.start(in) : new PcapngReader(in);
  }

  /**
   * Looks at the beginning of a file.
   *
   * @return null when this is no capture, compressed or not
   * @throws ForeignFormatException when it is one of another tool
   */
  static CaptureProbe inspect(Path path) throws CaptureException {
    try (FileBytes file = openFile(path)) {
      if (file.size() == 0) {
        return CaptureProbe.without(path, CaptureProbe.State.EMPTY);
      }
      Compression compression = compressionOf(path, file);
      return compression == null
          ? CaptureProbe.without(path, CaptureProbe.State.NO_PACKET)
          : inspect(path, file, compression);
    } catch (CaptureException e) {
      throw e;
    } catch (IOException e) {
      throw new CaptureException(path, 0, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static void failWhereNoRecordIsFound(PositionedReader reader) throws CaptureException {
    CaptureException problem = reader == null ? null : reader.holes().unresolved();
    if (problem != null) {
      throw problem;
    }
  }

  private static CaptureProbe inspect(Path path, FileBytes file, Compression compression)
      throws IOException {
    ByteSource source = sourceOf(path, file.again(), compression);
    try (BlockCursor in =
        new BlockCursor(path, source, new SingleThreadBlocks(), BlockCursor.FETCH_BYTES)) {
      boolean enough = in.require(CaptureFormat.MAGIC_BYTES);
      CaptureFormat format = enough ? CaptureFormat.of(in.block, in.cursor) : null;
      if (enough && format == null) {
        in.require(ForeignFormat.HEAD_BYTES);
        ForeignFormat foreign = ForeignFormat.of(in.block, in.cursor, in.limit);
        if (foreign != null) {
          throw new ForeignFormatException(path, foreign);
        }
        return null;
      }
      PositionedReader reader = enough ? startReader(in) : null;
      PacketRecord first = new PacketRecord();
      if (reader == null || !reader.next(first)) {
        failWhereNoRecordIsFound(reader);
        return CaptureProbe.without(path, CaptureProbe.State.NO_PACKET);
      }
      boolean isBehindHole = reader.holes().hasPassed() && source.seekable();
      CaptureId id = CaptureId.of(first);
      int linkType = first.linkType;
      long begins = CaptureTime.beginning(reader, first);
      CaptureFile capture =
          new CaptureFile(path, id, format, compression, linkType, begins, file.size());
      return new CaptureProbe(path, CaptureProbe.State.READY, Optional.of(capture), isBehindHole);
    }
  }
}
