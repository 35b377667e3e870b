package dev.forensics.indexer.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A capture file with at least one packet. Reading is always read-only.
 *
 * @param path where it was found
 * @param id what it is, wherever it lies
 * @param format of its records
 * @param compression of the whole file
 * @param linkType LINKTYPE_ value of the first record; others may follow in pcapng
 * @param firstPacketNanos time at which its records begin, in nanoseconds since 1970: that of the
 *     first one, unless several behind it agree that it is astray
 * @param sizeBytes length of the file as it lay on disk when it was looked at
 */
public record CaptureFile(
    Path path,
    CaptureId id,
    CaptureFormat format,
    Compression compression,
    int linkType,
    long firstPacketNanos,
    long sizeBytes) {

  /**
   * Looks at the beginning of a file. Compression and format are told by content, never by name.
   *
   * @throws CaptureException when it cannot be read, is no capture, or is broken before its first
   *     packet
   */
  public static CaptureProbe probe(Path path) throws CaptureException {
    CaptureProbe probe = CaptureOpener.inspect(path);
    if (probe == null) {
      throw new CaptureException(path, 0, "neither pcap nor pcapng, nor a compressed one");
    }
    return probe;
  }

  /** The same file under the identity by which its capture is known. */
  public CaptureFile as(CaptureId known) {
    return id.equals(known)
        ? this
        : new CaptureFile(path, known, format, compression, linkType, firstPacketNanos, sizeBytes);
  }

  /** The same capture where its records are taken to begin at another time. */
  CaptureFile beginningAt(long nanos) {
    return new CaptureFile(path, id, format, compression, linkType, nanos, sizeBytes);
  }

  /** True while the same capture lies under its path, or a file that cannot be read. */
  public boolean isWhereItWas() {
    try {
      CaptureFile now = probe(path).capture().orElse(null);
      return now != null && (id.isBesideAnother() ? now.mayBe(id) : now.id.equals(id));
    } catch (CaptureException e) {
      return Files.exists(path);
    }
  }

  /** Whether the capture may be the one of an identity; several may be of a group's. */
  public boolean mayBe(CaptureId other) throws CaptureException {
    try (CaptureReader reader = open(new SingleThreadBlocks())) {
      return other.mayBe(reader);
    } catch (CaptureException e) {
      throw e;
    } catch (IOException e) {
      throw new CaptureException(path, 0, "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The identity beside a capture of the same first record that lies nowhere any more.
   *
   * @param number of a record at which they are known to differ, or behind
   * @return made of that record, or of the last one before; the group's when there is but one
   */
  public CaptureId besideAnother(long number) throws CaptureException {
    PacketRecord record = new PacketRecord();
    long at = 0;
    try (CaptureReader reader = open(new SingleThreadBlocks())) {
      while (at < number && reader.next(record)) {
        at++;
      }
      return at < 2 ? id.group() : id.beside(at, CaptureId.print(record));
    } catch (CaptureException e) {
      throw e;
    } catch (IOException e) {
      throw new CaptureException(path, 0, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Opens the capture at its beginning; see {@link #open(BlockPool, long)}. */
  public CaptureReader open(BlockPool blocks) throws CaptureException {
    return open(blocks, 0);
  }

  /**
   * Opens the capture behind a record. Plain pcap goes there at once; plain pcapng passes over all
   * blocks before it, since they may describe interfaces; a compressed capture is decompressed up
   * to there.
   *
   * <p>On a growing file the reader goes on where it stopped, plain or compressed with gzip, zstd
   * or lz4; xz and bzip2 are decompressed again from the beginning each time the file has grown.
   *
   * <p>The reader takes a block when the first record is asked for, holds one at a time, and gives
   * it back at its end and on {@link CaptureReader#close}.
   *
   * @param position 0, or what {@link CaptureReader#position} of this capture returned before
   * @throws CaptureException also when another capture lies under the path now, or no record ends
   *     at the position
   */
  public CaptureReader open(BlockPool blocks, long position) throws CaptureException {
    return openPositioned(blocks, position);
  }

  /**
   * Opens the capture to read single records of it by position.
   *
   * @throws CaptureException also when another capture lies under the path now
   */
  public RecordFetcher fetcher(BlockPool blocks) throws CaptureException {
    boolean seeks = compression == Compression.NONE;
    int readBytes = seeks ? BlockCursor.FETCH_BYTES : BlockCursor.READ_BYTES;
    return new RecordFetcher(open(blocks, 0, readBytes));
  }

  /** As {@link #open(BlockPool, long)}. */
  PositionedReader openPositioned(BlockPool blocks, long position) throws CaptureException {
    return open(blocks, position, BlockCursor.READ_BYTES);
  }

  /** The same, of which only the sections from this one's header on are read. */
  PositionedReader openSections(BlockPool blocks, long start) throws CaptureException {
    FileBytes file = CaptureOpener.openFile(path);
    try {
      verifyIdentity(file);
      ByteSource source = CaptureOpener.sourceOf(path, file, compression);
      return startAtSection(new BlockCursor(path, source, blocks, BlockCursor.READ_BYTES), start);
    } catch (CaptureException | RuntimeException e) {
      closeAfter(e, file);
      throw e;
    }
  }

  private static PositionedReader startAtSection(BlockCursor in, long start)
      throws CaptureException {
    try {
      if (in.seekable()) {
        in.seek(start);
      } else {
        in.discard(start);
      }
      PositionedReader reader = CaptureOpener.startReader(in);
      if (reader == null) {
        throw in.fault(start, "the file has become shorter");
      }
      return reader;
    } catch (CaptureException | RuntimeException e) {
      closeAfter(e, in);
      throw e;
    }
  }

  private PositionedReader open(BlockPool blocks, long position, int readBytes)
      throws CaptureException {
    FileBytes file = CaptureOpener.openFile(path);
    try {
      verifyIdentity(file);
      ByteSource source = CaptureOpener.sourceOf(path, file, compression);
      BlockCursor in = new BlockCursor(path, source, blocks, readBytes);
      return startAt(in, position);
    } catch (CaptureException | RuntimeException e) {
      closeAfter(e, file);
      throw e;
    }
  }

  private PositionedReader startAt(BlockCursor in, long position) throws CaptureException {
    try {
      PositionedReader reader = CaptureOpener.startReader(in);
      if (reader == null) {
        throw in.fault(0, "the file has become shorter");
      }
      if (position != 0) {
        reader.resume(position);
      }
      return reader;
    } catch (CaptureException | RuntimeException e) {
      closeAfter(e, in);
      throw e;
    }
  }

  /** Ring buffers use names again: what lies here must still be this capture. */
  private void verifyIdentity(FileBytes file) throws CaptureException {
    Compression now = CaptureOpener.compressionOf(path, file);
    if (now != compression) {
      throw another();
    }
    ByteSource source = CaptureOpener.sourceOf(path, file.again(), now);
    try (BlockCursor in =
        new BlockCursor(path, source, new SingleThreadBlocks(), BlockCursor.FETCH_BYTES)) {
      CaptureReader reader = CaptureOpener.startReader(in);
      if (reader == null || !id.mayBe(reader)) {
        throw another();
      }
    } catch (CaptureException e) {
      throw e;
    } catch (IOException e) {
      throw new CaptureException(path, 0, "cannot be read: " + e.getMessage(), e);
    }
  }

  private CaptureException another() {
    return new CaptureException(path, 0, "another capture lies here now; expected " + id);
  }

  private static void closeAfter(Exception problem, java.io.Closeable open) {
    try {
      open.close();
    } catch (IOException e) {
      problem.addSuppressed(e);
    }
  }
}
