package dev.forensics.indexer.detect.http;

/**
 * The Huffman code of HPACK (RFC 7541 appendix B). The code is canonical (codes of one length rise
 * with the symbol), so the lengths say all.
 */
final class Huffman {
  private static final int SHORTEST = 5;
  private static final int LONGEST = 30;

  /** Code length of each octet, 'A' for 5 bits, 'B' for 6... */
  private static final String LENGTHS =
      "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXX"
          + "BFFHIBDGFFDGDBBBAAABBBBBBBCDKBHF"
          + "IBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJB"
          + "KABABABBBACCBBBABCBAABCCCCCKGJIX"
          + "PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSST"
          + "RQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRS"
          + "VVPORSRUVVVWWVTUOQVWWVWTQQVVXWWW"
          + "PTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWV";

  private static final int[] FIRST_CODE = new int[LONGEST + 2];
  private static final int[] FIRST_INDEX = new int[LONGEST + 2];
  private static final char[] SYMBOLS = new char[256];

  static {
    int code = 0;
    int index = 0;
    for (int bits = SHORTEST; bits <= LONGEST; bits++) {
      FIRST_CODE[bits] = code;
      FIRST_INDEX[bits] = index;
      for (char symbol = 0; symbol < 256; symbol++) {
        if (LENGTHS.charAt(symbol) - 'A' + SHORTEST == bits) {
          SYMBOLS[index++] = symbol;
          code++;
        }
      }
      code <<= 1;
    }
    FIRST_INDEX[LONGEST + 1] = index;
  }

  private Huffman() {}

  /** Decodes; null when the bytes are no valid code. Padding at the end is dropped. */
  static String decode(byte[] bytes, int offset, int length) {
    StringBuilder text = new StringBuilder(length * 8 / SHORTEST);
    int code = 0;
    int bits = 0;
    for (int i = 0; i < length * 8; i++) {
      code = (code << 1) | ((bytes[offset + (i >> 3)] >> (7 - (i & 7))) & 1);
      bits++;
      if (bits > LONGEST) {
        return null;
      }
      if (bits >= SHORTEST && isSymbol(code, bits)) {
        text.append(SYMBOLS[FIRST_INDEX[bits] + code - FIRST_CODE[bits]]);
        code = 0;
        bits = 0;
      }
    }
    return bits < 8 ? text.toString() : null;
  }

  private static boolean isSymbol(int code, int bits) {
    int index = code - FIRST_CODE[bits];
    return index >= 0 && index < FIRST_INDEX[bits + 1] - FIRST_INDEX[bits];
  }
}
