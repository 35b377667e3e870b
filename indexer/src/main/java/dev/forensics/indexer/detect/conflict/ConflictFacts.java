package dev.forensics.indexer.detect.conflict;

import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.StreamConflict;

/**
 * Different bytes that were sent for the same sequence numbers of a flow: the gravest of the
 * conflicts that were heard of.
 */
public final class ConflictFacts {
  /** So few bytes that differ in the same way and length may be a fault of the line. */
  private static final int FEW = 4;

  /** The direction in whose name both versions were sent. */
  public Direction by;

  /** Sequence number of the first byte that differs, 0..2^32-1. */
  public long sequence;

  /** Its offset in the direction's payload of this document, modulo 2^32. */
  public long offset;

  /** How many bytes could be compared. */
  public int comparedBytes;

  /** How many of them differ. */
  public int differingBytes;

  /** What came first, and counts. */
  public Version accepted;

  /** What came later. */
  public Version refused;

  /** How grave a conflict is. */
  public enum Weight {
    /** A few bytes of the same length from the same way. */
    FEW_BYTES,
    /** Other bytes that say nothing known, or the same. */
    BYTES,
    /** Unknown bytes, and another time to live. */
    OTHER_WAY,
    /** Another message. */
    MESSAGE,
    /** A message, and other bytes with another time to live. */
    MESSAGE_OTHER_WAY
  }

  /** Takes a conflict in, unless a graver one is known. */
  public static ConflictFacts of(Flow flow, StreamConflict conflict, ConflictFacts known) {
    ConflictFacts facts = new ConflictFacts();
    facts.by = conflict.by();
    facts.sequence = Integer.toUnsignedLong(conflict.sequence());
    facts.offset = conflict.offset();
    facts.comparedBytes = conflict.comparedBytes();
    facts.differingBytes = conflict.differingBytes();
    facts.accepted = Versions.read(flow, conflict, conflict.accepted(), conflict.acceptedOrigin());
    facts.refused = Versions.read(flow, conflict, conflict.refused(), conflict.refusedOrigin());
    boolean isGraver = known == null || facts.weight().compareTo(known.weight()) > 0;
    return isGraver ? facts : known;
  }

  /** True when the versions begin with different messages, or name different hosts. */
  public boolean saysAnother() {
    return !accepted.saysTheSame(refused);
  }

  /** How grave it is. */
  public Weight weight() {
    boolean otherWay = accepted.ttl() >= 0 && refused.ttl() >= 0 && accepted.ttl() != refused.ttl();
    if (otherWay && (accepted.message() != null || refused.message() != null)) {
      return Weight.MESSAGE_OTHER_WAY;
    }
    if (saysAnother()) {
      return Weight.MESSAGE;
    }
    if (otherWay) {
      return Weight.OTHER_WAY;
    }
    return differingBytes <= FEW ? Weight.FEW_BYTES : Weight.BYTES;
  }
}
