package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.CaptureShape;
import dev.forensics.indexer.capture.TestPacket;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The same packets in another format, resolution, byte order or compression. Most formats hold one
 * link type and microseconds, so other traffic is left out; where the format has sections, so is
 * traffic with {@link Borders} that are closed, or whose times go back: sections whose times
 * overlap are read side by side.
 *
 * @param shape of the file
 */
record InFormat(CaptureShape shape) implements Transform {
  private static final int MOST = 60_000; // obsolete packet blocks count up to 65,535

  static List<Transform> all() {
    return CaptureShape.all().<Transform>map(InFormat::new).toList();
  }

  @Override
  public String name() {
    return "in " + shape.name();
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    List<TestPacket> packets = traffic.packets();
    boolean fits =
        packets.size() < MOST
            && (!hasSections() || mayHaveSections(packets))
            && packets.stream().map(TestPacket::linkType).distinct().count() == 1
            && packets.stream().allMatch(p -> fits(p.nanos()));
    Storing storing = all -> List.of(shape.file().of(all));
    return fits ? Optional.of(Variant.stored(traffic, storing)) : Optional.empty();
  }

  private boolean hasSections() {
    return shape.name().contains("everything") || shape.name().contains("in two parts");
  }

  private static boolean mayHaveSections(List<TestPacket> packets) {
    Borders borders = new Borders(packets);
    return IntStream.range(0, packets.size()).allMatch(borders::isOpen)
        && IntStream.range(1, packets.size())
            .allMatch(i -> packets.get(i - 1).nanos() <= packets.get(i).nanos());
  }

  private static boolean fits(long nanos) {
    return nanos >= 3_600_000_000_000L && nanos < Long.MAX_VALUE / 5 && nanos % 1000 == 0;
  }
}
