package dev.forensics.indexer.detect.forward;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.wire.AddressReader;
import dev.forensics.indexer.detect.wire.AddressText;
import dev.forensics.indexer.detect.wire.Octets;
import java.nio.charset.StandardCharsets;

/**
 * The header of the PROXY protocol, versions 1 and 2 (HAProxy's specification, sections 2.1 and
 * 2.2), which a load balancer sends before the client's bytes.
 */
public final class ProxyHeader {
  /** More bytes are needed to tell how long the header is. */
  public static final int MORE = -1;

  private static final byte[] VERSION_1 = {'P', 'R', 'O', 'X', 'Y', ' '};
  private static final byte[] VERSION_2 = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
  private static final int VERSION_1_LIMIT = 107;
  private static final int VERSION_2_HEADER = 16;
  private static final int PROXIED = 0x21;
  private static final int IPV4_BYTES = 12;
  private static final int IPV6_BYTES = 36;
  private static final int WORDS = 6;

  private ProxyHeader() {}

  /**
   * How many bytes the header at the beginning takes.
   *
   * @return bytes, 0 when there is none, or {@link #MORE}
   */
  public static int length(byte[] buffer, int offset, int length) {
    if (startsWith(buffer, offset, length, VERSION_1)) {
      return line(buffer, offset, length);
    }
    return startsWith(buffer, offset, length, VERSION_2) ? binary(buffer, offset, length) : 0;
  }

  /** Takes the client of a whole header into the facts; one that names none is left alone. */
  public static void read(byte[] buffer, int offset, int length, FlowFacts facts) {
    if (buffer[offset] == VERSION_1[0]) {
      readLine(new String(buffer, offset, length, StandardCharsets.US_ASCII), facts);
    } else if (Octets.u8(buffer, offset + 12) == PROXIED) {
      readBinary(buffer, offset, length, facts);
    }
  }

  /** PROXY TCP4 client server port port; or PROXY UNKNOWN. */
  private static void readLine(String line, FlowFacts facts) {
    String[] words = line.strip().split(" ", -1);
    if (words.length != WORDS || !words[1].startsWith("TCP")) {
      return;
    }
    String client = AddressReader.read(words[2]);
    if (client != null) {
      ForwardedFacts forwarded = ForwardedFacts.note(facts, "proxy-v1", client);
      forwarded.called(port(words[4]), AddressReader.read(words[3]), port(words[5]));
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port > 0 && port <= 0xFFFF ? port : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static void readBinary(byte[] buffer, int offset, int length, FlowFacts facts) {
    int family = Octets.u8(buffer, offset + 13) >> 4;
    int at = offset + VERSION_2_HEADER;
    int size = length - VERSION_2_HEADER;
    if (family == 1 && size >= IPV4_BYTES) {
      ForwardedFacts.note(facts, "proxy-v2", AddressText.ipv4(buffer, at))
          .called(
              Octets.u16(buffer, at + 8),
              AddressText.ipv4(buffer, at + 4),
              Octets.u16(buffer, at + 10));
    } else if (family == 2 && size >= IPV6_BYTES) {
      ForwardedFacts.note(facts, "proxy-v2", AddressText.ipv6(buffer, at))
          .called(
              Octets.u16(buffer, at + 32),
              AddressText.ipv6(buffer, at + 16),
              Octets.u16(buffer, at + 34));
    }
  }

  private static int line(byte[] buffer, int offset, int length) {
    for (int i = 0; i < Math.min(length, VERSION_1_LIMIT); i++) {
      if (buffer[offset + i] == '\n') {
        return i + 1;
      }
    }
    return length < VERSION_1_LIMIT ? MORE : 0;
  }

  private static int binary(byte[] buffer, int offset, int length) {
    if (length < VERSION_2_HEADER) {
      return MORE;
    }
    int total = VERSION_2_HEADER + Octets.u16(buffer, offset + 14);
    return length < total ? MORE : total;
  }

  /** True when the bytes so far are those of the magic, as far as they go. */
  private static boolean startsWith(byte[] buffer, int offset, int length, byte[] magic) {
    for (int i = 0; i < Math.min(length, magic.length); i++) {
      if (buffer[offset + i] != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
