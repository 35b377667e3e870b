package dev.forensics.indexer.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that libpcap writes to. libpcap does not tell when it could not write (a full disk): the
 * C library drops what it cannot write, and the next flush succeeds. So growth is what counts. Used
 * by one thread.
 */
final class LiveFile {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFile.class);

  /** Longer than libpcap lets packets gather. */
  private static final int STALLED_TICKS = 5;

  /** pcap_dump writes in the machine's byte order. */
  private final ByteBuffer recordHeader =
      ByteBuffer.allocate(Rotation.RECORD_HEADER).order(ByteOrder.nativeOrder());

  private final Path path;
  private final PcapDumper dumper;
  private final FileChannel written;
  private long bytes;
  private long packets;
  private long bytesCounted = Rotation.FILE_HEADER;
  private long bytesAtGrowth;
  private long packetsAtGrowth = -1;
  private int stalled;

  private LiveFile(Path path, PcapDumper dumper, FileChannel written) {
    this.path = path;
    this.dumper = dumper;
    this.written = written;
  }

  /**
   * Writes the file header.
   *
   * @param path an empty file
   */
  static LiveFile open(Path path, PcapHandle handle)
      throws IOException, PcapNativeException, NotOpenException {
    FileChannel written = FileChannel.open(path, StandardOpenOption.READ);
    try {
      LiveFile file = new LiveFile(path, handle.dumpOpen(path.toString()), written);
      file.flush();
      return file;
    } catch (IOException | PcapNativeException | NotOpenException e) {
      written.close();
      throw e;
    }
  }

  /**
   * Writes the next packets; flushed when the loop was broken off.
   *
   * @param most at most so many
   * @return true when the loop was broken off before
   */
  boolean write(PcapHandle handle, int most)
      throws IOException, PcapNativeException, NotOpenException {
    long before = bytes;
    try {
      handle.loop(most, dumper);
    } catch (InterruptedException e) {
      flush(); // by breakLoop; the thread is not interrupted
      countPackets();
      return true;
    }
    bytes = dumper.ftell();
    if (bytes == before) {
      throw notWritten(null);
    }
    packets += most;
    bytesCounted = bytes;
    return false;
  }

  /** libpcap does not tell how many packets a loop took that was broken off: the file does. */
  private void countPackets() throws IOException {
    while (bytesCounted < bytes) {
      recordHeader.clear();
      int read = written.read(recordHeader, bytesCounted);
      int packet = recordHeader.getInt(8);
      if (read < Rotation.RECORD_HEADER || packet < 0) {
        throw notWritten(null); // or only in part, so that other bytes stand here
      }
      bytesCounted += Rotation.RECORD_HEADER + packet;
      packets++;
    }
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
   * @param arrived libpcap's count of packets it has or will hand over
   */
  void checkGrowth(long arrived) throws IOException {
    if (bytes > bytesAtGrowth || arrived == packetsAtGrowth) {
      bytesAtGrowth = bytes;
      packetsAtGrowth = arrived;
      stalled = 0;
    } else if (++stalled == STALLED_TICKS) {
      throw notWritten(null);
    }
  }

  void close() {
    dumper.close();
    try {
      written.close();
    } catch (IOException e) {
      LOG.debug("file={} was not closed cleanly for reading", path, e);
    }
  }

  Path path() {
    return path;
  }

  /** Its length with what is not flushed yet. */
  long bytes() {
    return bytes;
  }

  /** How many packets are in it. */
  long packets() {
    return packets;
  }

  private IOException notWritten(Exception cause) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace();
    String problem = path + " cannot be written, with " + free + " bytes free on its disk";
    return new IOException(problem, cause);
  }
}
