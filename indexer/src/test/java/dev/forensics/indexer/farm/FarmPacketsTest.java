package dev.forensics.indexer.farm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.InspectedCapture;
import dev.forensics.indexer.detect.InspectedFlow;
import dev.forensics.indexer.detect.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of the farm through capture, decode, flow and detect, with the sides as well. */
class FarmPacketsTest {
  private static final int FLOWS =
      Math.toIntExact(Math.min(20_000, Long.getLong("farm.flows", 20_000) / 50));
  private static final long SEED = Long.getLong("farm.seed", 20_261_130);

  @Test
  void shouldGetNoWrongNameFromPackets(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("farm.pcap");
    Map<String, OrdinaryFlow> written = new HashMap<>();
    Random random = new Random(SEED);
    int number = 0;
    try (FarmPackets packets = new FarmPackets(file)) {
      for (int i = 0; i < FLOWS; i++) {
        for (OrdinaryTraffic kind : Farm.KINDS) {
          OrdinaryFlow flow = kind.flow(random);
          packets.write(flow);
          written.put(FarmPackets.client(++number), flow);
        }
      }
    }
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (InspectedFlow flow : InspectedCapture.of(file, DetectionSettings.defaults()).flows()) {
      OrdinaryFlow ordinary = written.get(endpoint(flow.originator()));
      ordinary = ordinary == null ? written.get(endpoint(flow.responder())) : ordinary;
      judge(flow, ordinary, wrong);
      seen++;
    }
    assertThat(wrong).as("seed %d", SEED).isEmpty();
    assertThat(seen).isGreaterThan(FLOWS * Farm.KINDS.size() * 9 / 10);
  }

  /** What stands before the first blank. */
  private static String endpoint(String side) {
    return side.substring(0, side.indexOf(' '));
  }

  private static void judge(InspectedFlow flow, OrdinaryFlow ordinary, List<String> wrong) {
    String name = flow.facts().protocol();
    if (name != null && !ordinary.names().contains(name)) {
      wrong.add(name + " for " + ordinary.what());
    }
    for (Verdict verdict : flow.verdicts()) {
      if (!ordinary.alarms().contains(verdict.rule().id())) {
        wrong.add(verdict.rule().id() + " on " + ordinary.what() + ": " + verdict.reason());
      }
    }
  }
}
