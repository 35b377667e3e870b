package dev.forensics.indexer.flow;

/**
 * The letters of {@link Flow#history()}, five bits each: twelve in {@link Flow#history}, six more
 * in {@link Flow#moreHistory}. Further letters are not kept.
 */
final class History {
  private static final String LETTERS = "SHADFRGTWIQ";
  private static final int FLIPPED = LETTERS.length() * 2 + 1;
  private static final int BITS = 5;
  private static final int FIRST_CAPACITY = 12;
  private static final int MORE_CAPACITY = 6;

  private History() {}

  /** Appends a letter, one of "SHADFRGTWIQ", in the case of the direction. */
  static void add(Flow flow, Direction by, char letter) {
    append(flow, LETTERS.indexOf(letter) * 2 + (by == Direction.ORIGINATOR ? 1 : 2));
  }

  /** Appends the letter unless the direction already has its mark. */
  static void addOnce(Flow flow, Direction by, int mark, char letter) {
    int bit = Marks.of(by, mark);
    if ((flow.marks & bit) == 0) {
      flow.marks |= bit;
      add(flow, by, letter);
    }
  }

  /** Appends the letter when the count of its events has just become 1, 10, 100, ... */
  static void addLogarithmically(Flow flow, Direction by, int count, char letter) {
    int power = 1;
    while (power < count && power < 1_000_000_000) {
      power *= 10;
    }
    if (power == count) {
      add(flow, by, letter);
    }
  }

  /** Appends the letter of a flow whose first packet came from the responder. */
  static void addFlipped(Flow flow) {
    append(flow, FLIPPED);
  }

  private static void append(Flow flow, int code) {
    int count = (Long.SIZE - Long.numberOfLeadingZeros(flow.history) + BITS - 1) / BITS;
    if (count < FIRST_CAPACITY) {
      flow.history |= (long) code << (count * BITS);
      return;
    }
    int more = (Integer.SIZE - Integer.numberOfLeadingZeros(flow.moreHistory) + BITS - 1) / BITS;
    if (more < MORE_CAPACITY) {
      flow.moreHistory |= code << (more * BITS);
    }
  }

  /** The letters as text. */
  static String text(Flow flow) {
    StringBuilder text = new StringBuilder(FIRST_CAPACITY + MORE_CAPACITY);
    for (long rest = flow.history; rest != 0; rest >>>= BITS) {
      text.append(letter((int) rest & 31));
    }
    for (int rest = flow.moreHistory; rest != 0; rest >>>= BITS) {
      text.append(letter(rest & 31));
    }
    return text.toString();
  }

  private static char letter(int code) {
    if (code == FLIPPED) {
      return '^';
    }
    char upper = LETTERS.charAt((code - 1) / 2);
    return (code & 1) == 1 ? upper : Character.toLowerCase(upper);
  }
}
