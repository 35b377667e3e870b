package dev.forensics.indexer.detect.ssh;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.ByteAssembly;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/** Reads each side's version line and KEXINIT; then the side's bytes are of no more use. */
final class SshParser implements ProtocolParser {
  private static final int VERSION_LIMIT_BYTES = 255;

  /** A KEXINIT longer than this is not read: real ones are below 3 KiB. */
  private static final int KEXINIT_LIMIT_BYTES = 8192;

  private final FlowFacts facts;
  private final SshFacts ssh;
  private final Side originator = new Side();
  private final Side responder = new Side();
  private final Flow flow;

  SshParser(Flow flow, FlowFacts facts) {
    this.flow = flow;
    this.facts = facts;
    ssh = facts.add(new SshFacts());
  }

  /** What one side sent and is not read yet. */
  private static final class Side {
    final ByteAssembly bytes = new ByteAssembly(KEXINIT_LIMIT_BYTES);
    boolean versionRead;
    boolean finished;
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    Side side = direction == Direction.ORIGINATOR ? originator : responder;
    if (side.finished) {
      return false;
    }
    side.bytes.add(buffer, offset, length);
    if (!side.versionRead) {
      version(direction, side);
    }
    if (side.versionRead && !side.finished) {
      keyExchange(direction, side);
    }
    if (side.bytes.full()) {
      side.finished = true;
    }
    if (side.finished) {
      side.bytes.release();
    }
    return !side.finished;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    Side side = direction == Direction.ORIGINATOR ? originator : responder;
    side.finished = true;
    side.bytes.release();
    return false;
  }

  private void version(Direction direction, Side side) {
    byte[] bytes = side.bytes.bytes();
    int length = side.bytes.length();
    if (!Octets.agrees(bytes, 0, length, "SSH-")) {
      side.versionRead = true;
      return;
    }
    int end = 0;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    if (end == length && length <= VERSION_LIMIT_BYTES) {
      return;
    }
    int text = end > 0 && bytes[end - 1] == '\r' ? end - 1 : end;
    String version = Octets.readable(bytes, 0, text, VERSION_LIMIT_BYTES);
    if (isClient(direction)) {
      ssh.clientVersion = version;
    } else {
      ssh.serverVersion = version;
    }
    side.versionRead = true;
    side.bytes.drop(Math.min(length, end + 1));
    facts.changed();
  }

  private void keyExchange(Direction direction, Side side) {
    byte[] bytes = side.bytes.bytes();
    int length = side.bytes.length();
    if (length < 6) {
      return;
    }
    int packet = Octets.i32(bytes, 0);
    if (packet < SshProtocol.COOKIE_END
        || packet > KEXINIT_LIMIT_BYTES - 4
        || bytes[5] != SshProtocol.KEXINIT) {
      side.finished = true;
    } else if (length >= packet + 4) {
      Hassh.read(bytes, packet + 4, isClient(direction), ssh);
      side.finished = true;
      facts.changed();
    }
  }

  private boolean isClient(Direction direction) {
    return direction == flow.opener;
  }
}
