package dev.forensics.indexer.detect.mtproto;

import dev.forensics.indexer.detect.wire.Randomness;

/**
 * Decides when encrypted messages without framing (HTTP bodies) are MTProto's. One has an
 * auth_key_id of 8 bytes, a message key of 16 that is another one in each message, and blocks of
 * 16; all of it looks random.
 *
 * <p>How many are needed depends on what else speaks for Telegram: one where path and address do,
 * two where the address does, two of each side where the path does; nothing proves them alone. A
 * key's id that comes again by chance is 2^-64 a body, a length that fits 2^-4. Files share their
 * first bytes, so those whose first bytes are known, that have zeros or text, or that go on alike
 * behind them are not counted. What remains is another protocol on such a path that sends an id of
 * 8 random bytes in requests and answers, then 16 bytes that look random, then blocks of 16: that
 * cannot be told apart.
 */
final class EncryptedProof {
  /** Key id and message key. */
  static final int HEADER = 24;

  private static final int KEY = 8;
  private static final int MESSAGE_KEY = 16;

  /** Equal bytes of two message keys at the same places; 1 in 2 million by chance. */
  private static final int EQUAL_LIMIT = 3;

  /** Equal bytes that message keys begin with; 1 in 65,536 by chance. */
  private static final int LEADING_LIMIT = 1;

  private static final int NEEDED_OF_EACH_SIDE = 2;

  /** First bytes of files that are told by 2 or more bytes, as far as these may look random. */
  private static final String[] MAGICS = {
    "\u00FF\u00D8\u00FF", // JPEG
    "\u0089PNG",
    "GIF8",
    "\u001F\u008B\u0008", // gzip
    "PK\u0003\u0004",
    "BZh",
    "\u00FD7zXZ",
    "7z\u00BC\u00AF",
    "(\u00B5/\u00FD", // zstd
    "\u0004\"M\u0018", // LZ4
    "Rar!",
    "MSCF",
    "%PDF",
    "RIFF",
    "OggS",
    "fLaC",
    "ID3",
    "\u001AE\u00DF\u00A3", // Matroska, WebM
    "FLV",
    "wOF",
    "OTTO",
    "MZ",
    "\u007FELF",
    "\u00CA\u00FE\u00BA\u00BE",
    "0\u0082", // DER: certificates, OCSP, CRLs
    "\u00D0\u00CF\u0011\u00E0", // OLE
    "\u00EF\u00BB\u00BF",
    "SQLite",
    "\u00FF\u00FB", // MP3
    "\u00FF\u00F1", // AAC
    "BM",
    "II*",
    "MM\0*",
    "x\u009C", // zlib
    "x\u00DA",
    "x\u0001",
    "x^"
  };

  private boolean begun;
  private long key;
  private final byte[] latest = new byte[MESSAGE_KEY];
  private boolean alike;
  private int leading;
  private int fromClient;
  private int fromServer;

  /** True when a message was counted. */
  boolean begun() {
    return begun;
  }

  /** The key's id of the messages counted. */
  long key() {
    return key;
  }

  /**
   * Counts a message.
   *
   * @param bytes at least {@link #HEADER} of them
   * @return true when what was counted proves MTProto
   */
  boolean add(boolean sentByClient, byte[] bytes, boolean path, boolean address) {
    boolean certain = path && address;
    if (certain ? isText(bytes) : !looksEncrypted(bytes)) {
      return false;
    }
    long id = LittleEndian.int64(bytes, 0);
    if (!begun || id != key) {
      begin(id);
    } else {
      leading += leadingBytes(bytes);
      alike |= leading > LEADING_LIMIT || equalBytes(bytes) > EQUAL_LIMIT;
    }
    System.arraycopy(bytes, KEY, latest, 0, MESSAGE_KEY);
    if (sentByClient) {
      fromClient++;
    } else {
      fromServer++;
    }
    return certain || (!alike && enough(path, address));
  }

  private void begin(long id) {
    begun = true;
    key = id;
    alike = false;
    leading = 0;
    fromClient = 0;
    fromServer = 0;
  }

  private boolean enough(boolean path, boolean address) {
    if (address) {
      return fromClient + fromServer >= 2;
    }
    return path && Math.min(fromClient, fromServer) >= NEEDED_OF_EACH_SIDE;
  }

  private int leadingBytes(byte[] bytes) {
    int equal = 0;
    while (equal < MESSAGE_KEY && bytes[KEY + equal] == latest[equal]) {
      equal++;
    }
    return equal;
  }

  private int equalBytes(byte[] bytes) {
    int equal = 0;
    for (int i = 0; i < MESSAGE_KEY; i++) {
      equal += bytes[KEY + i] == latest[i] ? 1 : 0;
    }
    return equal;
  }

  private static boolean looksEncrypted(byte[] bytes) {
    return Randomness.isPlausible(bytes, 0, KEY)
        && Randomness.isPlausible(bytes, KEY, MESSAGE_KEY)
        && Randomness.isPlausible(bytes, 0, HEADER)
        && !isFile(bytes);
  }

  /** Of random bytes an eighth are controls. */
  private static boolean isText(byte[] bytes) {
    int controls = 0;
    for (int i = 0; i < HEADER; i++) {
      controls += (bytes[i] >= 0 && bytes[i] < 0x20) || bytes[i] == 0x7F ? 1 : 0;
    }
    return controls == 0;
  }

  private static boolean isFile(byte[] bytes) {
    for (String magic : MAGICS) {
      if (begins(bytes, magic)) {
        return true;
      }
    }
    return false;
  }

  private static boolean begins(byte[] bytes, String magic) {
    for (int i = 0; i < magic.length(); i++) {
      if ((bytes[i] & 0xFF) != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
