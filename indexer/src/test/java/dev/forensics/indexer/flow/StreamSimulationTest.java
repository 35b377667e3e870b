package dev.forensics.indexer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.flow.TestPackets.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random connections over a bad network, compared with what was really sent. */
class StreamSimulationTest {
  private static final Endpoint CLIENT = new Endpoint(1, 50000);
  private static final Endpoint SERVER = new Endpoint(2, 443);

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  /** Takes the stream apart again: payload with gaps as [n]. */
  private static final class Checker {
    private final String truth;
    private int at;
    private int missing;

    Checker(String truth, int begin) {
      this.truth = truth;
      this.at = begin;
    }

    void check(String heard) {
      int i = 0;
      while (i < heard.length()) {
        if (heard.charAt(i) == '[') {
          int end = heard.indexOf(']', i);
          int length = Integer.parseInt(heard, i + 1, end, 10);
          at += length;
          missing += length;
          i = end + 1;
        } else {
          assertThat(heard.charAt(i)).as("byte %d", at).isEqualTo(truth.charAt(at));
          at++;
          i++;
        }
      }
    }
  }

  private static String text(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldDeliverEachByteOnceAndInOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RecordingObserver observer = new RecordingObserver();
    FlowTable table = new FlowTable(FlowSettings.defaults(), observer);
    String truth = text(random, 200 + random.nextInt(20_000));
    // Close to 2^32, so that most runs wrap.
    int isn = -random.nextInt(truth.length());
    boolean oneSided = random.nextInt(4) == 0;
    boolean midstream = random.nextInt(4) == 0;
    boolean lossy = random.nextInt(3) == 0;
    TestPackets packets = new TestPackets();
    long nanos = 0;
    if (!midstream) {
      table.packet(packets.tcp(nanos, CLIENT, SERVER, TestPackets.SYN, isn - 1, 0, new byte[0]));
      if (!oneSided) {
        table.packet(packets.tcp(++nanos, SERVER, CLIENT, 18, 98, isn, new byte[0]));
        table.packet(packets.tcp(++nanos, CLIENT, SERVER, 16, isn, 99, new byte[0]));
      }
    }
    List<int[]> pieces = pieces(random, truth.length(), midstream);
    int lost = lossy ? lose(random, pieces) : 0;
    int highest = 0;
    for (int[] piece : pieces) {
      nanos += 20_000_000L;
      byte[] bytes = truth.substring(piece[0], piece[1]).getBytes(StandardCharsets.ISO_8859_1);
      DecodedPacket p = packets.tcp(nanos, CLIENT, SERVER, 16, isn + piece[0], 99, bytes);
      table.packet(p);
      highest = Math.max(highest, piece[1]);
      if (!oneSided && random.nextInt(3) == 0) {
        int ack = lost > 0 ? isn + highest : isn + Math.min(highest, covered(pieces, piece));
        table.packet(packets.tcp(++nanos, SERVER, CLIENT, 16, 99, ack, new byte[0]));
      }
    }
    table.endAll(EndReason.END_OF_INPUT);

    assertThat(observer.ended).hasSize(1);
    Flow flow = observer.ended.get(0);
    String line = observer.lines.get(0);
    String heard = line.substring(line.lastIndexOf(' ') + 1, line.length() - 1);
    Checker checker = new Checker(truth, midstream ? pieces.get(0)[0] : 0);
    checker.check(heard);
    assertThat(checker.missing).isEqualTo((int) flow.originator.gapBytes());
    if (lost == 0) {
      assertThat(heard).isEqualTo(truth.substring(midstream ? pieces.get(0)[0] : 0));
    } else {
      assertThat(checker.missing).isGreaterThanOrEqualTo(lost);
    }
    assertThat(table.counters().reassemblyBytes).isZero();
    assertThat(table.counters().current).isZero();
  }

  /** Cuts the stream, then repeats, overlaps and reorders pieces. */
  private static List<int[]> pieces(SplittableRandom random, int length, boolean keepFirst) {
    List<int[]> pieces = new ArrayList<>();
    for (int at = 0; at < length; ) {
      int end = Math.min(length, at + 2 + random.nextInt(700));
      pieces.add(new int[] {at, end});
      if (random.nextInt(8) == 0) {
        int from = Math.max(0, at - random.nextInt(400));
        pieces.add(new int[] {from, Math.max(from + 2, end - random.nextInt(50))});
      }
      at = end;
    }
    for (int i = 0; i < pieces.size() / 5; i++) {
      int from = random.nextInt(pieces.size());
      int to = Math.min(pieces.size() - 1, from + random.nextInt(6));
      if (!keepFirst || from > 0) {
        pieces.add(to, pieces.remove(from));
      }
    }
    pieces.removeIf(piece -> piece[1] > length);
    return pieces;
  }

  /** Takes out one piece in the middle and all that covers its first byte. */
  private static int lose(SplittableRandom random, List<int[]> pieces) {
    if (pieces.size() < 3) {
      return 0;
    }
    int victim = pieces.get(1 + random.nextInt(pieces.size() - 2))[0];
    int first = pieces.get(0)[0];
    if (victim <= first || pieces.get(0)[1] > victim) {
      return 0;
    }
    if (pieces.stream().noneMatch(piece -> piece[0] > victim)) {
      return 0;
    }
    pieces.removeIf(piece -> piece[0] <= victim && piece[1] > victim);
    return 1;
  }

  /** How far the stream was covered without a hole when this piece had come. */
  private static int covered(List<int[]> pieces, int[] last) {
    int end = 0;
    boolean grown = true;
    while (grown) {
      grown = false;
      for (int[] piece : pieces) {
        if (piece[0] <= end && piece[1] > end) {
          end = piece[1];
          grown = true;
        }
        if (piece == last) {
          break;
        }
      }
    }
    return end;
  }
}
