package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.tls.TlsFacts;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.flow.Flow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleChoiceTest {
  private static final int[] PORTS = {21, 53, 80, 443, 8443, 50_000};

  private record Needing(List<Class<?>> needs) implements DetectionRule {
    @Override
    public RuleInfo info() {
      throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public Verdict evaluate(Flow flow, FlowFacts facts, Occasion occasion, long timestampNanos) {
      throw new UnsupportedOperationException("nobody asks");
    }
  }

  private static int[] chosen(Object... facts) {
    DetectionRule[] rules = {
      new Needing(List.of(HttpFacts.class)),
      new Needing(List.of()),
      new Needing(List.of(TlsFacts.class, HttpFacts.class)),
      new Needing(List.of(TlsFacts.class)),
      new Needing(List.of(HttpFacts.class))
    };
    FlowFacts known = new FlowFacts();
    for (Object one : facts) {
      known.add(one);
    }
    return new RuleChoice(rules).of(known);
  }

  @Test
  void shouldChooseByTheFactsInTheOrderOfTheRules() {
    assertThat(chosen()).containsExactly(1);
    assertThat(chosen("other facts")).containsExactly(1);
    assertThat(chosen(new HttpFacts())).containsExactly(0, 1, 2, 4);
    assertThat(chosen(new TlsFacts())).containsExactly(1, 2, 3);
    assertThat(chosen(new TlsFacts(), new HttpFacts())).containsExactly(0, 1, 2, 3, 4);
  }

  /** What is not asked would have had nothing to say. */
  @ParameterizedTest
  @EnumSource
  void shouldLeaveOutOnlyRulesThatSayNothing(Occasion occasion) {
    List<DetectionRule> rules = Rules.builtIn(DetectionSettings.defaults(), Attribution.NONE);
    int left = 0;
    for (DetectionRule rule : rules) {
      for (int port : PORTS) {
        for (String protocol : new String[] {null, "http", "tls", "ftp", "mtproto"}) {
          if (!rule.needs().isEmpty()) {
            left++;
            assertThat(rule.evaluate(flow(port), speaking(protocol), occasion, 1)).isNull();
          }
        }
      }
    }
    assertThat(left).isPositive();
  }

  private static Flow flow(int port) {
    Flow flow = new Flow();
    flow.ipVersion = 4;
    flow.protocol = 6;
    flow.originatorPort = 40_000;
    flow.responderPort = port;
    flow.originator.packets = 5;
    flow.responder.packets = 5;
    flow.originator.payloadBytes = 100;
    flow.originator.firstPayload = new byte[64];
    return flow;
  }

  private static FlowFacts speaking(String protocol) {
    FlowFacts facts = new FlowFacts();
    facts.originatorProtocol = protocol;
    facts.responderProtocol = protocol;
    return facts;
  }
}
