package dev.forensics.indexer.detect.mtproto;

import dev.forensics.indexer.detect.FlowFacts;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Reads the envelopes of one flow's messages, whatever carries them, and publishes facts once they
 * are proven to be MTProto:
 *
 * <ul>
 *   <li>an unencrypted message: auth_key_id 0 and a length that fits exactly;
 *   <li>two encrypted messages with the same auth_key_id;
 *   <li>one encrypted message where a second, independent sign of Telegram stands beside it.
 * </ul>
 *
 * The time in a message_id only confirms: some clients send a random one first.
 */
final class MtprotoMessages {
  /** How many first bytes of a message are looked at. */
  static final int LOOK_BYTES = 64;

  private static final int PLAIN_HEADER = 20;
  private static final int ENCRYPTED_HEADER = 24;
  private static final int NONCE = 16;
  private static final int BLOCK = 16;
  private static final long PLAUSIBLE_SKEW_MILLIS = TimeUnit.DAYS.toMillis(1);

  private FlowFacts flowFacts;
  private MtprotoFacts facts = new MtprotoFacts();
  private boolean published;
  private byte[] nonce;
  private boolean candidate;
  private long candidateKey;

  MtprotoMessages(FlowFacts flowFacts, String transport) {
    this.flowFacts = flowFacts;
    facts.transport = transport;
  }

  MtprotoFacts facts() {
    return facts;
  }

  /** The transport alone is proof (its tag, its checksum). */
  void publish() {
    if (!published) {
      published = true;
      flowFacts.add(facts);
      flowFacts.application = "telegram";
    }
    flowFacts.changed();
  }

  void nextSegment(FlowFacts next) {
    MtprotoFacts fresh = new MtprotoFacts();
    fresh.transport = facts.transport;
    fresh.obfuscated = facts.obfuscated;
    fresh.dataCentre = facts.dataCentre;
    fresh.authKeyId = facts.authKeyId;
    facts = fresh;
    flowFacts = next;
    if (published) {
      next.add(facts);
    }
  }

  /**
   * Reads a message.
   *
   * @param available first bytes of it that are there
   * @param total its length in bytes
   * @param slack how many bytes of padding may follow it
   * @param confirmed true when an independent sign of Telegram stands beside it
   */
  void message(
      boolean fromClient,
      byte[] bytes,
      int available,
      long total,
      int slack,
      boolean confirmed,
      long timestampNanos) {
    if (total == 4 && available >= 4) {
      error(fromClient, LittleEndian.int32(bytes, 0));
    } else if (available >= ENCRYPTED_HEADER) {
      long key = LittleEndian.int64(bytes, 0);
      if (key == 0) {
        plain(fromClient, bytes, available, total, slack, timestampNanos);
      } else {
        encrypted(key, bytes, total, slack, confirmed);
      }
    }
  }

  private void error(boolean fromClient, int code) {
    if (!fromClient && code < 0 && code > -1000 && (candidate || published)) {
      facts.errorCode = code;
      facts.messages++;
      takeCandidate();
      publish();
    }
  }

  private void plain(
      boolean fromClient, byte[] bytes, int available, long total, int slack, long timestampNanos) {
    long length = LittleEndian.int32(bytes, 16);
    long padding = total - PLAIN_HEADER - length;
    if (length < 4 || (length & 3) != 0 || padding < 0 || padding > slack) {
      return;
    }
    int number = LittleEndian.int32(bytes, PLAIN_HEADER);
    facts.messages++;
    if (facts.constructor == null || (fromClient && facts.messageId == 0)) {
      facts.constructor = Constructors.name(number);
    }
    long messageId = LittleEndian.int64(bytes, 8);
    if (fromClient && facts.messageId == 0) {
      facts.messageId = messageId;
      facts.messageTimeMillis = plausibleMillis(messageId, timestampNanos);
    }
    if (facts.clockSkewMillis == null) {
      skew(messageId, timestampNanos);
    }
    nonce(number, bytes, available);
    publish();
  }

  /**
   * Time of a message_id: seconds in its high half, fraction in its low half; 0 when implausible.
   */
  private static long plausibleMillis(long messageId, long timestampNanos) {
    long millis = (messageId >>> 32) * 1000 + (((messageId & 0xFFFF_FFFFL) * 1000) >>> 32);
    long skew = millis - TimeUnit.NANOSECONDS.toMillis(timestampNanos);
    return Math.abs(skew) <= PLAUSIBLE_SKEW_MILLIS ? millis : 0;
  }

  private void skew(long messageId, long timestampNanos) {
    long millis = plausibleMillis(messageId, timestampNanos);
    if (millis != 0) {
      facts.clockSkewMillis = millis - TimeUnit.NANOSECONDS.toMillis(timestampNanos);
    }
  }

  private void nonce(int constructor, byte[] bytes, int available) {
    int from = PLAIN_HEADER + 4;
    if (available < from + NONCE) {
      return;
    }
    if (constructor == Constructors.REQ_PQ || constructor == Constructors.REQ_PQ_MULTI) {
      nonce = Arrays.copyOfRange(bytes, from, from + NONCE);
    } else if (constructor == Constructors.RES_PQ && nonce != null) {
      facts.nonceEchoed |= Arrays.equals(nonce, 0, NONCE, bytes, from, from + NONCE);
    }
  }

  private void encrypted(long key, byte[] bytes, long total, int slack, boolean confirmed) {
    long over = total - ENCRYPTED_HEADER;
    if (over < BLOCK || (slack == 0 && over % BLOCK != 0) || looksLikeText(bytes)) {
      return;
    }
    boolean again = candidate && key == candidateKey;
    candidate = true;
    candidateKey = key;
    if (published || again || confirmed) {
      facts.messages++;
      takeCandidate();
      publish();
    }
  }

  private void takeCandidate() {
    if (candidate) {
      facts.encrypted = true;
      facts.authKeyId =
          facts.authKeyId == null ? String.format("%016x", candidateKey) : facts.authKeyId;
    }
  }

  /** Key id and message key are random: nearly two thirds of their bytes are not printable. */
  private static boolean looksLikeText(byte[] bytes) {
    int odd = 0;
    for (int i = 0; i < ENCRYPTED_HEADER; i++) {
      odd += bytes[i] < 0x20 || bytes[i] == 0x7F ? 1 : 0;
    }
    return odd < 4;
  }
}
