package dev.forensics.indexer.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The payload bytes of a direction that were accepted last, to compare with what comes again for
 * the same sequence numbers. Made with the direction's first payload.
 *
 * <p>Bounded, and quick where much is sent: while somebody wants the direction's payload, its last
 * {@value #MOST} bytes; past {@value #WHOLE} bytes of payload, and where nobody wants it, the first
 * {@value #FEW} bytes of the segment that was accepted last; nothing past {@value #UNWANTED} bytes
 * that nobody wants. Besides, the first {@value #HEAD} bytes of the direction's latest turn to
 * speak, where an injected answer begins. What else lies before cannot be compared.
 */
final class SeenBytes {
  /** Most bytes kept, a power of two. */
  static final int MOST = 4096;

  /** Fewest bytes for which there is an array, a power of two. */
  static final int LEAST = 64;

  /** So much of a segment is kept without an array, in bytes: two times a long. */
  static final int FEW = 2 * Long.BYTES;

  /** So much payload of a direction is remembered whole, in bytes. */
  static final int WHOLE = 1 << 16;

  /** So much is remembered of payload that nobody wants, in bytes. */
  static final int UNWANTED = 1 << 12;

  /** Most bytes kept of the beginning of a turn. */
  static final int HEAD = 256;

  /** What an instance takes with the headers of its arrays. */
  static final int OWN_BYTES = 128;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Where it comes from, with its arrays, and goes. */
  private final SeenPool pool;

  /** Sequence number of the direction's first byte in this flow, or this segment of it. */
  int first;

  /** The byte with sequence number n stands at n modulo the capacity; null for the few. */
  private byte[] bytes;

  /** Its length: what is asked for each packet need not look at the array. */
  private int capacity;

  /** The first bytes of the last segment, in the order of the wire; 0 where they are elsewhere. */
  private long fewFirst;

  private long fewBehind;
  private byte fewLength;

  /** Sequence number of the first byte kept. */
  private int begin;

  /** Sequence number behind the last byte kept. */
  private int end;

  /** Where the last two segments began, and who sent them: see {@link StreamConflict#origin}. */
  private int lastBegin;

  private int lastOrigin;
  private int beforeBegin;
  private int beforeOrigin;

  /** What the latest turn answers: the acknowledgment number of its segments. */
  private int turn;

  /** Where it began, and who sent that. */
  private int turnBegin;

  private int turnOrigin;

  /** Its first bytes, once they leave the others; null before the first time. */
  private byte[] head;

  private short headLength;
  private short headCapacity;

  SeenBytes(SeenPool pool) {
    this.pool = pool;
  }

  /**
   * Begins with a direction's first payload, whatever it was used for before.
   *
   * @param captured how many bytes of it are to be kept in an array; 0 for the few
   */
  void begin(int firstSequence, int captured) {
    capacity = captured == 0 ? 0 : size(LEAST, captured);
    bytes = captured == 0 ? null : pool.takeArray(capacity);
    fewLength = 0;
    headLength = 0;
    first = firstSequence;
    begin = firstSequence;
    end = firstSequence;
    lastBegin = firstSequence;
    lastOrigin = StreamConflict.UNKNOWN;
    beforeOrigin = StreamConflict.UNKNOWN;
    turnOrigin = StreamConflict.UNKNOWN;
  }

  /** Goes back to where it came from: nothing is asked of it any more. */
  void release() {
    giveBack();
    if (head != null) {
      pool.giveArray(head, headCapacity);
      head = null;
      headCapacity = 0;
    }
    pool.give(this);
  }

  private void giveBack() {
    if (capacity > 0) {
      pool.giveArray(bytes, capacity);
      bytes = null;
      capacity = 0;
    }
  }

  /** Memory that it takes, in bytes. */
  int memory() {
    return OWN_BYTES + capacity + headCapacity;
  }

  /**
   * Remembers a segment that was accepted.
   *
   * @param captured bytes present in the buffer, from offset
   * @param sequence of the first of them
   * @param acknowledgment number that came with it: another one begins another turn
   * @param whole false when its beginning is enough
   * @return by how much the memory that it takes has grown, in bytes; less than 0 when it shrank
   */
  int accept(
      byte[] buffer,
      int offset,
      int captured,
      int sequence,
      int acknowledgment,
      int origin,
      boolean whole) {
    int before = memory();
    if (acknowledgment != turn || turnOrigin == StreamConflict.UNKNOWN) {
      turn = acknowledgment;
      turnBegin = sequence;
      turnOrigin = origin;
      headLength = 0;
      if (!whole) {
        copyHead(buffer, offset, Math.min(captured, HEAD));
      }
    } else if (headLength == 0 && (!whole || end - turnBegin + captured > MOST)) {
      keepHead();
    }
    beforeBegin = lastBegin;
    beforeOrigin = lastOrigin;
    lastBegin = sequence;
    lastOrigin = origin;
    return whole
        ? keep(buffer, offset, captured, sequence) - before
        : keepFew(buffer, offset, captured, sequence) - before;
  }

  /** Keeps only the first bytes of a segment; the memory that it takes then. */
  private int keepFew(byte[] buffer, int offset, int captured, int sequence) {
    giveBack();
    begin = sequence;
    end = sequence;
    if (captured >= FEW) {
      fewFirst = (long) LONG.get(buffer, offset);
      fewBehind = (long) LONG.get(buffer, offset + Long.BYTES);
      fewLength = FEW;
    } else {
      fewFirst = first(buffer, offset, captured);
      fewBehind = first(buffer, offset + Long.BYTES, captured - Long.BYTES);
      fewLength = (byte) captured;
    }
    return memory();
  }

  /** So many bytes, 8 at most, as the first ones of a long. */
  private static long first(byte[] buffer, int offset, int count) {
    long value = 0;
    for (int i = 0; i < Math.min(count, Long.BYTES); i++) {
      value |= (buffer[offset + i] & 0xFFL) << (Long.SIZE - Byte.SIZE - i * Byte.SIZE);
    }
    return value;
  }

  /** Keeps a segment behind the others; the memory that it takes then. */
  private int keep(byte[] buffer, int offset, int captured, int sequence) {
    if (sequence != end) {
      begin = sequence; // bytes between are missing, or a FIN's number is
      end = sequence;
    }
    if (capacity == 0) {
      capacity = size(LEAST, captured);
      bytes = pool.takeArray(capacity);
    } else if (end - begin + captured > capacity && capacity < MOST) {
      resize(size(capacity, end - begin + captured), begin, end);
    }
    int skipped = Math.max(0, captured - capacity);
    end += skipped;
    append(buffer, offset + skipped, captured - skipped);
    if (end - begin > capacity) {
      begin = end - capacity;
    }
    return memory();
  }

  /** The turn's beginning is about to leave the bytes kept. */
  private void keepHead() {
    if (turnBegin - begin >= 0 && turnBegin - end < 0) {
      makeRoom(Math.min(HEAD, end - turnBegin));
      copy(turnBegin, headLength, head);
    }
  }

  /** The turn begins with these bytes. */
  private void copyHead(byte[] buffer, int offset, int length) {
    makeRoom(length);
    System.arraycopy(buffer, offset, head, 0, length);
  }

  private void makeRoom(int length) {
    headLength = (short) length;
    if (length > headCapacity) {
      if (head != null) {
        pool.giveArray(head, headCapacity);
      }
      headCapacity = (short) size(LEAST, length);
      head = pool.takeArray(headCapacity);
    }
  }

  /** The beginning of the turn, where it is kept apart and a segment is about it; or null. */
  TcpStream.Segment head(int sequence, int captured) {
    if (headLength == 0
        || turnBegin + headLength - sequence <= 0
        || turnBegin - sequence >= captured) {
      return null;
    }
    return new TcpStream.Segment(
        turnBegin, headLength, Arrays.copyOf(head, headLength), 0, turnOrigin);
  }

  /**
   * The few bytes of the last segment, where a segment is about them that no head tells; or null.
   */
  TcpStream.Segment few(int sequence, int captured) {
    if (fewLength == 0
        || (headLength > 0 && lastBegin == turnBegin)
        || lastBegin + fewLength - sequence <= 0
        || lastBegin - sequence >= captured) {
      return null;
    }
    byte[] few = new byte[FEW];
    LONG.set(few, 0, fewFirst);
    LONG.set(few, Long.BYTES, fewBehind);
    return new TcpStream.Segment(
        lastBegin, fewLength, Arrays.copyOf(few, fewLength), 0, lastOrigin);
  }

  private void append(byte[] buffer, int offset, int count) {
    int at = end & (capacity - 1);
    int before = Math.min(count, capacity - at);
    System.arraycopy(buffer, offset, bytes, at, before);
    if (before < count) {
      System.arraycopy(buffer, offset + before, bytes, 0, count - before);
    }
    end += count;
  }

  private static int size(int least, int wanted) {
    int size = least;
    while (size < wanted && size < MOST) {
      size *= 2;
    }
    return size;
  }

  /** Nobody wants the payload any more: keeps the beginning of the last segment. */
  void shrink() {
    if (capacity > LEAST) {
      int from = lastBegin - begin > 0 ? lastBegin : begin;
      resize(LEAST, from, end - from > LEAST ? from + LEAST : end);
    }
  }

  private void resize(int size, int from, int to) {
    byte[] old = bytes;
    int oldCapacity = capacity;
    int at = from & (oldCapacity - 1);
    int before = Math.min(to - from, oldCapacity - at);
    bytes = pool.takeArray(size);
    capacity = size;
    begin = from;
    end = from;
    append(old, at, before);
    append(old, 0, to - from - before);
    pool.giveArray(old, oldCapacity);
  }

  /** What is compared with a segment begins here, as a sequence number. */
  int commonBegin(int sequence) {
    return begin - sequence > 0 ? begin : sequence;
  }

  /** What is compared with a segment of so many captured bytes ends here. */
  int commonEnd(int sequence, int captured) {
    return end - sequence < captured ? end : sequence + captured;
  }

  /** The byte of this sequence number, which is kept. */
  byte at(int sequence) {
    return bytes[sequence & (capacity - 1)];
  }

  /** The bytes kept from this sequence number on, which lies among them. */
  byte[] from(int sequence) {
    return copy(sequence, end);
  }

  private byte[] copy(int from, int to) {
    byte[] copy = new byte[to - from];
    copy(from, copy.length, copy);
    return copy;
  }

  /** Copies so many bytes from this sequence number on, all of which are kept. */
  private void copy(int from, int count, byte[] into) {
    int at = from & (capacity - 1);
    int before = Math.min(count, capacity - at);
    System.arraycopy(bytes, at, into, 0, before);
    System.arraycopy(bytes, 0, into, before, count - before);
  }

  /** Who sent the byte of this sequence number. */
  int originOf(int sequence) {
    if (sequence - lastBegin >= 0) {
      return lastOrigin;
    }
    return sequence - beforeBegin >= 0 ? beforeOrigin : StreamConflict.UNKNOWN;
  }

  @Override
  public String toString() {
    return Integer.toUnsignedString(begin) + ": " + Arrays.toString(copy(begin, end));
  }
}
