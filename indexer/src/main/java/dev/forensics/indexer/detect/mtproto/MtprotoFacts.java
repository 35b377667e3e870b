package dev.forensics.indexer.detect.mtproto;

import java.util.ArrayList;
import java.util.List;

/** What was learned of MTProto on one connection. Present only when the envelope is proven. */
public final class MtprotoFacts {
  /** "http", "abridged", "intermediate", "padded" or "full". */
  public String transport;

  /** True when the transport was under obfuscation (obfuscated2). */
  public boolean obfuscated;

  /** Data centre number of the obfuscated init, negative for media; 0 when none. */
  public int dataCentre;

  /** How many keys of a connection are kept. */
  public static final int KEY_LIMIT = 16;

  /** Id of the first authorization key, 16 hex digits; or null. */
  public String authKeyId;

  /** The keys in the order of their first messages, at most {@link #KEY_LIMIT}. */
  public final List<MtprotoKey> keys = new ArrayList<>(1);

  /** Messages with keys past the limit. */
  public long otherKeyMessages;

  /** message_id of the first unencrypted message of the client; 0 when none. */
  public long messageId;

  /**
   * Time of {@link #messageId} in milliseconds since the epoch, when it is plausible; else 0. Some
   * clients send a random message_id first.
   */
  public long messageTimeMillis;

  /** Name of the first unencrypted constructor, such as "req_pq_multi"; null when none. */
  public String constructor;

  /** True when an encrypted message was seen. */
  public boolean encrypted;

  /** True when the server's resPQ carried the nonce of the client's req_pq. */
  public boolean nonceEchoed;

  /**
   * Clock of the sender of a plausible message_id minus packet time, in milliseconds; null when
   * unknown.
   */
  public Long clockSkewMillis;

  /** The server's answer of four bytes, a negative error code such as -404; 0 when none. */
  public int errorCode;

  /** Messages recognized, both sides. */
  public long messages;
}
