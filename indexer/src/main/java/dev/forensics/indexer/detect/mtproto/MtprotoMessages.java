package dev.forensics.indexer.detect.mtproto;

import dev.forensics.indexer.detect.FlowFacts;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Reads the envelopes of one flow's messages, whatever carries them, and publishes facts once they
 * are proven to be MTProto:
 *
 * <ul>
 *   <li>by their framing, which has its own proof;
 *   <li>an unencrypted message: auth_key_id 0, a length that fits exactly, and a constructor of the
 *       key exchange or a message_id of this day (2^-100 and less for random bytes);
 *   <li>encrypted messages as {@link EncryptedProof} asks for them.
 * </ul>
 *
 * Where a constructor is known, the time in a message_id only confirms: some clients send a random
 * one first.
 */
final class MtprotoMessages {
  /** How many first bytes of a message are looked at. */
  static final int LOOK_BYTES = 64;

  private static final int PLAIN_HEADER = 20;
  private static final int NONCE = 16;
  private static final int BLOCK = 16;
  private static final long PLAUSIBLE_SKEW_MILLIS = TimeUnit.DAYS.toMillis(1);

  private FlowFacts flowFacts;
  private MtprotoFacts facts = new MtprotoFacts();
  private boolean published;
  private byte[] nonce;
  private boolean exchange;
  private MtprotoKey latest;
  private final EncryptedProof proof = new EncryptedProof();

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
    if (latest != null) {
      fresh.authKeyId = latest.id;
      fresh.keys.add(latest.inNextSegment());
      latest = fresh.keys.get(0);
    }
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
   * @param path true when the path is one of Telegram's
   * @param address true when the server's address is registered for Telegram
   */
  void message(
      boolean fromClient,
      byte[] bytes,
      int available,
      long total,
      int slack,
      boolean path,
      boolean address,
      long timestampNanos) {
    if (total == 4 && available >= 4) {
      error(fromClient, LittleEndian.int32(bytes, 0), path || address, timestampNanos);
    } else if (available >= EncryptedProof.HEADER) {
      long key = LittleEndian.int64(bytes, 0);
      if (key == 0) {
        plain(fromClient, bytes, available, total, slack, timestampNanos);
      } else {
        encrypted(fromClient, key, bytes, total, slack, path, address, timestampNanos);
      }
    }
  }

  private void error(boolean fromClient, int code, boolean sign, long timestampNanos) {
    if (!fromClient && code < 0 && code > -1000 && (published || (sign && proof.begun()))) {
      facts.errorCode = code;
      facts.messages++;
      if (proof.begun()) {
        takeKey(proof.key(), timestampNanos);
      }
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
    boolean timely = plausibleMillis(LittleEndian.int64(bytes, 8), timestampNanos) != 0;
    if (!published && !timely && Constructors.name(number) == null) {
      return;
    }
    facts.messages++;
    exchange |= Constructors.name(number) != null;
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

  private void encrypted(
      boolean fromClient,
      long key,
      byte[] bytes,
      long total,
      int slack,
      boolean path,
      boolean address,
      long timestampNanos) {
    long over = total - EncryptedProof.HEADER;
    if (over < BLOCK || (slack == 0 && over % BLOCK != 0)) {
      return;
    }
    if (published || proof.add(fromClient, bytes, path, address)) {
      facts.messages++;
      if (takeKey(key, timestampNanos) || !published || facts.messages == 1) {
        publish();
      }
    }
  }

  /** Notes a message's key; true when it is a new one. */
  private boolean takeKey(long number, long timestampNanos) {
    facts.encrypted = true;
    if (latest == null || latest.number != number) {
      MtprotoKey known = find(number);
      if (known == null) {
        return newKey(number, timestampNanos);
      }
      known.lastNanos = timestampNanos;
    } else {
      latest.lastNanos = timestampNanos;
    }
    return false;
  }

  private MtprotoKey find(long number) {
    for (int i = 0; i < facts.keys.size(); i++) {
      if (facts.keys.get(i).number == number) {
        return facts.keys.get(i);
      }
    }
    return null;
  }

  private boolean newKey(long number, long timestampNanos) {
    if (facts.keys.size() >= MtprotoFacts.KEY_LIMIT) {
      facts.otherKeyMessages++;
      return false;
    }
    MtprotoKey key = new MtprotoKey(number, timestampNanos, exchange, latest);
    if (key.follows != null) {
      latest.replaced = true;
    }
    exchange = false;
    latest = key;
    facts.keys.add(key);
    facts.authKeyId = facts.authKeyId == null ? key.id : facts.authKeyId;
    return true;
  }
}
