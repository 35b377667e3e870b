package dev.forensics.indexer.index;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.forensics.indexer.document.DocumentKind;
import java.nio.charset.StandardCharsets;

/** The line before a document in a bulk request: what to do with it, where, under which id. */
final class BulkAction {
  private static final byte[] END = "\"}}\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HIGHEST_ASCII = 0x7E;

  private final byte[] start;

  private BulkAction(byte[] start) {
    this.start = start;
  }

  /**
   * Flows and alarms are created once and never overwritten; the ledger's entries are overwritten
   * at each step.
   */
  static BulkAction of(DocumentKind kind, IndexNames names) {
    String operation = kind == DocumentKind.CAPTURE ? "index" : "create";
    String line = "{\"" + operation + "\":{\"_index\":\"" + names.of(kind) + "\",\"_id\":\"";
    return new BulkAction(line.getBytes(StandardCharsets.US_ASCII));
  }

  /** Bytes that {@link #write} needs at most for an id. */
  int length(String id) {
    return start.length + END.length + (isPlain(id) ? id.length() : 6 * id.length());
  }

  /**
   * Writes the line with its line break.
   *
   * @param at offset in bytes from the start of into
   * @return the offset behind it
   */
  @SuppressWarnings("deprecation") // the only copy of ASCII into an array without a new object
  int write(String id, byte[] into, int at) {
    System.arraycopy(start, 0, into, at, start.length);
    int next = at + start.length;
    if (isPlain(id)) {
      id.getBytes(0, id.length(), into, next);
      next += id.length();
    } else {
      byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(id);
      System.arraycopy(escaped, 0, into, next, escaped.length);
      next += escaped.length;
    }
    System.arraycopy(END, 0, into, next, END.length);
    return next + END.length;
  }

  /** Printable ASCII that JSON does not escape; every id the program makes from hashes is. */
  private static boolean isPlain(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c < ' ' || c > HIGHEST_ASCII || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
