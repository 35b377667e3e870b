package dev.forensics.indexer.detect.login;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The passwords of Telnet, SOCKS 5, MQTT, LDAP and PostgreSQL, in the first bytes of a side. */
final class BinaryRedaction {
  private static final int BLANK = '*';
  private static final int IAC = 255;
  private static final int SB = 250;
  private static final int SE = 240;
  private static final int WILL = 251;
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int BIND_REQUEST = 0x60;
  private static final int SIMPLE = 0x80;

  /** Of a length in MQTT, 7 bits in each. */
  private static final int MOST_LENGTH_OCTETS = 4;

  private BinaryRedaction() {}

  /**
   * A Telnet side. What the client typed is blanked whole, since only the server knows which line
   * is the password; of the server, which may echo it, all behind its question for one.
   */
  static byte[] telnet(byte[] bytes, boolean client) {
    int from = client ? 0 : question(bytes);
    byte[] shown = bytes.clone();
    int at = 0;
    while (at < shown.length) {
      int command = lengthOfCommand(shown, at);
      if (command == 0 && at >= from && u8(shown, at) >= ' ') {
        shown[at] = BLANK;
      }
      at += Math.max(1, command);
    }
    return shown;
  }

  /** Where the server's question for a password ends; past all bytes when there is none. */
  private static int question(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int word = text.indexOf("passw");
    int colon = word < 0 ? -1 : text.indexOf(':', word);
    return colon < 0 ? bytes.length : colon + 1;
  }

  /** Bytes of the IAC command that begins here (RFC 854), 0 when none does. */
  private static int lengthOfCommand(byte[] bytes, int at) {
    if (u8(bytes, at) != IAC) {
      return 0;
    }
    int command = at + 1 < bytes.length ? u8(bytes, at + 1) : 0;
    if (command != SB) {
      return command >= WILL && command < IAC ? 3 : 2;
    }
    int end = at + 2;
    while (end + 1 < bytes.length && !(u8(bytes, end) == IAC && u8(bytes, end + 1) == SE)) {
      end++;
    }
    return end + 2 - at;
  }

  /** A SOCKS 5 side: the password of the login behind the client's greeting (RFC 1929). */
  static byte[] socks(byte[] bytes) {
    if (bytes[0] != 5 || bytes.length < 3) {
      return bytes;
    }
    int login = 2 + u8(bytes, 1);
    if (login + 1 >= bytes.length || bytes[login] != 1) {
      return bytes;
    }
    int password = login + 2 + u8(bytes, login + 1);
    return password >= bytes.length
        ? bytes
        : blanked(bytes, password + 1, password + 1 + u8(bytes, password));
  }

  /** An MQTT side: of a CONNECT with a password all behind the client's identifier. */
  static byte[] mqtt(byte[] bytes) {
    int at = 1;
    while (at < bytes.length && bytes[at] < 0) {
      at++; // remaining length, 7 bits an octet
    }
    int flags = at + 1 + 2 + u16(bytes, at + 1) + 1;
    if (u8(bytes, 0) != 0x10 || flags >= bytes.length || (bytes[flags] & 0x40) == 0) {
      return bytes;
    }
    int identifier = flags + 3;
    if (u8(bytes, flags - 1) >= 5) {
      identifier += properties(bytes, identifier);
    }
    return blanked(bytes, identifier + 2 + u16(bytes, identifier), bytes.length);
  }

  /** Bytes of the properties (MQTT 5 section 2.2.2) that begin here, with those of their length. */
  private static int properties(byte[] bytes, int at) {
    int octets = 0;
    int length = 0;
    boolean more = true;
    while (more && octets < MOST_LENGTH_OCTETS) {
      int octet = u8(bytes, at + octets);
      length |= (octet & 0x7F) << (7 * octets++);
      more = octet > 0x7F;
    }
    return octets + length;
  }

  /** A client of a protocol that has no parser, known by its content. */
  static byte[] unnamed(byte[] bytes) {
    byte[] shown = ldap(bytes);
    return shown == bytes ? postgresql(bytes) : shown;
  }

  /** A simple bind (RFC 4511 section 4.2): the password behind the name. */
  private static byte[] ldap(byte[] bytes) {
    int id = content(bytes, 0, SEQUENCE);
    int bind = id < 0 || u8(bytes, id) != INTEGER ? -1 : id + 2 + u8(bytes, id + 1);
    int version = content(bytes, bind, BIND_REQUEST);
    if (version < 0 || u16(bytes, version) != 0x0201 || u8(bytes, version + 2) > 3) {
      return bytes;
    }
    int name = content(bytes, version + 3, OCTET_STRING);
    if (name < 0) {
      return bytes;
    }
    int password = name + length(bytes, version + 4);
    int secret = content(bytes, password, SIMPLE);
    return secret < 0 ? bytes : blanked(bytes, secret, secret + length(bytes, password + 1));
  }

  /** Where the content of an element of this type begins; -1 when none stands here. */
  private static int content(byte[] bytes, int at, int type) {
    if (at < 0 || at + 1 >= bytes.length || u8(bytes, at) != type) {
      return -1;
    }
    int length = u8(bytes, at + 1);
    return at + 2 + (length > 0x80 ? length & 0x7F : 0);
  }

  /** A length of BER (X.690 section 8.1.3), no longer than what could be shown. */
  private static int length(byte[] bytes, int at) {
    int first = u8(bytes, at);
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 1; i <= Math.min(first & 0x7F, 4); i++) {
      length = Math.min(bytes.length, length << 8 | u8(bytes, at + i));
    }
    return length;
  }

  /** The answer to the server's question for a password, behind the start-up message. */
  private static byte[] postgresql(byte[] bytes) {
    int start = u16(bytes, 0) == 0 && u16(bytes, 2) == 8 && u16(bytes, 4) == 1234 ? 8 : 0;
    int answer = start + u16(bytes, start + 2);
    boolean isStart = u16(bytes, start) == 0 && u16(bytes, start + 4) == 3;
    return isStart && u8(bytes, answer) == 'p' ? blanked(bytes, answer + 5, bytes.length) : bytes;
  }

  private static byte[] blanked(byte[] bytes, int from, int to) {
    byte[] shown = bytes.clone();
    for (int i = from; i < Math.min(to, shown.length); i++) {
      shown[i] = BLANK;
    }
    return shown;
  }

  private static int u8(byte[] bytes, int at) {
    return at < bytes.length ? bytes[at] & 0xFF : 0;
  }

  private static int u16(byte[] bytes, int at) {
    return u8(bytes, at) << 8 | u8(bytes, at + 1);
  }
}
