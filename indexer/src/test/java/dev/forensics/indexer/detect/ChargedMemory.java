package dev.forensics.indexer.detect;

import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.Flow;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * What is kept of flows by the heap's own measure, beside what they are charged. The same
 * conversations are played many times, so that the noise of other threads is small.
 */
public final class ChargedMemory {
  private static final int TIMES = 200;

  private final Inspection inspection =
      new Inspection(
          DetectionSettings.defaults(), PrefixTable.builtIn(), new InspectedExchange(443));

  private long nanos = InspectedExchange.START_NANOS;

  /** How full a flow was when its conversation stopped. */
  public enum Variant {
    /** All was said. */
    WHOLE,
    /** The last thing said is not complete. */
    CUT,
    /** Something long without an end follows each thing. */
    LONG
  }

  /**
   * Memory that the flows of these conversations take.
   *
   * @param held by the heap's measure, the flows' own objects left out, in bytes a round
   * @param charged what they say of themselves
   */
  public record Measured(long held, long charged) {}

  /** Plays the conversations, none of which ends. */
  public Measured measure(List<Exchange> exchanges, Variant variant) {
    play(exchanges, variant, new Flow[exchanges.size()], 0); // classes and tables are there then
    int flows = exchanges.size() * TIMES;
    Flow[] plain = new Flow[flows];
    long before = used();
    Arrays.setAll(plain, i -> exchanges.get(i % exchanges.size()).flow());
    long own = used() - before;
    Flow[] kept = new Flow[flows];
    before = used();
    for (int i = 0; i < TIMES; i++) {
      play(exchanges, variant, kept, i * exchanges.size());
    }
    long held = used() - before - own;
    long charged = 0;
    for (int i = 0; i < flows; i++) {
      charged += kept[i].observedBytes + plain[i].observedBytes;
    }
    return new Measured(held / TIMES, charged / TIMES);
  }

  private void play(List<Exchange> exchanges, Variant variant, Flow[] into, int at) {
    for (int i = 0; i < exchanges.size(); i++) {
      into[at + i] = exchanges.get(i).flow();
      List<Exchange.Piece> pieces = exchanges.get(i).pieces();
      for (int number = 0; number < pieces.size(); number++) {
        Exchange.Piece piece = pieces.get(number);
        boolean isLast = number == pieces.size() - 1;
        payload(into[at + i], piece, bytes(piece.bytes(), variant, isLast));
      }
    }
  }

  private static byte[] bytes(byte[] said, Variant variant, boolean isLast) {
    return switch (variant) {
      case WHOLE -> said;
      case CUT -> isLast ? Arrays.copyOf(said, said.length - said.length / 3) : said;
      case LONG -> {
        byte[] longer = Arrays.copyOf(said, said.length + 6_000);
        Arrays.fill(longer, said.length, longer.length, (byte) 'x');
        yield longer;
      }
    };
  }

  private void payload(Flow flow, Exchange.Piece piece, byte[] bytes) {
    if (bytes.length > 0 && flow.wants(piece.direction())) {
      inspection.payload(flow, piece.direction(), bytes, 0, bytes.length, nanos++);
    }
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
