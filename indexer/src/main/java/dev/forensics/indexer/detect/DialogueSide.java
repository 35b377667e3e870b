package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Direction;
import java.util.Arrays;

/** One direction of a {@link Dialogue}: from the first bytes to the parser that knows them. */
final class DialogueSide {
  private static final int TCP = 6;
  private static final int DATAGRAM_ATTEMPTS = 8;
  private static final int FIRST_PREFIX_BYTES = 256;

  /** How far the direction is. */
  private enum State {
    /** Its first bytes are being looked at. */
    IDENTIFYING,
    /** Joined in its middle: each segment is looked at. */
    SEARCHING,
    /** A parser gets its bytes. */
    PARSING,
    /** Nobody wants its bytes. */
    DONE
  }

  private final Dialogue dialogue;
  private final Direction direction;
  private State state = State.IDENTIFYING;
  private long candidates;
  private byte[] prefix;
  private int prefixLength;
  private long prefixNanos;
  private long prefixOrdinal;
  private long looked;
  private byte attempts;
  private boolean gapSeen;
  private boolean adopted;
  private UnknownBytes measured;
  private Protocol protocol;
  private ProtocolParser parser;

  DialogueSide(Dialogue dialogue, Direction direction) {
    this.dialogue = dialogue;
    this.direction = direction;
    this.candidates = dialogue.protocols.candidates(dialogue.flow.protocol);
  }

  boolean wanted() {
    return state != State.DONE;
  }

  Protocol protocol() {
    return protocol;
  }

  ProtocolParser parser() {
    return parser;
  }

  /** Memory of the first bytes that are kept. */
  int prefixBytes() {
    return prefix == null ? 0 : prefix.length;
  }

  void payload(byte[] buffer, int offset, int length, long timestampNanos) {
    switch (state) {
      case PARSING -> parse(buffer, offset, length, timestampNanos);
      case IDENTIFYING -> {
        if (dialogue.flow.protocol == TCP) {
          identify(buffer, offset, length, timestampNanos);
        } else {
          identifyDatagram(buffer, offset, length, timestampNanos);
        }
      }
      case SEARCHING -> search(buffer, offset, length, timestampNanos);
      case DONE -> {}
    }
  }

  void gap(long lengthBytes, long timestampNanos) {
    cutOff();
    if (state == State.PARSING) {
      if (!parser.gap(direction, lengthBytes, timestampNanos)) {
        state = State.DONE;
      }
    } else if (state != State.DONE) {
      gapSeen = true;
      failed(prefix, 0, prefixLength);
    }
  }

  /** No more of the first bytes will come: what is there may be enough. */
  private void cutOff() {
    if (state != State.IDENTIFYING || prefixLength == 0) {
      return;
    }
    long answer = dialogue.protocols.identifyCutOff(candidates, prefix, 0, prefixLength);
    if (answer < 0) {
      found(answer);
      deliverPrefix();
      dialogue.caughtUp(direction);
    }
  }

  /**
   * The other side's protocol takes this side too, with what was kept of it.
   *
   * @param since ordinal of the other side's first payload that its parser gets
   */
  void adopt(Protocol known, ProtocolParser itsParser, long since) {
    if (state == State.IDENTIFYING || state == State.SEARCHING) {
      protocol = known;
      parser = itsParser;
      state = State.PARSING;
      adopted = true;
      if (prefixOrdinal < since) {
        deliverPrefix();
      }
    }
  }

  /** No more bytes will come: whoever waits for more first bytes waits in vain. */
  void close() {
    cutOff();
    if (state != State.IDENTIFYING || prefixLength == 0) {
      return;
    }
    int skip = Preface.length(prefix, 0, prefixLength);
    if (skip > 0 && skip < prefixLength) {
      candidates = dialogue.protocols.candidates(dialogue.flow.protocol);
      long answer = ask(prefix, skip, prefixLength - skip);
      if (answer < 0) {
        byte[] kept = prefix;
        int keptLength = prefixLength;
        Preface.read(kept, 0, skip, dialogue.facts());
        found(answer);
        forgetPrefix();
        parse(kept, skip, keptLength - skip, prefixNanos);
        dialogue.caughtUp(direction);
      }
    }
  }

  /** The flow ended: bytes that are still open are unknown. */
  void ended() {
    if (state == State.IDENTIFYING && prefixLength > 0) {
      measured = UnknownBytes.of(prefix, 0, prefixLength);
    }
    if (state != State.DONE && state != State.PARSING && measured != null) {
      dialogue.unknown(direction, measured);
    }
    abandon();
  }

  /** Gives the direction up. */
  void abandon() {
    state = State.DONE;
    prefix = null;
    prefixLength = 0;
    parser = null;
  }

  private void parse(byte[] buffer, int offset, int length, long timestampNanos) {
    if (adopted && length > 0) {
      adopted = false;
      dialogue.name(direction, protocol.name());
    }
    if (length > 0 && !parser.payload(direction, buffer, offset, length, timestampNanos)) {
      state = State.DONE;
    }
  }

  private void identifyDatagram(byte[] buffer, int offset, int length, long timestampNanos) {
    long answer = ask(buffer, offset, length);
    if (answer < 0) {
      found(answer);
      parse(buffer, offset, length, timestampNanos);
      dialogue.caughtUp(direction);
    } else if (++attempts >= DATAGRAM_ATTEMPTS) {
      failed(buffer, offset, length);
    }
  }

  private void identify(byte[] buffer, int offset, int length, long timestampNanos) {
    looked += length;
    if (prefix == null) {
      look(buffer, offset, length, timestampNanos);
      return;
    }
    if (beginsAnew(buffer, offset, length)) {
      forgetPrefix();
      look(buffer, offset, length, timestampNanos);
      return;
    }
    int taken = append(buffer, offset, length);
    look(prefix, 0, prefixLength, prefixNanos);
    if (state == State.PARSING && taken < length) {
      parse(buffer, offset + taken, length - taken, timestampNanos);
    } else if (state == State.SEARCHING) {
      search(buffer, offset, length, timestampNanos); // a message may begin here
    }
  }

  /**
   * Joined in its middle, what was kept may be the end of a body, and the segment the beginning of
   * the next message. A start line that is merely split goes on within its first word.
   */
  private boolean beginsAnew(byte[] buffer, int offset, int length) {
    boolean wholeLine = prefix[prefixLength - 1] == '\n';
    if (!dialogue.flow.midstream || wholeLine || !hasBlank(prefix, prefixLength)) {
      return false;
    }
    long before = candidates;
    candidates = dialogue.protocols.candidates(dialogue.flow.protocol);
    boolean anew = ask(buffer, offset, length) < 0;
    candidates = anew ? candidates : before;
    return anew;
  }

  private static boolean hasBlank(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == ' ') {
        return true;
      }
    }
    return false;
  }

  /** Looks at everything that the direction said so far. */
  private void look(byte[] buffer, int offset, int length, long timestampNanos) {
    long answer = ask(buffer, offset, length);
    long together = answer < 0 ? 0 : dialogue.identifyTogether(direction, buffer, offset, length);
    answer = together < 0 ? together : answer;
    if (answer < 0) {
      found(answer);
      forgetPrefix();
      parse(buffer, offset, length, timestampNanos);
      dialogue.caughtUp(direction);
      return;
    }
    candidates = answer;
    if (candidates != 0 && length < dialogue.settings.identifyLimitBytes()) {
      keep(buffer, offset, length, timestampNanos);
      return;
    }
    skipPreface(buffer, offset, length, timestampNanos);
  }

  private void skipPreface(byte[] buffer, int offset, int length, long timestampNanos) {
    int skip = Preface.length(buffer, offset, length);
    if (skip == 0 || looked > dialogue.settings.identifyLimitBytes()) {
      failed(buffer, offset, length);
      return;
    }
    candidates = dialogue.protocols.candidates(dialogue.flow.protocol);
    if (skip == Preface.MORE) {
      keep(buffer, offset, length, timestampNanos);
      return;
    }
    Preface.read(buffer, offset, skip, dialogue.facts());
    if (skip == length) {
      forgetPrefix();
      measured = UnknownBytes.of(buffer, offset, length);
    } else {
      look(buffer, offset + skip, length - skip, timestampNanos);
    }
  }

  /** No protocol knows these bytes: search on where a stream was joined in its middle, or stop. */
  private void failed(byte[] buffer, int offset, int length) {
    if (measured == null && length > 0) {
      measured = UnknownBytes.of(buffer, offset, length);
    }
    forgetPrefix();
    candidates =
        dialogue.protocols.recognizableMidstream()
            & dialogue.protocols.candidates(dialogue.flow.protocol);
    boolean joined = dialogue.flow.midstream || gapSeen;
    if (joined && candidates != 0 && looked < dialogue.settings.resyncLimitBytes()) {
      state = State.SEARCHING;
    } else {
      dialogue.unknown(direction, measured == null ? UnknownBytes.NONE : measured);
      abandon();
    }
  }

  private void search(byte[] buffer, int offset, int length, long timestampNanos) {
    looked += length;
    if (measured == null) {
      measured = UnknownBytes.of(buffer, offset, length);
    }
    long answer = ask(buffer, offset, length);
    if (answer < 0) {
      forgetPrefix();
      found(answer);
      parse(buffer, offset, length, timestampNanos);
      dialogue.caughtUp(direction);
    } else if (prefix != null) {
      searchAcross(buffer, offset, length, timestampNanos, answer != 0);
    } else if (answer != 0) {
      keep(buffer, offset, length, timestampNanos);
    }
    if (state == State.SEARCHING && looked >= dialogue.settings.resyncLimitBytes()) {
      dialogue.unknown(direction, measured);
      abandon();
    }
  }

  /** A message may have begun in the segment before. */
  private void searchAcross(
      byte[] buffer, int offset, int length, long timestampNanos, boolean mayBeginHere) {
    int taken = append(buffer, offset, length);
    long answer = ask(prefix, 0, prefixLength);
    if (answer < 0) {
      found(answer);
      deliverPrefix();
      if (state == State.PARSING) {
        parse(buffer, offset + taken, length - taken, timestampNanos);
      }
      dialogue.caughtUp(direction);
    } else if (answer == 0 || taken < length) {
      forgetPrefix();
      if (mayBeginHere) {
        keep(buffer, offset, length, timestampNanos);
      }
    }
  }

  /** Whether what was kept here and the first bytes of the other side are a protocol's. */
  long identifyTogether(byte[] buffer, int offset, int length) {
    return state == State.IDENTIFYING && prefixLength > 0
        ? dialogue.protocols.identifyTogether(
            candidates, prefix, prefixLength, buffer, offset, length)
        : 0;
  }

  /** What {@link ProtocolSet#identify} answers. */
  private long ask(byte[] buffer, int offset, int length) {
    return dialogue.protocols.identify(
        candidates, buffer, offset, length, direction, dialogue.flow);
  }

  /**
   * The other side, too, may be of this protocol's parser: what it said before this side's first
   * kept byte goes to the parser before, the rest behind what this side said ({@link #caughtUp}).
   */
  private void found(long answer) {
    long since = prefix == null ? dialogue.ordinal() : prefixOrdinal;
    protocol = dialogue.protocols.found(answer);
    parser = dialogue.parserOf(protocol);
    state = State.PARSING;
    dialogue.identified(direction, protocol, parser, since);
  }

  /** The other side's bytes went to the parser, now those that were kept here may. */
  void caughtUp() {
    if (state == State.PARSING && prefixLength > 0) {
      deliverPrefix();
    }
  }

  private void keep(byte[] buffer, int offset, int length, long timestampNanos) {
    if (buffer == prefix) {
      System.arraycopy(buffer, offset, prefix, 0, length);
      prefixLength = length;
      return;
    }
    prefix = new byte[Math.max(FIRST_PREFIX_BYTES, length)];
    prefixLength = 0;
    prefixNanos = timestampNanos;
    prefixOrdinal = dialogue.ordinal();
    append(buffer, offset, Math.min(length, dialogue.settings.identifyLimitBytes()));
  }

  /** Returns how many of the bytes fitted. */
  private int append(byte[] buffer, int offset, int length) {
    int limit = dialogue.settings.identifyLimitBytes();
    int taken = Math.min(length, limit - prefixLength);
    if (prefixLength + taken > prefix.length) {
      prefix =
          Arrays.copyOf(prefix, Math.min(limit, Math.max(prefix.length * 2, prefixLength + taken)));
    }
    System.arraycopy(buffer, offset, prefix, prefixLength, taken);
    prefixLength += taken;
    return taken;
  }

  private void deliverPrefix() {
    byte[] kept = prefix;
    int keptLength = prefixLength;
    forgetPrefix();
    if (keptLength > 0) {
      parse(kept, 0, keptLength, prefixNanos);
    }
  }

  private void forgetPrefix() {
    prefix = null;
    prefixLength = 0;
  }
}
