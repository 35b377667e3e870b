package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The same packets in files that end behind every packet, or, of many packets, at random ones. A
 * file begins only with a packet later than all before it, and whose time is that of those behind
 * it ({@link Borders}): otherwise the order of files would not be that of the packets.
 */
record InManyFiles() implements Transform {
  private static final int MOST_FILES = 200;

  @Override
  public String name() {
    return "in many files";
  }

  @Override
  public Optional<Variant> of(Traffic traffic, SplittableRandom random) {
    int every = traffic.packets().size() / MOST_FILES + 1;
    SplittableRandom borders = random.split();
    return Optional.of(Variant.stored(traffic, packets -> files(packets, every, borders.split())));
  }

  private static List<byte[]> files(List<TestPacket> packets, int every, SplittableRandom random) {
    List<byte[]> files = new ArrayList<>();
    int from = 0;
    long latest = packets.get(0).nanos();
    Borders borders = new Borders(packets);
    for (int i = 1; i < packets.size(); i++) {
      long nanos = packets.get(i).nanos();
      if (nanos > latest && borders.isOpen(i) && random.nextInt(every) == 0) {
        files.add(Storing.pcapng(packets.subList(from, i)));
        from = i;
      }
      latest = Math.max(latest, nanos);
    }
    files.add(Storing.pcapng(packets.subList(from, packets.size())));
    return files;
  }
}
