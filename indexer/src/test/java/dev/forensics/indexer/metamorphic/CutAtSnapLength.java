package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Only the first bytes of each packet are stored.
 *
 * @param bytes at most so many
 */
record CutAtSnapLength(int bytes) implements Transform {
  static List<Transform> all() {
    return IntStream.of(54, 60, 68, 74, 96, 128, 192, 256, 512, 1464)
        .<Transform>mapToObj(CutAtSnapLength::new)
        .toList();
  }

  @Override
  public String name() {
    return "cut at %d bytes".formatted(bytes);
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    Traffic cut = traffic.each(name(), this::cut);
    boolean isSame = traffic.packets().stream().allMatch(p -> p.bytes().length <= bytes);
    if (isSame) {
      return Optional.empty();
    }
    Set<String> outer = outerEnds(traffic, cut);
    Statement statement =
        change -> change.isAdded() && outer.contains(change.about()) && !raises(change);
    return Optional.of(
        Variant.of(cut, View.CONVERSATIONS, statement.or(LessIsKnown.of(traffic, cut))));
  }

  private static boolean raises(Change change) {
    return change.is().keySet().stream().anyMatch(field -> field.endsWith(".severity"));
  }

  /** The ends of packets whose inner ports are cut off: what is left of them is the outer flow. */
  private Set<String> outerEnds(Traffic traffic, Traffic cut) {
    Decoded whole = new Decoded();
    Decoded rest = new Decoded();
    Set<String> ends = new HashSet<>();
    for (int i = 0; i < traffic.packets().size(); i++) {
      whole.decode(traffic.packets().get(i));
      rest.decode(cut.packets().get(i));
      if (whole.portsEnd() > bytes) {
        ends.add(rest.ends());
      }
    }
    return ends;
  }

  private TestPacket cut(TestPacket p) {
    return p.bytes().length <= bytes
        ? p
        : Frames.of(p, Arrays.copyOf(p.bytes(), bytes), p.originalLength());
  }
}
