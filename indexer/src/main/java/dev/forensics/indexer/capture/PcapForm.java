package dev.forensics.indexer.capture;

/**
 * What the heads of pcap records have in common: lengths that fit, a fraction of a second, and
 * times near one another. Few writers break one of the rules, and a damage breaks several, so it is
 * counted how many are broken.
 */
final class PcapForm implements RecordForm {
  /** Flaws of what cannot be a record at all: its length is beyond all bounds. */
  static final int IMPOSSIBLE = 9;

  /**
   * An original length that no link has; writers with another idea of it are not proved. Two bytes
   * off, the length of a packet is more than this.
   */
  static final int MOST_ORIGINAL = 1 << 20;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Seconds between a record and the one before: 31 days. */
  private static final long NEAR_SECONDS = 31 * 86_400L;

  private static final long UNKNOWN = -1L << 40;

  private final boolean isBig;
  private final int linkType;
  private final int headBytes;
  private final PcapHeader.LengthOrder lengths;
  private final boolean isPlainOrder;
  private final long fractions;

  /** Time of the latest record that was near those before it, in seconds since 1970. */
  private long trusted = UNKNOWN;

  /** Time of the latest record. */
  private long latest = UNKNOWN;

  /** Time of the latest record of a chain that is looked at. */
  private long chained = UNKNOWN;

  /** Records of the chain are not near what was read. */
  private boolean isDistant;

  PcapForm(PcapHeader header, int nanosPerTick) {
    isBig = header.bigEndian();
    linkType = header.linkType();
    headBytes = header.recordHeaderBytes();
    lengths = header.lengths();
    isPlainOrder = lengths == PcapHeader.LengthOrder.CAPTURED_FIRST;
    fractions = NANOS_PER_SECOND / nanosPerTick;
  }

  @Override
  public int headBytes() {
    return headBytes;
  }

  @Override
  public void beginChain() {
    chained = UNKNOWN;
    isDistant = false;
  }

  @Override
  public boolean isDistant() {
    return isDistant;
  }

  @Override
  public boolean isAnchored() {
    return latest != UNKNOWN;
  }

  /** Captured bytes that a head tells of; less than 0 and more than is allowed where it is none. */
  int captured(byte[] block, int at) {
    int captured = ByteOrders.int32(block, at + 8, isBig);
    return isPlainOrder || !isSwapped(captured, second(block, at)) ? captured : second(block, at);
  }

  /** Bytes on the wire that a head tells of, as it tells them. */
  int original(byte[] block, int at) {
    int first = ByteOrders.int32(block, at + 8, isBig);
    return isPlainOrder || !isSwapped(first, second(block, at)) ? second(block, at) : first;
  }

  /** The bytes on the wire that a record tells of; the captured ones where no link has as many. */
  static int believed(int original, int captured) {
    return original > MOST_ORIGINAL ? captured : Math.max(original, captured);
  }

  private int second(byte[] block, int at) {
    return ByteOrders.int32(block, at + 12, isBig);
  }

  private boolean isSwapped(int first, int second) {
    boolean isOld = lengths == PcapHeader.LengthOrder.ORIGINAL_FIRST || first > second;
    return isOld && second >= 0;
  }

  long seconds(byte[] block, int at) {
    return ByteOrders.int32(block, at, isBig) & 0xFFFF_FFFFL;
  }

  long fraction(byte[] block, int at) {
    return ByteOrders.int32(block, at + 4, isBig) & 0xFFFF_FFFFL;
  }

  /** Fills in what the head at an offset says. */
  void parse(byte[] block, int at, PcapHead into) {
    int first = ByteOrders.int32(block, at + 8, isBig);
    int second = ByteOrders.int32(block, at + 12, isBig);
    boolean isPlain = isPlainOrder || !isSwapped(first, second);
    into.captured = isPlain ? first : second;
    into.original = isPlain ? second : first;
    into.seconds = ByteOrders.int32(block, at, isBig) & 0xFFFF_FFFFL;
    into.fraction = ByteOrders.int32(block, at + 4, isBig) & 0xFFFF_FFFFL;
  }

  /** True when a head has nothing that is wrong or unusual. */
  boolean isSound(PcapHead head) {
    int captured = head.captured;
    int original = head.original;
    return captured >= 0
        && captured <= PcapReader.MAX_CAPTURED
        && original >= captured
        && original <= MOST_ORIGINAL
        && original > 0
        && head.fraction < fractions
        && (head.seconds == trusted || isNearTrusted(head.seconds));
  }

  /** True when the head at an offset has nothing that is wrong or unusual. */
  boolean isSound(byte[] block, int at) {
    return isSoundButTime(block, at) && isNearTrusted(seconds(block, at));
  }

  private boolean isSoundButTime(byte[] block, int at) {
    int captured = captured(block, at);
    return captured >= 0
        && captured <= PcapReader.MAX_CAPTURED
        && isLength(captured, original(block, at))
        && fraction(block, at) < fractions;
  }

  private static boolean isLength(int captured, int original) {
    return original >= captured && original <= MOST_ORIGINAL && original > 0;
  }

  private boolean isNearTrusted(long seconds) {
    return Math.abs(seconds - trusted) <= NEAR_SECONDS || (trusted == UNKNOWN && isNear(seconds));
  }

  private boolean isNear(long seconds) {
    return Math.abs(seconds - latest) <= NEAR_SECONDS
        || (trusted != UNKNOWN && Math.abs(seconds - trusted) <= NEAR_SECONDS)
        || latest == UNKNOWN;
  }

  /** Whether the times of two heads are near one another. */
  boolean areNear(byte[] block, int one, int other) {
    return Math.abs(seconds(block, one) - seconds(block, other)) <= NEAR_SECONDS;
  }

  /**
   * How many rules a head breaks.
   *
   * @param before seconds of a record before it in the same chain
   */
  int flaws(byte[] block, int at, long before) {
    int captured = captured(block, at);
    if (captured < 0 || captured > PcapReader.MAX_CAPTURED) {
      return IMPOSSIBLE;
    }
    long seconds = seconds(block, at);
    boolean isNear = isNear(seconds) || Math.abs(seconds - before) <= NEAR_SECONDS;
    return (isLength(captured, original(block, at)) ? 0 : 1)
        + (fraction(block, at) < fractions ? 0 : 1)
        + (isNear ? 0 : 1);
  }

  /** A sound record is looked at: before any was read, its time is what others are near to. */
  void expect(long seconds) {
    latest = latest == UNKNOWN ? seconds : latest;
  }

  /** A record was read: later ones are near its time, or near that of those before it. */
  void read(long seconds) {
    if (seconds != trusted && isNear(seconds)) {
      trusted = seconds;
    }
    latest = seconds;
  }

  @Override
  public int length(byte[] block, int at) {
    if (!isSoundButTime(block, at)) {
      return 0;
    }
    long seconds = seconds(block, at);
    boolean isNearRead = isAnchored() && isNearTrusted(seconds);
    boolean isNear =
        chained == UNKNOWN
            || Math.abs(seconds - chained) <= NEAR_SECONDS
            || (isNearRead && !isDistant);
    isDistant |= isAnchored() && !isNearRead;
    chained = seconds;
    return isNear ? headBytes + captured(block, at) : 0;
  }

  @Override
  public boolean isEvident(byte[] block, int at, int length) {
    int captured = length - headBytes;
    return isSound(block, at)
        && PacketProof.isPacket(linkType, block, at + headBytes, captured, original(block, at));
  }

  @Override
  public boolean isWhole(byte[] block, int at, int length) {
    return true;
  }
}
