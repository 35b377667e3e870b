package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.mask.Masks;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/** Reads scheme and user name of an Authorization field (RFC 9110 section 11); never a password. */
final class Credentials {
  private static final int USER_LIMIT = 128;

  /** Passwords of those who send a token as the user. */
  private static final Set<String> FILLERS =
      Set.of("x", "X", "x-oauth-basic", "x-token-auth", "api_token");

  private Credentials() {}

  /** The scheme, lower case; null when there is none. */
  static String scheme(String field) {
    int space = field.indexOf(' ');
    String scheme = space < 0 ? field : field.substring(0, space);
    return scheme.isEmpty() || scheme.length() > 32 ? null : scheme.toLowerCase(Locale.ROOT);
  }

  /** The user name of Basic (RFC 7617) and Digest (RFC 7616) credentials; null when none. */
  static String user(String field) {
    String scheme = scheme(field);
    if (scheme == null || field.length() <= scheme.length() + 1) {
      return null;
    }
    String rest = field.substring(scheme.length() + 1).trim();
    return switch (scheme) {
      case "basic" -> basicUser(rest);
      case "digest" -> digestUser(rest);
      default -> null;
    };
  }

  private static String basicUser(String token) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(token.substring(0, token.length() & ~3));
    } catch (IllegalArgumentException e) {
      return null;
    }
    String pair = new String(decoded, StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    return colon < 0 ? null : bounded(userOf(pair.substring(0, colon), pair.substring(colon + 1)));
  }

  /** Where the password is empty or a filler, what stands as the user may be the secret. */
  private static String userOf(String user, String password) {
    boolean filler = password.isEmpty() || FILLERS.contains(password);
    return filler ? Masks.bareUser(user) : user;
  }

  private static String digestUser(String parameters) {
    int start = parameters.indexOf("username=\"");
    if (start < 0) {
      return null;
    }
    int from = start + "username=\"".length();
    int to = parameters.indexOf('"', from);
    return to < 0 ? null : bounded(parameters.substring(from, to));
  }

  private static String bounded(String user) {
    return user.length() > USER_LIMIT ? user.substring(0, USER_LIMIT) : user;
  }
}
