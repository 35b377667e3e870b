package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in the file beside stored packets, in the form that {@code sha256sum -c} takes: the
 * hash and the name, and above them, as comments, what the packets are.
 *
 * <pre>
 * # packets=12 missing=0 final=true flow=5d1f0f3b6c0e4f0a9a3f5b8f2f7f6e21
 * # alarm ..., rule http-on-https-port: Plaintext HTTP ...
 * 9f86d081...  5d1f0f3b....pcapng
 * </pre>
 *
 * @param packets packets in the file
 * @param missing packets that could not be had
 * @param isFinal whether the flow had ended, so that there will never be more
 * @param flowId the flow
 * @param comment lines about the alarm
 * @param sha256 of the packets' file, in lower-case hex
 */
record EvidenceLabel(
    long packets, long missing, boolean isFinal, String flowId, String comment, String sha256) {
  private static final Pattern FACTS =
      Pattern.compile("# packets=(\\d+) missing=(\\d+) final=(true|false) flow=(\\S+)");
  private static final Pattern HASH = Pattern.compile("([0-9a-f]{64}) [ *].+");
  private static final String MARK = "# ";

  /** The text of the file. */
  String text(String fileName) {
    StringBuilder text = new StringBuilder();
    text.append("# packets=").append(packets).append(" missing=").append(missing);
    text.append(" final=").append(isFinal).append(" flow=").append(flowId).append('\n');
    comment.lines().forEach(line -> text.append(MARK).append(line).append('\n'));
    return text.append(sha256).append("  ").append(fileName).append('\n').toString();
  }

  /**
   * Reads it back.
   *
   * @throws IOException when it is not of that form
   */
  static EvidenceLabel read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    Matcher facts = FACTS.matcher(lines.isEmpty() ? "" : lines.get(0));
    Matcher hash = HASH.matcher(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
    if (!facts.matches() || !hash.matches()) {
      throw new IOException(file + ": not the label of stored packets");
    }
    List<String> comment =
        lines.subList(1, lines.size() - 1).stream()
            .map(line -> line.startsWith(MARK) ? line.substring(MARK.length()) : line)
            .toList();
    return new EvidenceLabel(
        Long.parseLong(facts.group(1)),
        Long.parseLong(facts.group(2)),
        Boolean.parseBoolean(facts.group(3)),
        facts.group(4),
        String.join("\n", comment),
        hash.group(1));
  }

  static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
