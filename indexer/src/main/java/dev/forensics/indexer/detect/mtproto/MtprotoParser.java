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
  private byte[] pending = new byte[0];
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
    if (messages != null) {
      return read(direction, buffer, offset, length, timestampNanos);
    }
    if (client == null) {
      client = direction;
    }
    return direction != client || first(buffer, offset, length, timestampNanos);
  }

  /** The client's first bytes, until they tell the transport. */
  private boolean first(byte[] buffer, int offset, int length, long timestampNanos) {
    byte[] all = new byte[pending.length + length];
    System.arraycopy(pending, 0, all, 0, pending.length);
    System.arraycopy(buffer, offset, all, pending.length, length);
    switch (MtprotoProtocol.match(all, 0, all.length)) {
      case NO -> {
        return false;
      }
      case MORE -> {
        pending = all;
        return all.length < LOOK_LIMIT;
      }
      case YES -> {
        pending = new byte[0];
        int skip = begin(all);
        return messages != null && read(client, all, skip, all.length - skip, timestampNanos);
      }
    }
    return false;
  }

  private boolean read(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    boolean sentByClient = direction == client;
    FrameReader reader = sentByClient ? fromClient : fromServer;
    read(reader, sentByClient, buffer, offset, length, timestampNanos);
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
  private int begin(byte[] bytes) {
    Framing framing = MtprotoProtocol.framing(bytes, 0, bytes.length);
    int skip = framing == null ? Obfuscation.INIT_LENGTH : framing.tagLength;
    if (framing == null) {
      obfuscation = Obfuscation.open(bytes, 0);
      framing = obfuscation == null ? null : obfuscation.framing();
    }
    if (framing == null) {
      return 0;
    }
    Endpoints.clientIs(flow, client);
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
