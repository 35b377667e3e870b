package dev.forensics.indexer.live;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;

/**
 * Captures on one interface into rotating files. libpcap itself writes the packets ({@code
 * pcap_loop} with {@code pcap_dump} as its callback), a bounded number at a time, so that no file
 * grows past its size; five times a second the loop is broken off to flush, to count and to look at
 * the clock. Breaking off loses nothing: the packet under way is written, the next stay in the
 * kernel's buffer.
 */
public final class LiveCapture implements AutoCloseable {
  private static final int TICK_MILLIS = 200;

  /** After a stop: ticks without a packet, longer than libpcap lets packets gather. */
  private static final int MOST_SILENT_TICKS = 5;

  private final LiveSettings settings;
  private final PcapHandle handle;
  private final FileRing ring;
  private final Rotation rotation;
  private volatile boolean stopping;
  private LiveFile file;
  private PacketCounts counts = PacketCounts.NONE;
  private PacketCounts countsBefore = PacketCounts.NONE;
  private long packetsInFinishedFiles;

  /**
   * Opens the interface; packets gather in the kernel's buffer from now on.
   *
   * @throws LiveSetupException when that is impossible, with what to do about it
   */
  public LiveCapture(LiveSettings settings) throws LiveSetupException {
    this.settings = settings;
    this.rotation =
        new Rotation(settings.rotateBytes(), settings.rotateEvery(), settings.snapLength());
    this.handle = Libpcap.open(settings);
    try {
      this.ring = new FileRing(settings.folder(), settings.prefix(), settings.files());
    } catch (IOException e) {
      handle.close();
      throw new LiveSetupException("folder " + settings.folder() + " cannot be used: " + e);
    }
  }

  /**
   * Writes files until {@link #stop}.
   *
   * @return what was counted from the first file to the last
   * @throws LiveException when the interface vanishes or the files cannot be written
   */
  public PacketCounts run(LiveListener listener) throws LiveException {
    Thread ticker = startTicker();
    try {
      begin(listener);
      while (!stopping) {
        step(Long.MAX_VALUE, listener);
      }
      drain(listener);
      return counts;
    } catch (IOException | PcapNativeException | NotOpenException e) {
      throw new LiveException(problem(e), e);
    } finally {
      ticker.interrupt();
      finish(listener);
    }
  }

  /** Ends {@link #run} soon; from any thread. */
  public void stop() {
    stopping = true;
  }

  /** Lets go of the interface; after {@link #run}. */
  @Override
  public void close() {
    handle.close();
  }

  private Thread startTicker() {
    Thread ticker = new Thread(this::breakOffAgainAndAgain, "capture-tick");
    ticker.setDaemon(true);
    ticker.start();
    return ticker;
  }

  private void breakOffAgainAndAgain() {
    try {
      while (true) {
        Thread.sleep(TICK_MILLIS);
        handle.breakLoop();
      }
    } catch (InterruptedException | NotOpenException e) {
      // The capture has ended.
    }
  }

  /** Writes so many packets, or as many as come until the next tick or the file's end. */
  private void step(long most, LiveListener listener)
      throws IOException, PcapNativeException, NotOpenException {
    int fitting = rotation.packetsThatFit(file.bytes());
    if (file.write(handle, (int) Math.min(fitting, most))) {
      count();
      file.checkGrowth(counts.captured());
    }
    if (rotation.isDue(file.bytes(), System.nanoTime())) {
      file.flush();
      count();
      LiveFile complete = file;
      begin(listener);
      finish(complete, listener);
    }
  }

  /**
   * Writes what had arrived when it was told to stop. A few packets may have been counted that
   * nobody hands over, those from before the filter was there: silence ends it as well.
   */
  private void drain(LiveListener listener)
      throws IOException, PcapNativeException, NotOpenException {
    count();
    long arrived = counts.captured();
    int silentTicks = 0;
    while (packets() < arrived && silentTicks < MOST_SILENT_TICKS) {
      long before = packets();
      step(arrived - before, listener);
      silentTicks = packets() == before ? silentTicks + 1 : 0;
    }
    file.flush();
  }

  /** How many packets are in the files. */
  private long packets() {
    return packetsInFinishedFiles + file.packets();
  }

  private void begin(LiveListener listener)
      throws IOException, PcapNativeException, NotOpenException {
    Path path = ring.create(Instant.now());
    try {
      file = LiveFile.open(path, handle);
    } catch (IOException | PcapNativeException e) {
      Files.deleteIfExists(path); // nothing is in it
      throw e;
    }
    rotation.begin(System.nanoTime());
    listener.begun(path);
  }

  private void count() throws PcapNativeException, NotOpenException {
    PcapStat stats = handle.getStats();
    counts =
        counts.advancedTo(
            new PacketCounts(
                stats.getNumPacketsReceived(),
                stats.getNumPacketsDropped(),
                stats.getNumPacketsDroppedByIf()));
  }

  private void finish(LiveFile complete, LiveListener listener) {
    complete.close();
    packetsInFinishedFiles += complete.packets();
    PacketCounts during = counts.minus(countsBefore);
    countsBefore = counts;
    listener.finished(new FinishedFile(complete.path(), complete.bytes(), during));
  }

  private void finish(LiveListener listener) {
    if (file != null) {
      finish(file, listener);
      file = null;
    }
  }

  private String problem(Exception e) {
    if (e instanceof FileSystemException) {
      return "capturing ended: " + e;
    }
    if (e instanceof IOException) {
      return "capturing ended: " + e.getMessage();
    }
    return "capturing on " + settings.device() + " ended: " + e.getMessage();
  }
}
