package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.FLOAT;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.KEYWORD_SEARCH;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.UnknownBytes;
import dev.forensics.indexer.detect.wire.Guesses;
import dev.forensics.indexer.document.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bytes of the wire that no protocol explains: their structure, their measures, a hash to compare
 * them by, and no text. The decision about what is shown tells why.
 */
final class WireBytes {
  /** Of the first bytes of both sides. */
  static final List<Field> FIELDS =
      Stream.of("client", "server")
          .flatMap(
              side -> fields("forensics.payload." + side, "first bytes of the " + side).stream())
          .toList();

  private static final SerializableString TEXT = JsonWriter.name("text");
  private static final SerializableString HEX = JsonWriter.name("hex");
  private static final SerializableString STRUCTURE = JsonWriter.name("structure");
  private static final SerializableString HASH = JsonWriter.name("hash");
  private static final SerializableString ENTROPY = JsonWriter.name("entropy");
  private static final SerializableString PRINTABLE = JsonWriter.name("printable");

  /** Bytes of the hash that are shown. */
  private static final int HASH_BYTES = 16;

  private WireBytes() {}

  /** The fields of bytes below a name such as "forensics.payload.client". */
  static List<Field> fields(String root, String what) {
    return List.of(
        Field.own(
            root + ".structure",
            KEYWORD_SEARCH,
            "Kinds of the "
                + what
                + " in their order, each with how many bytes: t text, s blanks,"
                + " n line ends, z zeros, b other bytes.",
            "t4 s1 t7 n2"),
        Field.own(root + ".entropy", FLOAT, "Shannon entropy of the " + what + ".", "7.8")
            .unit("bits/byte"),
        Field.own(root + ".printable", FLOAT, "Share of printable ASCII in them.", "0.36")
            .unit("0..1"),
        Field.own(
            root + ".hash",
            KEYWORD,
            "Hash of them, to find equal ones: with the installation's key"
                + " (FORENSICS_PAYLOAD_KEY); without a key only where they cannot be guessed.",
            "3f0a377ba0a4a460ecb616f6507ce0d8"),
        Field.own(
            root + ".text",
            KEYWORD_SEARCH,
            "The " + what + " as ASCII, a dot for what is not printable; only with payload: full.",
            "POST /api HTTP/1.1..Host: .."),
        Field.own(
            root + ".hex",
            KEYWORD_SEARCH,
            "The same bytes in hex; only with payload: full.",
            "504f5354202f617069"));
  }

  /**
   * Writes the members of an open object.
   *
   * @param bytes as they were on the wire
   * @param measured of more of the bytes than these; null to measure these
   */
  static void write(
      byte[] bytes, UnknownBytes measured, int limit, PayloadSettings settings, JsonWriter json) {
    byte[] first = bytes.length > limit ? Arrays.copyOf(bytes, limit) : bytes;
    UnknownBytes all = measured == null ? UnknownBytes.of(first, 0, first.length) : measured;
    json.text(STRUCTURE, structure(first));
    json.number(ENTROPY, round(all.entropyBits()));
    json.number(PRINTABLE, round(all.printableShare()));
    json.text(HASH, first.length == 0 ? null : hash(first, settings.key()));
  }

  /**
   * Writes the bytes themselves as members of an open object.
   *
   * @param redacted without what is known for a password
   */
  static void writeFull(byte[] redacted, int limit, JsonWriter json) {
    json.printable(TEXT, redacted, limit);
    json.hex(HEX, redacted, limit);
  }

  /** Two decimals say enough, and are the same on every platform. */
  static double round(double value) {
    return Math.rint(value * 100) / 100;
  }

  static String structure(byte[] bytes) {
    StringBuilder runs = new StringBuilder(32);
    int from = 0;
    for (int i = 1; i <= bytes.length; i++) {
      if (i == bytes.length || kind(bytes[i]) != kind(bytes[from])) {
        runs.append(from == 0 ? "" : " ").append(kind(bytes[from])).append(i - from);
        from = i;
      }
    }
    return runs.toString();
  }

  private static char kind(byte value) {
    if (value == 0) {
      return 'z';
    }
    if (value == '\r' || value == '\n') {
      return 'n';
    }
    if (value == ' ' || value == '\t') {
      return 's';
    }
    return Guesses.isBinary(value) ? 'b' : 't';
  }

  /** A hash in hex; null where it would let a short secret be guessed. */
  static String hash(byte[] bytes, String key) {
    try {
      if (!key.isEmpty()) {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return hex(mac.doFinal(bytes));
      }
      return Guesses.areUnguessable(bytes)
          ? hex(MessageDigest.getInstance("SHA-256").digest(bytes))
          : null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
  }
}
