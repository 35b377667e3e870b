package dev.forensics.indexer.index;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of an Elasticsearch server.
 *
 * @param major first number
 * @param minor second number
 */
public record ServerVersion(int major, int minor) implements Comparable<ServerVersion> {
  /** The first one in which data streams keep their retention in the template for good. */
  public static final ServerVersion OLDEST = new ServerVersion(8, 14);

  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  /**
   * Reads "8.19.21" or "9.0.0-SNAPSHOT".
   *
   * @throws ElasticsearchUnavailableException when it is no version
   */
  static ServerVersion parse(String text) throws ElasticsearchUnavailableException {
    Matcher matcher = NUMBERS.matcher(text);
    if (!matcher.matches()) {
      throw new ElasticsearchUnavailableException(
          "the server's version cannot be read: " + ElasticsearchFault.shorten(text), null);
    }
    return new ServerVersion(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Whether this program works with it. */
  boolean isSupported() {
    return compareTo(OLDEST) >= 0;
  }

  @Override
  public int compareTo(ServerVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
