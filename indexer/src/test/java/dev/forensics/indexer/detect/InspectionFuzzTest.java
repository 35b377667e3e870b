package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.forensics.indexer.detect.login.Redaction;
import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.Flow;
import java.util.Arrays;
import java.util.List;

/** All protocols and all rules on one flow; bits of the first byte choose flow and quality. */
class InspectionFuzzTest {
  private static final PrefixTable PREFIXES = PrefixTable.builtIn();

  @FuzzTest
  void judges(byte[] script) {
    if (script.length < 2) {
      return;
    }
    Flow flow = ((script[0] & 1) != 0 ? Exchange.udp() : Exchange.tcp()).flow();
    flow.midstream = (script[0] & 2) != 0;
    flow.originator.packets = 1;
    flow.responder.packets = (script[0] & 4) != 0 ? 0 : 1;
    Sentences sentences = new Sentences();
    Inspection inspection = new Inspection(DetectionSettings.defaults(), PREFIXES, sentences);
    FuzzedDialogue.inspect(inspection, flow, Arrays.copyOfRange(script, 1, script.length));
    assertThat(inspection.parserFailures()).isZero();
    String protocol = sentences.protocol;
    assertThat(Redaction.payload(script, protocol, null, true)).hasSameSizeAs(script);
    assertThat(Redaction.payload(script, protocol, null, false)).hasSameSizeAs(script);
    assertThat(Redaction.body(script)).hasSameSizeAs(script);
  }

  /** Looks at what a person will read. */
  private static final class Sentences implements FindingSink {
    private String protocol;

    @Override
    public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {
      assertThat(verdict.reason()).endsWith(".").doesNotContain("null");
      assertThat(verdict.confidence()).isBetween(1, 100);
    }

    @Override
    public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
      protocol = facts.protocol();
    }
  }
}
