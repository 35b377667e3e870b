package dev.forensics.indexer.index;

import dev.forensics.indexer.document.DocumentKind;
import dev.forensics.indexer.document.EcsDocument;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Appends documents to {@code flow.ndjson}, {@code alarm.ndjson} and {@code capture.ndjson} in a
 * folder, one document a line, exactly as they would be indexed. The id of a flow or an alarm is
 * its {@code event.id}. Nothing is compared with what is there already: ids are deterministic, so
 * whoever reads the files can drop a second line with the same id. All three files exist from the
 * start. A flush makes them durable.
 */
public final class NdjsonSink implements DocumentSink {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Map<DocumentKind, Lines> files = new EnumMap<>(DocumentKind.class);
  private final LongAdder accepted = new LongAdder();
  private volatile boolean isClosed;

  /**
   * Opens the files, making the folder when missing.
   *
   * @throws IOException when they cannot be written
   */
  public NdjsonSink(Path folder) throws IOException {
    Files.createDirectories(folder);
    try {
      for (DocumentKind kind : DocumentKind.values()) {
        files.put(kind, new Lines(folder.resolve(fileName(kind))));
      }
    } catch (IOException e) {
      closeFiles();
      throw e;
    }
  }

  /** The file of a kind of document. */
  public static String fileName(DocumentKind kind) {
    return switch (kind) {
      case FLOW -> "flow.ndjson";
      case ALARM -> "alarm.ndjson";
      case CAPTURE -> "capture.ndjson";
    };
  }

  @Override
  public void accept(EcsDocument document) throws IOException {
    if (isClosed) {
      throw new IOException("the sink is closed");
    }
    files.get(document.kind()).append(document.json());
    accepted.increment();
  }

  @Override
  public void flush() throws IOException {
    for (Lines file : files.values()) {
      file.sync();
    }
  }

  @Override
  public SinkCounts counts() {
    long written = accepted.sum();
    return new SinkCounts(written, written, 0, 0, 0);
  }

  @Override
  public void close() throws IOException {
    if (!isClosed) {
      isClosed = true;
      closeFiles();
    }
  }

  private void closeFiles() throws IOException {
    IOException first = null;
    for (Lines file : files.values()) {
      try {
        file.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** One file; a failed write leaves it failed, since a torn line must not be written on. */
  private static final class Lines {
    private final FileChannel channel;
    private final OutputStream out;
    private boolean isBroken;

    Lines(Path file) throws IOException {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      channel.truncate(endOfLastLine(channel));
      channel.position(channel.size());
      out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    /** A line torn by a crash was never acknowledged, and the next one must not be glued to it. */
    private static long endOfLastLine(FileChannel channel) throws IOException {
      ByteBuffer one = ByteBuffer.allocate(1);
      for (long end = channel.size(); end > 0; end--) {
        channel.read(one.clear(), end - 1);
        if (one.get(0) == '\n') {
          return end;
        }
      }
      return 0;
    }

    synchronized void append(byte[] json) throws IOException {
      requireSound();
      isBroken = true;
      out.write(json);
      out.write('\n');
      isBroken = false;
    }

    synchronized void sync() throws IOException {
      requireSound();
      isBroken = true;
      out.flush();
      channel.force(false);
      isBroken = false;
    }

    private void requireSound() throws IOException {
      if (isBroken) {
        throw new IOException("an earlier write failed");
      }
    }

    synchronized void close() throws IOException {
      try {
        if (!isBroken && channel.isOpen()) {
          sync();
        }
      } finally {
        channel.close();
      }
    }
  }
}
