package dev.forensics.indexer.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * An open file whose reads are tried again where the system fails (EIO, ESTALE), after pauses that
 * grow. From the second try on it is opened anew by its path: a handle that NFS calls stale never
 * comes back. Whether the path holds the same file then, the caller has to see by its bytes.
 */
final class RetriedFile implements Closeable {
  private static final int TRIES = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final Opening opening;
  private final Pause pause;
  private Reads reads;

  /** What is read; {@link FileChannel} does it. */
  interface Reads extends Closeable {
    /** As {@link FileChannel#read(ByteBuffer, long)}. */
    int read(ByteBuffer into, long position) throws IOException;

    /** As {@link FileChannel#size}. */
    long size() throws IOException;
  }

  /** Opens the file. */
  @FunctionalInterface
  interface Opening {
    Reads open() throws IOException;
  }

  /** Waits before another try. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  @FunctionalInterface
  private interface Asking {
    long ask(Reads reads) throws IOException;
  }

  RetriedFile(Opening opening, Pause pause) throws IOException {
    this.opening = opening;
    this.pause = pause;
    reads = opening.open();
  }

  static RetriedFile of(Path path) throws IOException {
    return new RetriedFile(
        () -> new ChannelReads(FileChannel.open(path, StandardOpenOption.READ)),
        time -> Thread.sleep(time.toMillis()));
  }

  private record ChannelReads(FileChannel channel) implements Reads {
    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return channel.read(into, position);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  int read(ByteBuffer into, long position) throws IOException {
    int start = into.position();
    return (int)
        ask(
            file -> {
              into.position(start);
              return file.read(into, position);
            });
  }

  long size() throws IOException {
    return ask(Reads::size);
  }

  private long ask(Asking asking) throws IOException {
    Duration wait = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      try {
        if (tries > 2) {
          openAnew();
        }
        return asking.ask(reads);
      } catch (ClosedChannelException e) {
        throw e; // somebody closed it, or interrupted this thread
      } catch (IOException e) {
        if (tries == TRIES) {
          throw new ReadFailedException(tries, e);
        }
      }
      await(wait);
      wait = wait.multipliedBy(2);
    }
  }

  private void openAnew() throws IOException {
    Reads anew = opening.open();
    Reads former = reads;
    reads = anew;
    former.close();
  }

  private void await(Duration time) throws IOException {
    try {
      pause.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }

  @Override
  public void close() throws IOException {
    reads.close();
  }
}
