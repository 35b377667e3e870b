package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Every packet in a section of its own, as when pcapng files are joined end to end; several where
 * time goes back ({@link Borders}).
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
    int from = 0;
    for (int i = 1; i <= packets.size(); i++) {
      if (i == packets.size() || borders.isOpen(i)) {
        all.writeBytes(Storing.pcapng(packets.subList(from, i)));
        from = i;
      }
    }
    return List.of(all.toByteArray());
  }
}
