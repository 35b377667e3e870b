package dev.forensics.indexer.farm;

import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FindingSink;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Inspection;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Plays ordinary flows to all protocols and rules, and counts what they should not get. */
final class Farm implements FindingSink {
  /** All kinds of ordinary traffic. */
  static final List<OrdinaryTraffic> KINDS =
      List.of(
          new DnsLookUps(),
          new Datagrams(),
          new WebObjects(),
          new TextSessions(),
          new BinaryServices(),
          new FileTransfers(),
          new TlsSessions(),
          new RandomBytes());

  private static final long NANOS = 1_795_342_530_000_000_000L;

  private final Inspection inspection =
      new Inspection(DetectionSettings.defaults(), PrefixTable.builtIn(), this);
  private final Map<String, Long> findings = new TreeMap<>();
  private OrdinaryFlow current;

  /** Plays flows of a kind, from this seed on. */
  void grow(OrdinaryTraffic kind, long seed, long flows) {
    Random random = new Random(seed);
    for (long i = 0; i < flows; i++) {
      play(kind.flow(random));
    }
  }

  /** What was wrong, and how often; "severity rule by names on what" and "name for what". */
  Map<String, Long> findings() {
    return findings;
  }

  private void play(OrdinaryFlow ordinary) {
    current = ordinary;
    Flow flow = ordinary.exchange().flow();
    flow.responderPort = ordinary.serverPort();
    flow.midstream = ordinary.midstream();
    flow.startNanos = NANOS;
    flow.endNanos = NANOS;
    flow.originator.packets = ordinary.exchange().pieces().size();
    flow.responder.packets = flow.originator.packets; // it acknowledges, at least
    inspection.flowStarted(flow, null);
    for (Exchange.Piece piece : ordinary.exchange().pieces()) {
      byte[] bytes = piece.bytes();
      flow.side(piece.direction()).payloadBytes += bytes.length;
      if (flow.side(piece.direction()).firstPayload == null) {
        flow.side(piece.direction()).firstPayload =
            java.util.Arrays.copyOf(bytes, Math.min(bytes.length, 64));
      }
      if (bytes.length > 0 && flow.wants(piece.direction())) {
        inspection.payload(flow, piece.direction(), bytes, 0, bytes.length, NANOS);
      }
    }
    flow.endReason = EndReason.IDLE;
    inspection.flowEnded(flow);
  }

  @Override
  public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {
    if (!current.alarms().contains(verdict.rule().id())) {
      String names = facts.originatorProtocol + "/" + facts.responderProtocol;
      count(
          verdict.severity()
              + " "
              + verdict.rule().id()
              + " by "
              + names
              + " on "
              + current.what());
    }
  }

  @Override
  public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
    name(facts.originatorProtocol);
    name(facts.responderProtocol);
    name(facts.application);
  }

  private void name(String name) {
    if (name != null && !current.names().contains(name)) {
      count(name + " for " + current.what());
    }
  }

  private void count(String finding) {
    findings.merge(finding + (current.midstream() ? " joined" : ""), 1L, Long::sum);
  }
}
