package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.http.HttpProtocol;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InspectionTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String HELLO = "16 0301 002a 01 000026 0303";

  @Test
  void shouldKeepNothingOfAFlowWithoutPayload() {
    InspectedExchange run = new InspectedExchange(443);
    assertThat(run.flow().attachment).isNull();
    run.end(EndReason.IDLE);
    assertThat(run.flow().attachment).isNull();
    assertThat(run.facts().protocol()).isNull();
    assertThat(run.verdicts()).isEmpty();
  }

  @Test
  void shouldIdentifyEachSideAlone() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().clientHex(HELLO).server(OK)).end(EndReason.FIN);
    assertThat(run.facts().originatorProtocol).isEqualTo("tls");
    assertThat(run.facts().responderProtocol).isEqualTo("http");
  }

  @Test
  void shouldIdentifyByContentHoweverTheFirstBytesAreCut() {
    for (int size = 1; size < 30; size++) {
      InspectedExchange run = new InspectedExchange(443);
      run.play(Exchange.tcp().client(GET).server(OK).cut(size)).end(EndReason.FIN);
      assertThat(run.facts().protocol()).isEqualTo("http");
      assertThat(run.facts().get(HttpFacts.class).responseCount).isEqualTo(1);
    }
  }

  @Test
  void shouldLookBehindZerosAndProxyHeaders() {
    String version1 = "PROXY TCP4 198.51.100.1 203.0.113.63 51001 443\r\n";
    String version2 = "0d0a0d0a000d0a515549540a 21 11 000c c6336401 cb007101 c738 01bb";
    for (int size : new int[] {1, 5, 1000}) {
      assertThat(protocol(Exchange.tcp().client(version1).clientHex(HELLO).cut(size)))
          .isEqualTo("tls");
      assertThat(protocol(Exchange.tcp().client(version1).client(GET).cut(size))).isEqualTo("http");
      assertThat(protocol(Exchange.tcp().clientHex(version2).client(GET).cut(size)))
          .isEqualTo("http");
      assertThat(protocol(Exchange.tcp().client(new byte[300]).clientHex(HELLO).cut(size)))
          .isEqualTo("tls");
      assertThat(protocol(Exchange.tcp().client(new byte[1]).client(GET).cut(size)))
          .isEqualTo("http");
    }
  }

  private static String protocol(Exchange exchange) {
    InspectedExchange run = new InspectedExchange(9999);
    run.play(exchange).end(EndReason.FIN);
    return run.facts().originatorProtocol;
  }

  @Test
  void shouldMeasureWhatNobodyKnowsAndStopWantingIt() {
    InspectedExchange run = new InspectedExchange(443);
    byte[] noise = new byte[8192];
    new java.util.Random(1).nextBytes(noise);
    noise[0] = (byte) 0xA7;
    run.play(Exchange.tcp().client(noise));
    assertThat(run.flow().wants(Direction.ORIGINATOR)).isFalse();
    run.end(EndReason.FIN);
    assertThat(run.facts().originatorProtocol).isNull();
    assertThat(run.facts().originatorUnknown.entropyBits()).isGreaterThan(7.9);
    assertThat(run.facts().responderUnknown).isNull();
  }

  @Test
  void shouldMeasureAShortUnknownTextAtTheEnd() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client("hm")).end(EndReason.IDLE);
    assertThat(run.facts().originatorUnknown)
        .isEqualTo(UnknownBytes.of(new byte[] {'h', 'm'}, 0, 2));
  }

  @Test
  void shouldFindARequestInAConversationJoinedInItsMiddle() {
    InspectedExchange run = new InspectedExchange(40_001);
    run.flow().midstream = true;
    run.flow().originatorPort = 443;
    byte[] body = new byte[1400];
    new java.util.Random(2).nextBytes(body);
    run.play(Exchange.tcp().server(body).server(body).server(GET).client(OK)).end(EndReason.IDLE);
    assertThat(run.flow().opener).isEqualTo(Direction.RESPONDER);
    assertThat(Endpoints.serverPort(run.flow())).isEqualTo(443);
    assertThat(run.verdict("http-on-https-port").outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void shouldSearchAfterAGapInTheFirstBytes() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client("GET /long"));
    run.inspection().gap(run.flow(), Direction.ORIGINATOR, 100, InspectedExchange.START_NANOS);
    run.play(Exchange.tcp().client("rest\r\n\r\n").client(GET)).end(EndReason.IDLE);
    assertThat(run.facts().originatorProtocol).isEqualTo("http");
  }

  @Test
  void shouldKeepProtocolAndFiredRulesAcrossSegments() {
    InspectedExchange run = new InspectedExchange(443);
    run.play(Exchange.tcp().client(GET).server(OK)).end(EndReason.ACTIVE);
    FlowFacts first = run.facts();
    run.play(Exchange.tcp().client(GET).server(OK)).end(EndReason.FIN);
    assertThat(run.facts()).isNotSameAs(first);
    assertThat(run.facts().protocol()).isEqualTo("http");
    assertThat(run.facts().get(HttpFacts.class).requestCount).isEqualTo(1);
    assertThat(first.get(HttpFacts.class).requestCount).isEqualTo(1);
    assertThat(run.raised()).hasSize(1);
  }

  @Test
  void shouldForgetWithoutATrace() {
    InspectedExchange run = new InspectedExchange(443).play(Exchange.tcp().client(GET));
    assertThat(run.flow().attachment).isNotNull();
    run.inspection().flowForgotten(run.flow());
    assertThat(run.flow().attachment).isNull();
    assertThat(run.raised()).isEmpty();
  }

  @Test
  void shouldNotAskDisabledRules() {
    DetectionSettings all = DetectionSettings.defaults();
    DetectionSettings none =
        new DetectionSettings(
            all.httpsPorts(),
            all.outcomeDeadline(),
            all.identifyLimitBytes(),
            all.resyncLimitBytes(),
            Set.of("http-on-https-port"));
    InspectedExchange run = new InspectedExchange(443, none);
    run.play(Exchange.tcp().client(GET).server(OK)).end(EndReason.FIN);
    assertThat(run.verdict("http-on-https-port")).isNull();
  }

  @Test
  void shouldGoOnWithoutAParserThatFails() {
    List<FlowFacts> ended = new ArrayList<>();
    Inspection inspection =
        new Inspection(
            DetectionSettings.defaults(),
            Attribution.NONE,
            new ProtocolSet(List.of(new Failing())),
            List.of(),
            Suppression.NONE,
            new FindingSink() {
              @Override
              public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {}

              @Override
              public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
                ended.add(facts);
              }
            });
    Flow flow = Exchange.tcp().flow();
    inspection.payload(flow, Direction.ORIGINATOR, new byte[] {1}, 0, 1, 1);
    assertThat(inspection.parserFailures()).isEqualTo(1);
    assertThat(flow.wants(Direction.RESPONDER)).isFalse();
    flow.endReason = EndReason.FIN;
    inspection.flowEnded(flow);
    assertThat(ended.get(0).protocol()).isEqualTo("failing");
  }

  @Test
  void shouldSuppressAndStillReport() {
    List<Verdict> raised = new ArrayList<>();
    DetectionSettings settings = DetectionSettings.defaults();
    Inspection inspection =
        new Inspection(
            settings,
            Attribution.NONE,
            new ProtocolSet(List.of(new HttpProtocol())),
            Rules.builtIn(settings, Attribution.NONE),
            (flow, facts, verdict) -> "known",
            new FindingSink() {
              @Override
              public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {
                raised.add(verdict);
              }

              @Override
              public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {}
            });
    Flow flow = Exchange.tcp().flow();
    byte[] request = GET.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    inspection.payload(flow, Direction.ORIGINATOR, request, 0, request.length, 1);
    inspection.deadlinePassed(flow, flow.deadlineNanos());
    assertThat(raised).extracting(Verdict::suppression).containsOnly("known");
  }

  /** A protocol that knows everything and reads nothing. */
  private static final class Failing implements Protocol {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public boolean runsOver(int ipProtocol) {
      return true;
    }

    @Override
    public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
      return Match.YES;
    }

    @Override
    public ProtocolParser open(Flow flow, FlowFacts facts) {
      return new ProtocolParser() {
        @Override
        public boolean payload(
            Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
          throw new IllegalStateException("a fault");
        }

        @Override
        public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
          return false;
        }
      };
    }
  }
}
