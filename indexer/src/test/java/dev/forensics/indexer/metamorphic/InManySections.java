package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Every packet in a section of its own, as when pcapng files are joined end to end; several where
 * time goes back: sections whose times overlap are read side by side.
 */
record InManySections() implements Transform {
  @Override
  public String name() {
    return "in many sections";
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    return Optional.of(Variant.stored(traffic, InManySections::file));
  }

  private static List<byte[]> file(List<TestPacket> packets) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Borders borders = new Borders(packets);
    long[] earliest = earliestFrom(packets);
    long latest = Long.MIN_VALUE;
    int from = 0;
    for (int i = 1; i <= packets.size(); i++) {
      latest = Math.max(latest, packets.get(i - 1).nanos());
      if (i == packets.size() || (borders.isOpen(i) && latest <= earliest[i])) {
        all.writeBytes(Storing.pcapng(packets.subList(from, i)));
        from = i;
      }
    }
    return List.of(all.toByteArray());
  }

  /** Of each packet and those behind it. */
  private static long[] earliestFrom(List<TestPacket> packets) {
    long[] earliest = new long[packets.size()];
    long least = Long.MAX_VALUE;
    for (int i = earliest.length - 1; i >= 0; i--) {
      least = Math.min(least, packets.get(i).nanos());
      earliest[i] = least;
    }
    return earliest;
  }
}
