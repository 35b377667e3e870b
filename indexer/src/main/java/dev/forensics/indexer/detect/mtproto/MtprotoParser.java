package dev.forensics.indexer.detect.mtproto;

import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * MTProto over TCP: the first messages of both sides. The first payload it gets is the client's,
 * since only a client's bytes identify the protocol.
 */
final class MtprotoParser implements ProtocolParser {
  /** More bytes of a direction are not looked at: the key exchange is over long before. */
  private static final long LOOK_LIMIT = 16_384;

  private final Flow flow;
  private final FlowFacts flowFacts;
  private Direction client;
  private Obfuscation obfuscation;
  private MtprotoMessages messages;
  private FrameReader fromClient;
  private FrameReader fromServer;
  private long clientBytes;
  private long serverBytes;

  MtprotoParser(Flow flow, FlowFacts flowFacts) {
    this.flow = flow;
    this.flowFacts = flowFacts;
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    int skip = 0;
    if (messages == null) {
      skip = begin(direction, buffer, offset, length);
      if (messages == null) {
        return false;
      }
    }
    boolean sentByClient = direction == client;
    FrameReader reader = sentByClient ? fromClient : fromServer;
    read(reader, sentByClient, buffer, offset + skip, length - skip, timestampNanos);
    long looked = sentByClient ? (clientBytes += length) : (serverBytes += length);
    return looked < LOOK_LIMIT && !reader.broken();
  }

  private void read(
      FrameReader reader,
      boolean sentByClient,
      byte[] buffer,
      int offset,
      int length,
      long timestampNanos) {
    if (length == 0) {
      return;
    }
    if (obfuscation == null) {
      reader.read(buffer, offset, length, messages, timestampNanos);
    } else {
      byte[] plain = obfuscation.remove(sentByClient, buffer, offset, length);
      reader.read(plain, 0, plain.length, messages, timestampNanos);
    }
  }

  /** Finds the transport; returns how many bytes its tag or init takes. */
  private int begin(Direction direction, byte[] buffer, int offset, int length) {
    Framing framing = MtprotoProtocol.framing(buffer, offset, length);
    int skip = framing == null ? Obfuscation.INIT_LENGTH : framing.tagLength;
    if (framing == null && length >= Obfuscation.INIT_LENGTH) {
      obfuscation = Obfuscation.open(buffer, offset);
      framing = obfuscation == null ? null : obfuscation.framing();
    }
    if (framing == null) {
      return 0;
    }
    client = direction;
    Endpoints.clientIs(flow, direction);
    messages = new MtprotoMessages(flowFacts, framing.transport);
    messages.facts().obfuscated = obfuscation != null;
    messages.facts().dataCentre = obfuscation == null ? 0 : obfuscation.dataCentre();
    messages.publish();
    fromClient = new FrameReader(framing, true);
    fromServer = new FrameReader(framing, false);
    return skip;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    return false;
  }
}
