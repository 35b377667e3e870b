package dev.forensics.indexer.farm;

import java.util.Random;

/**
 * A binary message in words: hexadecimal digits stand for themselves; rN are N random bytes, RN up
 * to N; bN and lN a small number of N bytes, big or little endian; tN are N letters, TN up to N; zN
 * are N zeros; uN is a Unix time, big endian; 'text stands for its characters, _ for a blank.
 */
final class Template {
  private static final long TIME = 1_795_000_000L;

  private Template() {}

  static byte[] fill(String template, Random random) {
    byte[] all = new byte[0];
    for (String token : template.split(" ", -1)) {
      all = Fill.join(all, part(token, random));
    }
    return all;
  }

  private static byte[] part(String token, Random random) {
    char kind = token.charAt(0);
    if (kind == '\'') {
      return Fill.ascii(token.substring(1).replace('_', ' '));
    }
    if ("rRbltTzu".indexOf(kind) < 0 || (kind == 'b' && token.length() > 2)) {
      return Fill.hex(token);
    }
    int count = Integer.parseInt(token.substring(1));
    return switch (kind) {
      case 'r' -> Fill.bytes(random, count);
      case 'R' -> Fill.bytes(random, random.nextInt(count + 1));
      case 'b' -> Fill.big(count, Fill.small(random));
      case 'l' -> Fill.little(count, Fill.small(random));
      case 't' -> Fill.ascii(Fill.letters(random, count));
      case 'T' -> Fill.ascii(Fill.letters(random, random.nextInt(count + 1)));
      case 'u' -> Fill.big(count, TIME + random.nextInt(1 << 24));
      default -> new byte[count];
    };
  }
}
