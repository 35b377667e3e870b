package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What of HTTP stands in packets by itself: whoever sees such a packet knows what it is. */
final class HttpLines {
  private static final Pattern REQUEST = Pattern.compile("(?s)[A-Z]+ \\S+ HTTP/1\\.[01]\r?\n.*");
  private static final Pattern STATUS = Pattern.compile("(?s)HTTP/1\\.[01] [1-5]\\d\\d[ \r\n].*");

  private final Set<String> lines = new HashSet<>();
  private final Set<String> requests = new HashSet<>();
  private final Set<String> open = new HashSet<>();
  private final Set<String> connects = new HashSet<>();
  private final Map<String, Integer> heads = new HashMap<>();

  HttpLines(Traffic traffic) {
    Decoded decoded = new Decoded();
    for (TestPacket packet : traffic.packets()) {
      decoded.decode(packet);
      String text = new String(decoded.payload(), StandardCharsets.ISO_8859_1);
      if (REQUEST.matcher(text).matches()) {
        lines.add(decoded.ends());
        (text.contains("\r\n\r\n") ? requests : open).add(decoded.ends());
        heads.merge(decoded.ends(), 1, Integer::sum);
        if (text.startsWith("CONNECT ") && text.contains("\r\n\r\n")) {
          connects.add(decoded.ends());
        }
      } else if (STATUS.matcher(text).matches()) {
        lines.add(decoded.ends());
      }
    }
  }

  /** True when a packet between these ends begins with a whole request line or status line. */
  boolean hasLine(String ends) {
    return lines.contains(ends);
  }

  /** True when a packet between these ends holds the whole head of a CONNECT. */
  boolean hasConnect(String ends) {
    return connects.contains(ends);
  }

  /** How many packets between these ends begin with a whole request line. */
  int requests(String ends) {
    return heads.getOrDefault(ends, 0);
  }

  /** True when every request whose line is there has the end of its head, too, and there is one. */
  boolean hasWholeRequests(String ends) {
    return requests.contains(ends) && !open.contains(ends);
  }
}
