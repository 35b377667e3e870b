package dev.forensics.indexer.detect;

import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureReader;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.SingleThreadBlocks;
import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.decode.PacketDecoder;
import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.flow.FlowTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A capture read through the real rooms: capture, decode, flow, detect. */
public final class InspectedCapture implements FindingSink {
  private final List<InspectedFlow> flows = new ArrayList<>();
  private final Inspection inspection;
  private final FlowTable table;
  private final PacketDecoder decoder = new PacketDecoder();
  private String broken;
  private long clockNanos = Long.MIN_VALUE;

  private InspectedCapture(DetectionSettings settings) {
    inspection = new Inspection(settings, PrefixTable.builtIn(), this);
    table = new FlowTable(FlowSettings.defaults(), inspection);
  }

  /** Reads a capture to its end, or to where it is broken, and ends its flows. */
  public static InspectedCapture of(Path path, DetectionSettings settings) throws IOException {
    InspectedCapture capture = new InspectedCapture(settings);
    try {
      Optional<CaptureFile> file = CaptureFile.probe(path).capture();
      if (file.isPresent()) {
        capture.read(file.get());
      }
    } catch (CaptureException e) {
      capture.broken = e.getMessage();
    }
    capture.table.endAll(EndReason.END_OF_INPUT);
    return capture;
  }

  private void read(CaptureFile file) throws IOException {
    PacketRecord record = new PacketRecord();
    DecodedPacket packet = new DecodedPacket();
    try (CaptureReader reader = file.open(new SingleThreadBlocks())) {
      while (reader.next(record)) {
        if (decoder.decode(record, packet)) {
          clockNanos = Math.max(clockNanos, packet.timestampNanos);
          packet.clockNanos = clockNanos;
          table.packet(packet);
        }
      }
    }
  }

  public List<InspectedFlow> flows() {
    return flows;
  }

  /** What the reader said about a broken capture; null when it was sound. */
  public String broken() {
    return broken;
  }

  public long parserFailures() {
    return inspection.parserFailures();
  }

  @Override
  public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {}

  @Override
  public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
    flows.add(InspectedFlow.of(flow, facts, verdicts));
  }
}
