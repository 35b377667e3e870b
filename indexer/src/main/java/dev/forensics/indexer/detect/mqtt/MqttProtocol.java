package dev.forensics.indexer.detect.mqtt;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Knows MQTT by the client's CONNECT: type 1, remaining length, then the protocol's name and level.
 * A server alone is known by CONNACK and a second packet of the kinds that follow it.
 *
 * <p>Random bytes: CONNECT is under 2^-56; CONNACK and the packet after it under 2^-40.
 */
public final class MqttProtocol implements Protocol {
  static final int CONNECT = 0x10;
  static final int CONNACK = 0x20;
  private static final int LENGTH_BYTES_LIMIT = 4;

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == 6;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    int type = Octets.u8(buffer, offset);
    if (type == CONNACK) {
      boolean mayBe = flow.midstream || direction != flow.opener;
      return mayBe ? server(buffer, offset, length) : Match.NO;
    }
    if (type != CONNECT) {
      return Match.NO;
    }
    int name = 1 + lengthBytes(buffer, offset + 1, length - 1);
    if (name == 0) {
      return Match.NO;
    }
    if (name >= length) {
      return Match.MORE;
    }
    return name(buffer, offset + name, length - name);
  }

  /** Bytes of the remaining length; -1 when it is no number, or the bytes so far plus 1. */
  static int lengthBytes(byte[] buffer, int offset, int length) {
    for (int i = 0; i < Math.min(length, LENGTH_BYTES_LIMIT); i++) {
      if (buffer[offset + i] >= 0) {
        return i + 1;
      }
    }
    return length < LENGTH_BYTES_LIMIT ? length + 1 : -1;
  }

  private static Match name(byte[] buffer, int offset, int length) {
    if (buffer[offset] != 0) {
      return Match.NO;
    }
    if (length < 2) {
      return Match.MORE;
    }
    String word = buffer[offset + 1] == 4 ? "MQTT" : "MQISDP";
    boolean fits = buffer[offset + 1] == word.length();
    if (!fits || !Octets.agrees(buffer, offset + 2, length - 2, word)) {
      return Match.NO;
    }
    int level = 2 + word.length();
    if (length <= level) {
      return Match.MORE;
    }
    int number = buffer[offset + level] & 0x7F;
    return number >= 3 && number <= 5 ? Match.YES : Match.NO;
  }

  /** CONNACK of 3.1.1: 20 02, session flag, code; then a SUBACK, PUBACK, PINGRESP or PUBLISH. */
  private static Match server(byte[] buffer, int offset, int length) {
    if ((length > 1 && buffer[offset + 1] != 2)
        || (length > 2 && (buffer[offset + 2] & 0xFE) != 0)
        || (length > 3 && buffer[offset + 3] != 0)) {
      return Match.NO;
    }
    if (length < 6) {
      return Match.MORE;
    }
    int size = buffer[offset + 5];
    return switch (Octets.u8(buffer, offset + 4)) {
      case 0x90 -> subscribed(buffer, offset + 6, length - 6, size);
      case 0x40, 0x50, 0x70 -> size == 2 ? Match.YES : Match.NO;
      case 0xD0 -> size == 0 ? Match.YES : Match.NO;
      default -> Match.NO;
    };
  }

  /** A packet id, then a quality of service, or a refusal, for each topic. */
  private static Match subscribed(byte[] buffer, int offset, int length, int size) {
    if (size < 3 || size >= 16) {
      return Match.NO;
    }
    for (int i = 2; i < Math.min(size, length); i++) {
      int code = Octets.u8(buffer, offset + i);
      if (code > 2 && code != 0x80) {
        return Match.NO;
      }
    }
    return length >= size ? Match.YES : Match.MORE;
  }

  @Override
  public boolean ownsBothSides() {
    return true;
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new MqttParser(flow, facts);
  }
}
