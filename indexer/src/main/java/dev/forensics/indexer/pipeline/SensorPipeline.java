package dev.forensics.indexer.pipeline;

import dev.forensics.indexer.capture.BlockPool;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.PacketDecoder;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.FlowTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * One sensor's way from records to findings: decodes on the calling thread, tracks flows on
 * workers. Flow state lives as long as the pipeline, so it carries over from one capture to the
 * next. Used by one thread.
 */
public final class SensorPipeline implements AutoCloseable {
  private final SensorCaptures captures;
  private final PacketDecoder decoder = new PacketDecoder();
  private final PacketRecord record = new PacketRecord();
  private final FlowWorkers workers;
  private long clockNanos = Long.MIN_VALUE;

  /**
   * @param settings the sensor
   * @param captures numbers the captures that are read
   * @param openCaptures how many captures are open at once at most
   * @param tables makes the flow table of a worker, by the worker's number
   */
  public SensorPipeline(
      SensorSettings settings,
      SensorCaptures captures,
      int openCaptures,
      Function<Integer, FlowTable> tables) {
    this.captures = captures;
    List<FlowTable> all = new ArrayList<>();
    for (int i = 0; i < settings.workers(); i++) {
      all.add(tables.apply(i));
    }
    workers = new FlowWorkers(settings.name(), all, openCaptures);
  }

  /** Blocks for the readers whose records this pipeline takes. */
  public BlockPool blocks() {
    return workers.blocks();
  }

  /**
   * Takes all records that are there now.
   *
   * @param reader over captures that were added to the sensor's captures in the same order
   * @param firstIndex number of the reader's first capture
   */
  public void read(MergedReader reader, int firstIndex) {
    int current = -1;
    CaptureProgress progress = null;
    while (reader.next(record)) {
      if (reader.captureIndex() != current) {
        current = reader.captureIndex();
        progress = captures.get(firstIndex + current);
        decoder.startCapture(firstIndex + current);
      }
      take(progress, firstIndex + current);
    }
    workers.flush();
  }

  private void take(CaptureProgress progress, int captureIndex) {
    DecodedPacket packet = workers.next();
    progress.read(record);
    clockNanos = Math.max(clockNanos, record.timestampNanos);
    if (decoder.decode(record, packet)) {
      packet.clockNanos = clockNanos;
      packet.captureIndex = captureIndex;
      progress.decodedOne();
      workers.commit();
    } else {
      progress.stopped(packet.stopLayer, packet.stopReason);
    }
  }

  /** Packets of link types that have no decoder, by LINKTYPE_ number. */
  public SortedMap<Integer, Long> unsupportedLinkTypes() {
    return decoder.counters().unsupportedLinkTypes();
  }

  /** The sensor's clock: the latest packet time read, in nanoseconds; Long.MIN_VALUE before. */
  public long clockNanos() {
    return clockNanos;
  }

  /** Waits until the workers have dealt with everything that was read. */
  public void settle() {
    workers.run(table -> table.advance(clockNanos));
  }

  /** Ends all open flows. */
  public void endFlows() {
    workers.run(table -> table.endAll(EndReason.END_OF_INPUT));
  }

  /** Ends the workers' threads; open flows are forgotten. */
  @Override
  public void close() {
    workers.close();
  }
}
