package dev.forensics.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.forensics.indexer.cli.ShownDocuments;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FindingSink;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Inspection;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.ProtocolSet;
import dev.forensics.indexer.detect.Suppression;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowSide;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Secrets in each place of each protocol's traffic, whole, cut, one-sided, joined in its middle,
 * with gaps, damaged and split anywhere: no document holds eight characters of one in a row, as
 * text, hex, base64 or URL-encoded; nor does what the commands print of it, nor a line of the log.
 */
class NoSecretTest {
  private static final int[] PORTS = {443, 80, 23, 1883};
  private static final int ROUNDS = 4;
  private static final PlantedSecret SOME = new PlantedSecret(new Random(1), true);
  private static final PrefixTable PREFIXES = PrefixTable.builtIn();
  private static final Logger PROGRAM = (Logger) LoggerFactory.getLogger("dev.forensics");
  private static final long NANOS = 1_795_342_530_000_000_000L;

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Level level;

  @BeforeEach
  void listen() {
    level = PROGRAM.getLevel();
    PROGRAM.setLevel(Level.DEBUG);
    lines.start();
    PROGRAM.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    PROGRAM.detachAppender(lines);
    PROGRAM.setLevel(level);
  }

  static Stream<String> places() {
    return PlantedTraffic.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("places")
  void shouldShowNoSecret(String place) throws IOException {
    Function<PlantedSecret, Exchange> traffic = PlantedTraffic.all().get(place);
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(place.hashCode() * 31L + round);
      PlantedSecret secret = new PlantedSecret(random, PlantedTraffic.isNamed(place));
      for (Map.Entry<String, Damage> damage : DAMAGES.entrySet()) {
        String output =
            play(traffic.apply(secret), PORTS[round % PORTS.length], damage.getValue(), random);
        assertThat(secret.foundIn(output))
            .as(
                "%s, %s, round %d, secret %s: %s",
                place, damage.getKey(), round, secret.text, output)
            .isNull();
        assertThat(secret.foundIn(logged())).as("log of %s: %s", place, logged()).isNull();
        lines.list.clear();
      }
    }
  }

  static Stream<String> placesOfValues() {
    return places().filter(place -> !PlantedTraffic.isOfNames(place));
  }

  /** A password may be a plain word: where values stand, none is shown. */
  @ParameterizedTest
  @MethodSource("placesOfValues")
  void shouldShowNoWordWhereAValueStands(String place) throws IOException {
    Function<PlantedSecret, Exchange> traffic = PlantedTraffic.all().get(place);
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(place.hashCode() * 37L + round);
      PlantedSecret secret = PlantedSecret.word(random);
      for (String damage : UNDAMAGED) {
        Exchange exchange = traffic.apply(secret);
        String output = play(exchange, PORTS[round % PORTS.length], DAMAGES.get(damage), random);
        assertThat(secret.foundIn(output))
            .as("%s, %s, round %d, %s: %s", place, damage, round, secret.text, output)
            .isNull();
      }
    }
  }

  /** Secrets of one-time passwords, and PINs where values stand. */
  @ParameterizedTest
  @MethodSource("places")
  void shouldShowNoBase32AndNoPin(String place) throws IOException {
    Function<PlantedSecret, Exchange> traffic = PlantedTraffic.all().get(place);
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(place.hashCode() * 43L + round);
      boolean isPin = round % 2 == 0 && !PlantedTraffic.isOfNames(place);
      PlantedSecret secret = isPin ? PlantedSecret.pin(random) : PlantedSecret.base32(random);
      for (String damage : UNDAMAGED) {
        Exchange exchange = traffic.apply(secret);
        String output = play(exchange, PORTS[round % PORTS.length], DAMAGES.get(damage), random);
        assertThat(secret.foundIn(output))
            .as("%s, %s, round %d, %s: %s", place, damage, round, secret.text, output)
            .isNull();
      }
    }
  }

  static Stream<String> streams() {
    return places().filter(place -> PlantedTraffic.all().get(place).apply(SOME).stream());
  }

  /** What is carried by a proxy or by a WebSocket is read like any flow, and masked like one. */
  @ParameterizedTest
  @MethodSource("streams")
  void shouldShowNoSecretWithinATunnel(String place) throws IOException {
    Function<PlantedSecret, Exchange> traffic = PlantedTraffic.all().get(place);
    for (PlantedTunnel tunnel : PlantedTunnel.values()) {
      Random random = new Random(place.hashCode() * 41L + tunnel.name().hashCode());
      PlantedSecret secret = new PlantedSecret(random, PlantedTraffic.isNamed(place));
      for (Map.Entry<String, Damage> damage : DAMAGES.entrySet()) {
        Exchange carried = tunnel.around(traffic.apply(secret), random);
        String output = play(carried, PORTS[0], damage.getValue(), random);
        assertThat(secret.foundIn(output))
            .as("%s in %s, %s, %s: %s", place, tunnel, damage.getKey(), secret.text, output)
            .isNull();
      }
    }
  }

  /** The log as it is written, faults with their causes included. */
  private String logged() {
    StringBuilder logged = new StringBuilder();
    for (ILoggingEvent line : lines.list) {
      logged.append(line.getFormattedMessage()).append('\n');
      if (line.getThrowableProxy() != null) {
        logged.append(ThrowableProxyUtil.asString(line.getThrowableProxy()));
      }
    }
    return logged.toString();
  }

  /** A parser may fail some day, and its fault quote the wire: the log does not. */
  @Test
  void shouldNotLogWhatAFaultQuotes() {
    PlantedSecret secret = new PlantedSecret(new Random(1), true);
    Written written = new Written();
    Inspection inspection =
        new Inspection(
            DetectionSettings.defaults(),
            PREFIXES,
            new ProtocolSet(List.of(new Quoting())),
            List.of(),
            Suppression.NONE,
            written);
    byte[] bytes = secret.text.getBytes(StandardCharsets.US_ASCII);
    Flow flow = Exchange.tcp().client(bytes).flow();
    inspection.payload(flow, Direction.ORIGINATOR, bytes, 0, bytes.length, NANOS);
    assertThat(inspection.parserFailures()).isOne();
    assertThat(logged()).contains("a parser failed", "IllegalArgumentException");
    assertThat(secret.foundIn(logged())).isNull();
  }

  /** Fails, and says at which bytes. */
  private static final class Quoting implements Protocol {
    @Override
    public String name() {
      return "quoting";
    }

    @Override
    public boolean runsOver(int ipProtocol) {
      return true;
    }

    @Override
    public Match identify(byte[] buffer, int offset, int length, Direction by, Flow flow) {
      throw new IllegalArgumentException(
          new String(buffer, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public ProtocolParser open(Flow flow, FlowFacts facts) {
      throw new IllegalStateException("nothing is identified");
    }
  }

  /** What this test looks for is found where it stands. */
  @Test
  void shouldFindASecretInEachForm() {
    PlantedSecret secret = new PlantedSecret(new Random(1), true);
    assertThat(secret.foundIn("a" + secret.text.substring(3))).isNotNull();
    assertThat(secret.foundIn("a " + secret.hex().substring(5))).isNotNull();
    assertThat(secret.foundIn(secret.base64())).isNotNull();
    assertThat(secret.foundIn(secret.base64("a"))).isNotNull();
    assertThat(secret.foundIn(secret.base64("ab"))).isNotNull();
    assertThat(secret.foundIn("x=" + secret.percent(1))).isNotNull();
    assertThat(secret.foundIn(secret.text.substring(0, 7))).isNull();
  }

  /** What becomes of a piece on its way; null for nothing left. */
  private interface Damage {
    byte[] of(byte[] piece, int index, Direction by, Random random);
  }

  /** In this order always: each takes its numbers from one generator. */
  private static final Map<String, Damage> DAMAGES = damages();

  /** Those that leave the lines as they were: what announces a secret announces it. */
  private static final List<String> UNDAMAGED =
      List.of("whole", "client alone", "server alone", "joined", "joined late");

  private static Map<String, Damage> damages() {
    Map<String, Damage> damages = new LinkedHashMap<>();
    damages.put("whole", (piece, index, by, random) -> piece);
    damages.put(
        "client alone", (piece, index, by, random) -> by == Direction.ORIGINATOR ? piece : null);
    damages.put(
        "server alone", (piece, index, by, random) -> by == Direction.RESPONDER ? piece : null);
    damages.put("joined", (piece, index, by, random) -> index < 1 ? null : piece);
    damages.put("joined late", (piece, index, by, random) -> index < 3 ? null : piece);
    damages.put("cut", (piece, index, by, random) -> cut(piece, random));
    damages.put("beginning lost", (piece, index, by, random) -> beginningLost(piece, random));
    damages.put("damaged", (piece, index, by, random) -> damaged(piece, random));
    return damages;
  }

  private static byte[] cut(byte[] piece, Random random) {
    return Arrays.copyOf(piece, random.nextInt(piece.length + 1));
  }

  private static byte[] beginningLost(byte[] piece, Random random) {
    return Arrays.copyOfRange(piece, random.nextInt(piece.length + 1), piece.length);
  }

  private static byte[] damaged(byte[] piece, Random random) {
    byte[] changed = piece.clone();
    changed[random.nextInt(piece.length)] = (byte) random.nextInt();
    return changed;
  }

  private static String play(Exchange exchange, int port, Damage damage, Random random)
      throws IOException {
    Flow flow = exchange.flow();
    flow.responderPort = port;
    flow.endNanos = NANOS;
    flow.originator.packets = 1;
    flow.responder.packets = 1;
    Written written = new Written();
    Inspection inspection = new Inspection(DetectionSettings.defaults(), PREFIXES, written);
    int index = 0;
    for (Exchange.Piece piece : exchange.pieces()) {
      byte[] bytes =
          piece.bytes().length == 0
              ? null
              : damage.of(piece.bytes(), index++, piece.direction(), random);
      flow.midstream |= bytes == null || bytes.length == 0;
      if (bytes != null && bytes.length > 0) {
        send(inspection, flow, piece.direction(), bytes, exchange.stream(), random);
      }
    }
    flow.endReason = EndReason.FIN;
    inspection.flowEnded(flow);
    assertThat(inspection.parserFailures()).isZero();
    return String.join("\n", written.documents) + '\n' + ShownDocuments.all(written.documents);
  }

  /** In segments cut anywhere; a datagram is one. */
  private static void send(
      Inspection inspection, Flow flow, Direction by, byte[] bytes, boolean stream, Random random) {
    remember(flow.side(by), bytes);
    int at = 0;
    while (at < bytes.length) {
      int length =
          stream && random.nextBoolean()
              ? 1 + random.nextInt(bytes.length - at)
              : bytes.length - at;
      if (flow.wants(by)) {
        inspection.payload(flow, by, bytes, at, length, NANOS);
      }
      at += length;
    }
  }

  private static void remember(FlowSide side, byte[] bytes) {
    int before = side.firstPayload == null ? 0 : side.firstPayload.length;
    int more = Math.min(bytes.length, FlowSide.FIRST_PAYLOAD_LIMIT - before);
    byte[] first = before == 0 ? new byte[more] : Arrays.copyOf(side.firstPayload, before + more);
    System.arraycopy(bytes, 0, first, before, more);
    side.firstPayload = first;
    side.payloadBytes += bytes.length;
  }

  /** All documents of a flow. */
  private static final class Written implements FindingSink {
    final List<String> documents = new ArrayList<>();

    @Override
    public void verdict(Flow flow, FlowFacts facts, Verdict verdict) {
      AlarmDocuments alarms = new AlarmDocuments(SampleDocuments.context(), new FirstAlarms());
      add(alarms.write(flow, facts, verdict));
    }

    @Override
    public void flow(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
      add(new FlowDocuments(SampleDocuments.context()).write(flow, facts, verdicts));
    }

    private void add(EcsDocument document) {
      documents.add(new String(document.json(), StandardCharsets.UTF_8));
    }
  }
}
