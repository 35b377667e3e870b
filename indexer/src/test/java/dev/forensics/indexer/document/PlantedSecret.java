package dev.forensics.indexer.document;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

/** A drawn secret, in the forms in which it may be sent, and the search for it. */
final class PlantedSecret {
  /** Characters of a secret that must not be found together. */
  private static final int WINDOW = 8;

  private static final String ALPHABET =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

  /** Of base32 (RFC 4648 section 6), as secrets of one-time passwords are written. */
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private static final String[] WORDS = {"hunter", "summer", "dragon", "monkey", "geheim", "heslo"};

  /** As dictionaries have them; none of them stands in what the program writes itself. */
  private static final String[] PLAIN = {
    "swordfish", "dragonfly", "zwiebelkuchen", "sommerabend", "tulipan", "margarita", "krokodil"
  };

  /** As it is typed. */
  final String text;

  /** True for one that is looked for as a whole: a part of a word says nothing. */
  private final boolean whole;

  /**
   * A secret.
   *
   * @param drawn false for one that may be thought up by a person
   */
  PlantedSecret(Random random, boolean drawn) {
    whole = false;
    text = drawn || random.nextInt(3) > 0 ? drawn(random, ALPHABET) : thoughtUp(random);
  }

  private PlantedSecret(String text, boolean whole) {
    this.text = text;
    this.whole = whole;
  }

  /** The secret of a generator of one-time passwords, in one case. */
  static PlantedSecret base32(Random random) {
    String drawn = drawn(random, BASE32);
    return new PlantedSecret(random.nextBoolean() ? drawn : drawn.toLowerCase(Locale.ROOT), false);
  }

  /**
   * Digits alone. There are enough of them that no port, size or time of a document is the same.
   */
  static PlantedSecret pin(Random random) {
    return new PlantedSecret(String.valueOf(61_000_000 + random.nextInt(9_000_000)), true);
  }

  /** A word as it stands in a dictionary, with a capital or a number, or two of them. */
  static PlantedSecret word(Random random) {
    String word = PLAIN[random.nextInt(PLAIN.length)];
    String upper = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    return new PlantedSecret(
        switch (random.nextInt(4)) {
          case 0 -> upper + (1_950 + random.nextInt(100));
          case 1 -> word + random.nextInt(10);
          case 2 -> word + "-" + PLAIN[random.nextInt(PLAIN.length)];
          default -> word;
        },
        true);
  }

  /** As people think passwords up: words that are changed and digits. */
  private static String thoughtUp(Random random) {
    String word = WORDS[random.nextInt(WORDS.length)];
    String first = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    String second = WORDS[random.nextInt(WORDS.length)].replace('a', '4').replace('o', '0');
    int number = 100 + random.nextInt(9_900);
    return random.nextBoolean() ? first + number + second : word + second + number;
  }

  private static String drawn(Random random, String alphabet) {
    StringBuilder drawn = new StringBuilder();
    int length = 14 + random.nextInt(12);
    while (drawn.length() < length) {
      drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return drawn.toString();
  }

  int length() {
    return text.length();
  }

  String base64() {
    return base64("");
  }

  /** Base64 of something and the secret. */
  String base64(String before) {
    return Base64.getEncoder().encodeToString((before + text).getBytes(StandardCharsets.US_ASCII));
  }

  String hex() {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Each character percent-encoded so many times. */
  String percent(int times) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      encoded.append('%').append("25".repeat(times - 1)).append(Integer.toHexString(c));
    }
    return encoded.toString();
  }

  /** A part of the secret that stands in a text, in any form; null when none does. */
  String foundIn(String output) {
    String lower = output.toLowerCase(Locale.ROOT);
    int window = whole ? text.length() : WINDOW;
    for (int at = 0; at + window <= text.length(); at++) {
      String part = text.substring(at, at + window);
      byte[] bytes = part.getBytes(StandardCharsets.US_ASCII);
      if (!whole
          && part.chars().allMatch(Character::isLetter)
          && part.equals(part.toLowerCase(Locale.ROOT))) {
        continue; // a word, of which a cut left no more
      }
      if (lower.contains(part.toLowerCase(Locale.ROOT))
          || lower.contains(HexFormat.of().formatHex(bytes))
          || output.contains(URLEncoder.encode(part, StandardCharsets.US_ASCII))
          || lower.contains(percentOf(part))) {
        return part;
      }
      for (int shift = 0; shift < 3; shift++) {
        String inner = innerBase64(bytes, shift);
        if (output.contains(inner) || output.contains(inner.replace('+', '-').replace('/', '_'))) {
          return part + " in base64";
        }
      }
    }
    return null;
  }

  private static String percentOf(String part) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      encoded.append('%').append(Integer.toHexString(c));
    }
    return encoded.toString();
  }

  /** The letters of base64 that depend on these bytes alone, after so many others. */
  private static String innerBase64(byte[] bytes, int shift) {
    byte[] moved = new byte[shift + bytes.length];
    System.arraycopy(bytes, 0, moved, shift, bytes.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(moved);
    int from = shift == 0 ? 0 : shift + 1;
    int to = moved.length * 8 / 6;
    return encoded.substring(from, to);
  }
}
