package dev.forensics.indexer.detect.login;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * Takes passwords out of what documents quote from the wire: first bytes, bodies, targets. Each
 * octet of a password becomes an asterisk, so that lengths and places stay as they were. What is
 * taken for a password: arguments of PASS, AUTH, AUTHINFO, LOGIN, AUTHENTICATE and OPER, values of
 * Authorization fields, the password of a URL's user, values of parameters with such a name, what
 * is typed in a Telnet session, and the passwords of SOCKS, MQTT, LDAP, PostgreSQL and Redis.
 */
public final class Redaction {
  private static final char BLANK = '*';

  /** Protocols without a password in the clear; for speed alone, since most flows are theirs. */
  private static final Set<String> OPAQUE =
      Set.of("tls", "quic", "dns", "wireguard", "openvpn", "stun", "mtproto", "bittorrent");

  private Redaction() {}

  /**
   * The first bytes of a side, without passwords.
   *
   * @param bytes may be null
   * @param own protocol of the side, as in network.protocol; null when it is not known
   * @param others protocol of the other side, which counts for one that is not known; null too
   * @param client true for the side that opened the conversation
   * @return the same array when there is nothing to hide, else a changed copy
   */
  public static byte[] payload(byte[] bytes, String own, String others, boolean client) {
    // What a TLS server was sent is not TLS for that: only a side's own protocol makes it opaque.
    if (bytes == null || bytes.length == 0 || (own != null && OPAQUE.contains(own))) {
      return bytes;
    }
    byte[] shown =
        switch (own != null ? own : Objects.requireNonNullElse(others, "")) {
          case "telnet" -> BinaryRedaction.telnet(bytes, client);
          case "socks" -> BinaryRedaction.socks(bytes);
          case "mqtt" -> BinaryRedaction.mqtt(bytes);
          default -> client ? BinaryRedaction.unnamed(bytes) : bytes;
        };
    return shown == bytes ? text(bytes, client) : shown;
  }

  /** The first bytes of a body, without passwords; null stays null. */
  public static byte[] body(byte[] bytes) {
    return bytes == null ? null : text(bytes, false);
  }

  private static byte[] text(byte[] bytes, boolean client) {
    char[] chars = new String(bytes, StandardCharsets.ISO_8859_1).toCharArray();
    boolean changed = client && TextRedaction.commands(chars);
    changed |= client && RespRedaction.commands(chars);
    changed |= TextRedaction.users(chars);
    changed |= TextRedaction.parameters(chars);
    return changed ? new String(chars).getBytes(StandardCharsets.ISO_8859_1) : bytes;
  }

  /** A request target or a URL without the password of its user and in its query; null too. */
  public static String url(String text) {
    if (text == null) {
      return null;
    }
    char[] chars = text.toCharArray();
    boolean changed = TextRedaction.users(chars);
    changed |= TextRedaction.parameters(chars);
    return changed ? new String(chars) : text;
  }

  /** The authority of a URL, as in Host, without a password; null stays null. */
  public static String authority(String text) {
    int end = text == null ? -1 : text.lastIndexOf('@');
    int colon = end < 0 ? -1 : text.indexOf(':');
    if (colon < 0 || colon > end) {
      return text;
    }
    char[] chars = text.toCharArray();
    blank(chars, colon + 1, end);
    return new String(chars);
  }

  /** Blanks what is no line end; true when something was blanked. */
  static boolean blank(char[] chars, int from, int to) {
    boolean changed = false;
    for (int i = from; i < to; i++) {
      if (chars[i] != '\r' && chars[i] != '\n' && chars[i] != BLANK) {
        chars[i] = BLANK;
        changed = true;
      }
    }
    return changed;
  }
}
