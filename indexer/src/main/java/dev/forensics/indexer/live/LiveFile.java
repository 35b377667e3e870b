package dev.forensics.indexer.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/**
 * The file that libpcap writes to. libpcap does not tell when it could not write (a full disk): the
 * C library drops what it cannot write, and the next flush succeeds. So growth is what counts. Used
 * by one thread.
 */
final class LiveFile {
  /** Longer than libpcap lets packets gather. */
  private static final int STALLED_TICKS = 5;

  private final Path path;
  private final PcapDumper dumper;
  private long bytes;
  private long bytesAtGrowth;
  private long packetsAtGrowth = -1;
  private int stalled;

  private LiveFile(Path path, PcapDumper dumper) {
    this.path = path;
    this.dumper = dumper;
  }

  /**
   * Writes the file header.
   *
   * @param path an empty file
   */
  static LiveFile open(Path path, PcapHandle handle)
      throws IOException, PcapNativeException, NotOpenException {
    LiveFile file = new LiveFile(path, handle.dumpOpen(path.toString()));
    file.flush();
    return file;
  }

  /**
   * Writes the next packets.
   *
   * @param packets at most so many
   * @return true when the loop was broken off before
   */
  boolean write(PcapHandle handle, int packets)
      throws IOException, PcapNativeException, NotOpenException {
    boolean broken = false;
    long before = bytes;
    try {
      handle.loop(packets, dumper);
    } catch (InterruptedException e) {
      broken = true; // by breakLoop; the thread is not interrupted
    }
    bytes = dumper.ftell();
    if (!broken && bytes == before) {
      throw notWritten(null);
    }
    return broken;
  }

  /** Hands everything to the operating system, so that a reader sees it. */
  void flush() throws IOException, NotOpenException {
    try {
      dumper.flush();
      bytes = dumper.ftell();
    } catch (PcapNativeException e) {
      throw notWritten(e);
    }
  }

  /**
   * Fails when packets keep arriving and the file does not grow; to be called at every tick.
   *
   * @param packets libpcap's count of packets it has or will hand over
   */
  void checkGrowth(long packets) throws IOException {
    if (bytes > bytesAtGrowth || packets == packetsAtGrowth) {
      bytesAtGrowth = bytes;
      packetsAtGrowth = packets;
      stalled = 0;
    } else if (++stalled == STALLED_TICKS) {
      throw notWritten(null);
    }
  }

  void close() {
    dumper.close();
  }

  Path path() {
    return path;
  }

  /** Its length with what is not flushed yet. */
  long bytes() {
    return bytes;
  }

  private IOException notWritten(Exception cause) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace();
    String problem = path + " cannot be written, with " + free + " bytes free on its disk";
    return new IOException(problem, cause);
  }
}
