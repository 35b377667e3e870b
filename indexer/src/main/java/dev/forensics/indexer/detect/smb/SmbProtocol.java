package dev.forensics.indexer.detect.smb;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows SMB by a NetBIOS session message (RFC 1002 4.3.1: type 0, length) that carries "SMB" behind
 * 0xFF (SMB 1), 0xFE (SMB 2 and 3), 0xFD (encrypted) or 0xFC (compressed); also midstream. On port
 * 139 a session request comes first: type 0x81, length 68, two encoded names.
 *
 * <p>Random bytes: type, first length bits and magic are 2^-45; the session request is under 2^-60.
 */
public final class SmbProtocol implements Protocol {
  static final int SESSION_MESSAGE = 0;
  static final int NBSS_HEADER = 4;
  private static final int SESSION_REQUEST = 0x81;
  private static final int REQUEST_LENGTH = 68;
  private static final int MAGIC_LENGTH = 4;

  @Override
  public String name() {
    return "smb";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    int type = Octets.u8(buffer, offset);
    if (type == SESSION_REQUEST) {
      return sessionRequest(buffer, offset, length);
    }
    if (type != SESSION_MESSAGE) {
      return Match.NO;
    }
    int magic = Math.min(length - NBSS_HEADER, MAGIC_LENGTH);
    if ((length > 1 && (buffer[offset + 1] & 0xF0) != 0) || !magic(buffer, offset + 4, magic)) {
      return Match.NO;
    }
    if (length < NBSS_HEADER + MAGIC_LENGTH) {
      return Match.MORE;
    }
    return Octets.u24(buffer, offset + 1) >= 32 ? Match.YES : Match.NO;
  }

  static boolean magic(byte[] buffer, int offset, int length) {
    if (length > 0 && Octets.u8(buffer, offset) < 0xFC) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      if (buffer[offset + i] != "?SMB".charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static Match sessionRequest(byte[] buffer, int offset, int length) {
    if ((length > 3 && Octets.u24(buffer, offset + 1) != REQUEST_LENGTH)
        || (length > 4 && buffer[offset + 4] != 0x20)) {
      return Match.NO;
    }
    int names = Math.min(length, 37);
    for (int i = 5; i < names; i++) {
      byte value = buffer[offset + i];
      if (value < 'A' || value > 'P') {
        return Match.NO;
      }
    }
    return length >= 37 ? Match.YES : Match.MORE;
  }

  @Override
  public boolean recognizableMidstream() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new SmbParser(flow, facts);
  }
}
