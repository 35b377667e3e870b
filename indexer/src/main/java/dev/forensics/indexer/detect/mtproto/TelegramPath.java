package dev.forensics.indexer.detect.mtproto;

/**
 * The paths that Telegram's HTTP transport is spoken on: /api, /api and up to eight hex digits
 * (Telegram for iOS; random in each request, so that no cache answers), /apiw, /apiw1, /apiw_test1
 * (web), and their WebSocket kin. A path proves nothing by itself.
 */
public final class TelegramPath {
  private static final String API = "/api";
  private static final int HEX_DIGITS = 8;

  private TelegramPath() {}

  /**
   * True when a path is one of them.
   *
   * @param path without query; may be null
   */
  public static boolean matches(String path) {
    if (path == null || !path.startsWith(API)) {
      return false;
    }
    return hasSuffix(path, 0) || isWeb(path);
  }

  /** True when a path is /api and one to eight hex digits: the suffix is random per request. */
  public static boolean hasRandomSuffix(String path) {
    return path != null && path.startsWith(API) && hasSuffix(path, 1);
  }

  private static boolean hasSuffix(String path, int atLeast) {
    int digits = path.length() - API.length();
    if (digits < atLeast || digits > HEX_DIGITS) {
      return false;
    }
    for (int i = API.length(); i < path.length(); i++) {
      char c = path.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWeb(String path) {
    return switch (path) {
      case "/apiw",
          "/apiw1",
          "/apiw_test",
          "/apiw_test1",
          "/apiws",
          "/apiws1",
          "/apiws_test",
          "/apiws_premium",
          "/apiws_test_premium" ->
          true;
      default -> false;
    };
  }
}
