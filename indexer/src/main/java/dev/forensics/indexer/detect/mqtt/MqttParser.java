package dev.forensics.indexer.detect.mqtt;

import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.wire.ByteAssembly;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/** Reads CONNECT and CONNACK, the first packet of each side. */
final class MqttParser implements ProtocolParser {
  private static final int PACKET_LIMIT = 4096;
  private static final int TEXT_LIMIT_BYTES = 128;
  private static final int USER_FLAG = 0x80;
  private static final int PASSWORD_FLAG = 0x40;
  private static final int WILL_FLAG = 0x04;

  private final Flow flow;
  private final FlowFacts facts;
  private final MqttFacts mqtt;
  private final ByteAssembly originator = new ByteAssembly(PACKET_LIMIT);
  private final ByteAssembly responder = new ByteAssembly(PACKET_LIMIT);

  MqttParser(Flow flow, FlowFacts facts) {
    this.flow = flow;
    this.facts = facts;
    mqtt = facts.add(new MqttFacts());
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    ByteAssembly side = direction == Direction.ORIGINATOR ? originator : responder;
    side.add(buffer, offset, length);
    byte[] bytes = side.bytes();
    int lengthBytes = MqttProtocol.lengthBytes(bytes, 1, side.length() - 1);
    if (lengthBytes < 0) {
      return false;
    }
    int start = 1 + lengthBytes;
    if (side.length() < start) {
      return true;
    }
    int end = start + remaining(bytes, lengthBytes);
    if (side.length() < end && !side.full()) {
      return true;
    }
    packet(direction, bytes, start, Math.min(end, side.length()));
    side.release();
    facts.changed();
    return false;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    return false;
  }

  private static int remaining(byte[] bytes, int lengthBytes) {
    int value = 0;
    for (int i = lengthBytes; i > 0; i--) {
      value = value << 7 | (bytes[i] & 0x7F);
    }
    return value;
  }

  private void packet(Direction direction, byte[] bytes, int start, int end) {
    int type = bytes[0] & 0xF0;
    if (type == MqttProtocol.CONNECT) {
      Endpoints.clientIs(flow, direction);
      connect(bytes, start, end);
    } else if (type == MqttProtocol.CONNACK && end - start >= 2) {
      mqtt.returnCode = bytes[start + 1] & 0xFF;
      CleartextLogins.answered(facts, mqtt.returnCode == 0);
    }
  }

  /**
   * Name, level, flags, keep-alive, in MQTT 5 properties; then the strings that the flags name.
   * They end where the packet ends, or a length is damaged: what looks like the user may be the
   * password.
   */
  private void connect(byte[] bytes, int start, int end) {
    int level = start + 2 + (start + 2 <= end ? Octets.u16(bytes, start) : 0);
    if (level + 4 > end) {
      return;
    }
    int number = bytes[level] & 0x7F;
    int flags = bytes[level + 1] & 0xFF;
    mqtt.version = number == 3 ? "3.1" : number == 4 ? "3.1.1" : "5";
    int identifier = number == 5 ? properties(bytes, level + 4, end) : level + 4;
    int user = next(bytes, identifier, end);
    if ((flags & WILL_FLAG) != 0) {
      user = number == 5 ? properties(bytes, user, end) : user;
      user = next(bytes, next(bytes, user, end), end);
    }
    int password = (flags & USER_FLAG) != 0 ? next(bytes, user, end) : user;
    int last = (flags & PASSWORD_FLAG) != 0 ? next(bytes, password, end) : password;
    if (last == end) {
      mqtt.clientId = text(bytes, identifier, end);
      mqtt.user = (flags & USER_FLAG) != 0 ? text(bytes, user, end) : null;
    }
    if ((flags & PASSWORD_FLAG) != 0) {
      CleartextLogins.sent(facts, "mqtt", "CONNECT", mqtt.user, true);
    }
  }

  private static int properties(byte[] bytes, int at, int end) {
    int size = 0;
    int shift = 0;
    for (int i = at; i < end && shift < 28; i++) {
      size |= (bytes[i] & 0x7F) << shift;
      shift += 7;
      if (bytes[i] >= 0) {
        return (int) Math.min(end, i + 1L + size);
      }
    }
    return end;
  }

  private static String text(byte[] bytes, int at, int end) {
    if (at + 2 > end) {
      return null;
    }
    int size = Math.min(Octets.u16(bytes, at), end - at - 2);
    return Octets.readable(bytes, at + 2, size, TEXT_LIMIT_BYTES);
  }

  /** Where the string that begins here ends; past the end where it is damaged. */
  private static int next(byte[] bytes, int at, int end) {
    return at + 2 > end ? end + 1 : Math.min(end + 1, at + 2 + Octets.u16(bytes, at));
  }
}
