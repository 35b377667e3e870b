package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.BlockPool;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.TrafficClock;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.FragmentReassembler;
import dev.forensics.indexer.decode.PacketDecoder;
import dev.forensics.indexer.detect.quic.InitialBudget;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.FlowTable;
import dev.forensics.indexer.flow.StartSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/**
 * One sensor's way from records to findings: decodes on the calling thread, tracks flows on
 * workers. Flow state lives as long as the pipeline, so it carries over from one capture to the
 * next. Used by one thread.
 */
public final class SensorPipeline implements AutoCloseable {
  /** Opening a small capture takes as long as reading so much of a large one. */
  private static final int OPENING_BYTES = 128 << 10;

  private final SensorCaptures captures;
  private final PacketDecoder decoder;
  private final PacketRecord record = new PacketRecord();
  private final FlowWorkers workers;
  private final Predicate<DecodedPacket> names;
  private final InitialBudget initials = new InitialBudget();
  private final IntUnaryOperator spend;
  private long ordinal;
  private final TrafficClock clock = new TrafficClock();
  private final AtomicBoolean replaying;
  private final Bounds bounds;

  /**
   * @param settings the sensor
   * @param captures numbers the captures that are read
   * @param openCaptures how many captures are open at once at most
   * @param replaying set here while what is read was read before
   * @param names sees every decoded packet, in order; true when the workers have to come as far
   *     before it can see the next
   * @param progress hears how far all workers are
   * @param bounds knows those of the parts that are handed in
   * @param tables makes the flow table of a worker, by the worker's number
   */
  SensorPipeline(
      SensorSettings settings,
      SensorCaptures captures,
      int openCaptures,
      AtomicBoolean replaying,
      Predicate<DecodedPacket> names,
      WorkersProgress progress,
      Bounds bounds,
      Function<Integer, FlowTable> tables) {
    this.captures = captures;
    decoder = new PacketDecoder(settings.memory().fragments(), settings.tunnelPorts());
    this.replaying = replaying;
    this.names = names;
    spend = clock::spend;
    this.bounds = bounds;
    FragmentReassembler fragments = decoder.fragments();
    bounds.reached().add(BoundsReached.INITIALS_UNOPENED, initials::unopened);
    bounds.reached().add(BoundsReached.FRAGMENTS_EVICTED, fragments::evicted);
    bounds
        .used()
        .add(MemoryUsed.FRAGMENTS, fragments::heldBytes, settings.memory().fragments().maxBytes());
    List<FlowTable> all = new ArrayList<>();
    for (int i = 0; i < settings.workers(); i++) {
      all.add(tables.apply(i));
    }
    workers =
        new FlowWorkers(
            settings.name(), all, openCaptures, WorkersProgress.sampling(bounds.used(), progress));
    BatchBlocks blocks = workers.blocks();
    bounds.used().add(MemoryUsed.PACKETS, blocks::heldBytes, blocks.limitBytes());
  }

  /** Blocks for the readers whose records this pipeline takes. */
  public BlockPool blocks() {
    return workers.blocks();
  }

  /** The sensor's clock, for the readers whose records this pipeline takes. */
  public TrafficClock clock() {
    return clock;
  }

  /** Takes all records that are there now. The reader's captures are numbered as the sensor's. */
  public void read(MergedReader reader) {
    read(reader, Long.MAX_VALUE);
  }

  /**
   * Takes the records that are there now, or a part of them.
   *
   * @param reader its captures are numbered as the sensor's
   * @param captured stops once so many bytes were captured, where each capture that is begun counts
   *     as {@value #OPENING_BYTES} more
   * @return how many bytes that were; fewer than asked for when no record is left
   */
  public long read(MergedReader reader, long captured) {
    int current = -1;
    long bytes = 0;
    boolean counting = !replaying.get();
    CaptureProgress progress = null;
    while (bytes < captured && reader.next(record)) {
      if (reader.captureIndex() != current) {
        current = reader.captureIndex();
        progress = captures.get(current);
        if (!progress.isBegun()) {
          bytes += OPENING_BYTES;
          captures.begin(progress);
        }
        decoder.startCapture(current);
      }
      take(progress, current, counting);
      bytes += record.capturedLength;
    }
    workers.flush();
    return bytes;
  }

  private void take(CaptureProgress progress, int captureIndex, boolean counting) {
    DecodedPacket packet = workers.next();
    long stepped = clock.steppedNanos();
    clock.pass(record, captureIndex);
    if (clock.steppedNanos() != stepped) {
      decoder.fragments().setForward(clock.steppedNanos() - stepped);
    }
    progress.sections().reached(record);
    boolean decoded = decoder.decode(record, clock.nanos(), packet);
    boolean crowded = false;
    if (decoded) {
      packet.captureIndex = captureIndex;
      packet.ordinal = ++ordinal;
      initials.judge(packet, spend, counting);
      crowded = names.test(packet);
    }
    if (counting) {
      count(progress, decoded, packet);
    }
    if (decoded) {
      workers.commit(clock);
    }
    if (crowded) {
      workers.catchUp();
    }
  }

  private void count(CaptureProgress progress, boolean decoded, DecodedPacket packet) {
    progress.read(record);
    if (decoded) {
      progress.decodedOne();
    } else {
      progress.stopped(packet.stopLayer, packet.stopReason);
    }
  }

  /**
   * Rebuilds open flows: until {@link #endReplay}, what is read counts nowhere and only flows that
   * began at one of these places come to be. Before the first read.
   *
   * @param starts where the open flows began, with the sensor's numbers of captures
   * @param before the sensor's clock before the first packet that is read again
   */
  public void replay(StartSet starts, TrafficClock.State before) {
    replaying.set(true);
    clock.set(before);
    workers.run(clock, table -> table.replay(starts));
  }

  /**
   * What is read from now on is new.
   *
   * @param stopped the sensor's clock when reading stopped
   */
  public void endReplay(TrafficClock.State stopped) {
    clock.set(stopped);
    workers.run(clock, FlowTable::endReplay);
    replaying.set(false);
  }

  /** Where the flows began that are open now; those that fell due by now are ended first. */
  public StartSet openFlows() {
    StartSet.Builder starts = new StartSet.Builder();
    workers.run(
        clock,
        table -> {
          synchronized (starts) {
            table.forEachOpen(starts::add);
          }
        });
    return starts.build();
  }

  /** Fragments that wait for the rest of their datagram. */
  public FragmentReassembler fragments() {
    return decoder.fragments();
  }

  /** How often each bound of memory was reached, and how near it is to them. */
  public Bounds bounds() {
    return bounds;
  }

  /** Packets of link types that have no decoder, by LINKTYPE_ number. */
  public SortedMap<Integer, Long> unsupportedLinkTypes() {
    return decoder.counters().unsupportedLinkTypes();
  }

  /** What the sensor's clock shows, in nanoseconds; Long.MIN_VALUE before the first record. */
  public long clockNanos() {
    return clock.nanos();
  }

  /**
   * Waits until the workers have dealt with everything that was read, and ends the flows that fell
   * due by now, just as {@link #openFlows} does: nothing is left that a commit would have sent.
   */
  public void settle() {
    workers.run(clock, table -> {});
  }

  /** Ends all open flows. */
  public void endFlows() {
    workers.run(clock, table -> table.endAll(EndReason.END_OF_INPUT));
  }

  /** Ends the workers' threads; open flows are forgotten. */
  @Override
  public void close() {
    workers.close();
  }
}
