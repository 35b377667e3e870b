package dev.forensics.indexer.farm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** Random parts of ordinary messages. */
final class Fill {
  private static final String[] WORDS =
      ("the login list stat user pass top port type size status select fetch noop quit idle get put"
              + " set delete info time ok error ready server name data file www mail cdn api img app"
              + " node east auth token report host ping queue job system state health value"
              + " x-9 alice bob example net")
          .split(" ");
  private static final String[] ENDS = {"com", "net", "org", "de", "co.uk", "io", "local", "cn"};

  private Fill() {}

  static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String word(Random random) {
    return WORDS[random.nextInt(WORDS.length)];
  }

  static String words(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String word = random.nextInt(8) == 0 ? word(random) : letters(random, 1 + random.nextInt(9));
      boolean upper = random.nextInt(4) == 0;
      text.append(i == 0 ? "" : " ").append(upper ? word.toUpperCase(Locale.ROOT) : word);
    }
    return text.toString();
  }

  /** A host's name of 1 to 5 labels, short and long ones. */
  static String host(Random random) {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      name.append(random.nextBoolean() ? word(random) : letters(random, 1 + random.nextInt(20)));
      name.append('.');
    }
    return name.append(ENDS[random.nextInt(ENDS.length)]).toString();
  }

  static String letters(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] hex(String hex) {
    return java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static byte[] big(int bytes, long value) {
    byte[] all = ByteBuffer.allocate(8).putLong(value).array();
    return java.util.Arrays.copyOfRange(all, 8 - bytes, 8);
  }

  static byte[] little(int bytes, long value) {
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return java.util.Arrays.copyOf(all, bytes);
  }

  /** Mostly small numbers, as protocols send them. */
  static long small(Random random) {
    return random.nextInt(1 << (1 + random.nextInt(16)));
  }

  static <T> T one(Random random, T[] all) {
    return all[random.nextInt(all.length)];
  }

  /** A port that expects nothing, now and then one of those that alarms look at. */
  static int port(Random random) {
    int[] watched = {443, 8443, 80, 53, 22, 21, 123, 1194, 3478};
    return random.nextInt(3) == 0
        ? watched[random.nextInt(watched.length)]
        : 10_000 + random.nextInt(22_000);
  }
}
