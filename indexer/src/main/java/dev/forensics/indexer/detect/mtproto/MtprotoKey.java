package dev.forensics.indexer.detect.mtproto;

import java.util.concurrent.TimeUnit;

/** An authorization key that messages of one connection were encrypted with. */
public final class MtprotoKey {
  /** Temporary keys of Telegram's clients live 24 hours; an hour more is given to clocks. */
  private static final long LONGEST_TEMPORARY_NANOS = TimeUnit.HOURS.toNanos(25);

  /** Its id, 16 hex digits. */
  public final String id;

  /** Packet time of the first message with it. */
  public final long firstNanos;

  /** Id of the key that it followed after a key exchange on this connection; or null. */
  public final String follows;

  /** True when a key exchange was seen between the key before, or the beginning, and this one. */
  public final boolean exchangeSeen;

  /** Packet time of the last message with it, as far as messages were looked at. */
  public long lastNanos;

  /** True when another key followed it after a key exchange. */
  public boolean replaced;

  final long number;

  MtprotoKey(long number, long firstNanos, boolean exchangeSeen, MtprotoKey before) {
    this.number = number;
    this.id = String.format("%016x", number);
    this.firstNanos = firstNanos;
    this.lastNanos = firstNanos;
    this.exchangeSeen = exchangeSeen;
    this.follows = exchangeSeen && before != null ? before.id : null;
  }

  /** The same key where a long flow's next segment begins; that of this one stays as it is. */
  MtprotoKey inNextSegment() {
    return new MtprotoKey(this);
  }

  private MtprotoKey(MtprotoKey same) {
    this.number = same.number;
    this.id = same.id;
    this.firstNanos = same.firstNanos;
    this.lastNanos = same.lastNanos;
    this.exchangeSeen = same.exchangeSeen;
    this.follows = same.follows;
    this.replaced = same.replaced;
  }

  /** "temporary", "permanent" or "unknown": what the connection alone shows of the key's life. */
  public String kind() {
    if (lastNanos - firstNanos > LONGEST_TEMPORARY_NANOS) {
      return "permanent";
    }
    return replaced || follows != null ? "temporary" : "unknown";
  }

  /** Why it is said to be of that kind. */
  public String reason() {
    if (lastNanos - firstNanos > LONGEST_TEMPORARY_NANOS) {
      return "used for more than 25 hours";
    }
    if (replaced) {
      return "another key followed it after a key exchange";
    }
    if (follows != null) {
      return "it followed another key after a key exchange";
    }
    return exchangeSeen
        ? "its key exchange was seen, which new permanent keys have, too"
        : "neither its beginning nor its end was seen";
  }
}
