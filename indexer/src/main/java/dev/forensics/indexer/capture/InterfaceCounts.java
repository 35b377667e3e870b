package dev.forensics.indexer.capture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Adds up what a pcapng file says of its interfaces (draft-ietf-opsawg-pcapng, sections 4.2 and
 * 4.6). The last statistics of an interface count, since they are totals; sections are added up.
 * Bounded: {@value #MOST_NAMES} names, and four numbers for each interface of the section.
 */
final class InterfaceCounts {
  /** How many names are kept. */
  static final int MOST_NAMES = 64;

  private static final int LONGEST_NAME = 128;
  private static final int RECEIVED = 0;
  private static final int INTERFACE_DROPPED = 1;
  private static final int SYSTEM_DROPPED = 2;
  private static final int DELIVERED = 3;

  /** Told with the packets themselves: how many are missing before them. */
  private static final int LOST = 4;

  private static final int KINDS = 5;

  private final Set<String> names = new LinkedHashSet<>();
  private final long[] ended = unknown();
  private long[][] counts = new long[0][];
  private long misplaced;

  private static long[] unknown() {
    long[] all = new long[KINDS];
    Arrays.fill(all, -1);
    return all;
  }

  /** What was told of the interfaces so far is of a section that is over. */
  void sectionBegins() {
    for (long[] one : counts) {
      add(ended, one);
    }
    counts = new long[0][];
  }

  /** An interface is called so. */
  void name(byte[] block, int at, int length) {
    if (length > 0 && names.size() < MOST_NAMES) {
      int kept = Math.min(length, LONGEST_NAME);
      names.add(printable(new String(block, at, kept, StandardCharsets.UTF_8)));
    }
  }

  /** Names are shown on terminals; some writers end them with a zero. */
  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}+$", "").replaceAll("\\p{Cntrl}", "?");
  }

  /** Statistics of an interface that was not described before. */
  void misplaced() {
    misplaced++;
  }

  /**
   * A count of an interface.
   *
   * @param option code in the statistics block; others than the four are passed over
   */
  void told(int number, int option, long value) {
    int kind =
        switch (option) {
          case 4 -> RECEIVED;
          case 5 -> INTERFACE_DROPPED;
          case 7 -> SYSTEM_DROPPED;
          case 8 -> DELIVERED;
          default -> -1;
        };
    if (kind >= 0) {
      of(number)[kind] = value & Long.MAX_VALUE;
    }
  }

  /** So many packets of an interface are missing before the one being read. */
  void lost(int number, long packets) {
    if (packets > 0) {
      long[] counts = of(number);
      counts[LOST] = sum(counts[LOST], packets);
    }
  }

  private long[] of(int number) {
    if (number >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(number + 1, 2 * counts.length));
    }
    if (counts[number] == null) {
      counts[number] = unknown();
    }
    return counts[number];
  }

  /** As known now. */
  CaptureInterfaces all() {
    long[] all = ended.clone();
    for (long[] one : counts) {
      add(all, one);
    }
    return new CaptureInterfaces(
        List.copyOf(names),
        all[RECEIVED],
        all[INTERFACE_DROPPED],
        all[SYSTEM_DROPPED],
        all[DELIVERED],
        misplaced);
  }

  /** Packets lost by the packets' own word are those that the statistics count, too. */
  private static void add(long[] to, long[] one) {
    if (one == null) {
      return;
    }
    long[] whole = one.clone();
    whole[INTERFACE_DROPPED] = Math.max(one[INTERFACE_DROPPED], one[LOST] - dropped(one));
    for (int i = 0; i < KINDS; i++) {
      to[i] = whole[i] < 0 ? to[i] : sum(to[i], whole[i]);
    }
  }

  private static long dropped(long[] one) {
    return Math.max(0, one[SYSTEM_DROPPED]);
  }

  /** Numbers of a damaged file must not run over. */
  private static long sum(long before, long more) {
    long known = Math.max(0, before);
    return known + more < 0 ? Long.MAX_VALUE : known + more;
  }
}
