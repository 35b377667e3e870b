package dev.forensics.indexer.document;

import java.nio.charset.StandardCharsets;

/**
 * An alarm's document but for the question whether it is the first about its destination, which is
 * asked later: when all alarms that come before it are known.
 */
public final class AlarmDraft {
  private static final byte[] NO = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] YES = "true".getBytes(StandardCharsets.US_ASCII);

  private final String id;
  private final long timestampNanos;
  private final FirstAlarms.Pair pair;
  private final byte[] json;
  private final int flagEnd;

  /**
   * @param json says that it is not the first
   * @param flagEnd where that stands, in bytes
   */
  AlarmDraft(String id, long timestampNanos, FirstAlarms.Pair pair, byte[] json, int flagEnd) {
    this.id = id;
    this.timestampNanos = timestampNanos;
    this.pair = pair;
    this.json = json;
    this.flagEnd = flagEnd;
  }

  /** The document's id. */
  public String id() {
    return id;
  }

  /** Packet time of the verdict. */
  public long timestampNanos() {
    return timestampNanos;
  }

  /** The document as it is when it is not the first. */
  public byte[] json() {
    return json;
  }

  /** The same draft with its text elsewhere, or here again. */
  public AlarmDraft withJson(byte[] text) {
    return new AlarmDraft(id, timestampNanos, pair, text, flagEnd);
  }

  /** The document; its rule and destination are remembered. */
  public EcsDocument finish(FirstAlarms firstAlarms) {
    return new EcsDocument(DocumentKind.ALARM, id, firstAlarms.add(pair) ? first() : json);
  }

  private byte[] first() {
    byte[] changed = new byte[json.length - NO.length + YES.length];
    int before = flagEnd - NO.length;
    System.arraycopy(json, 0, changed, 0, before);
    System.arraycopy(YES, 0, changed, before, YES.length);
    System.arraycopy(json, flagEnd, changed, before + YES.length, json.length - flagEnd);
    return changed;
  }
}
