package dev.forensics.indexer.detect.conflict;

import dev.forensics.indexer.detect.mask.Masks;
import java.util.Objects;

/**
 * One of two versions of the same bytes. Nothing of its content is kept but what every document
 * shows of a message.
 *
 * @param message what it begins with, such as "HTTP answer 302"; null when that is not known
 * @param host the host that it names; null when it names none
 * @param lengthBytes how many bytes of it are known, from where the versions can be compared
 * @param sha256 the first 16 hex digits of their SHA-256; null where they could be guessed
 * @param ttl time to live, or hop limit, of its packet; -1 when not known
 * @param identification IP identification of its packet; -1 when not known
 */
public record Version(
    String message, String host, int lengthBytes, String sha256, int ttl, int identification) {

  /** The message with its host, as a person may see it; null when it is not known. */
  public String text() {
    return message == null || host == null
        ? message
        : message + " for host " + Masks.authority(host);
  }

  /** True when both begin with the same message for the same host. */
  boolean saysTheSame(Version other) {
    return Objects.equals(message, other.message) && Objects.equals(host, other.host);
  }
}
