package dev.forensics.indexer.detect.mtproto;

import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * MTProto over TCP: the messages of both sides, of which only the beginnings are looked at; the
 * framing tells where they are. The first payload it gets is the client's, since only a client's
 * bytes identify the protocol.
 */
final class MtprotoParser implements ProtocolParser {
  /** A transport that is not known by then is none. */
  private static final int LOOK_LIMIT = 16_384;

  private final Flow flow;
  private FlowFacts flowFacts;
  private Direction client;
  private byte[] pending = new byte[0];
  private MtprotoMessages messages;
  private FrameReader fromClient;
  private FrameReader fromServer;

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
    FrameReader reader = direction == client ? fromClient : fromServer;
    reader.read(buffer, offset, length, messages, timestampNanos);
    return !reader.broken();
  }

  /** Finds the transport; returns how many bytes its tag or init takes. */
  private int begin(byte[] bytes) {
    Framing framing = MtprotoProtocol.framing(bytes, 0, bytes.length);
    int skip = framing == null ? Obfuscation.INIT_LENGTH : framing.tagLength;
    Obfuscation obfuscation = null;
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
    fromClient =
        new FrameReader(framing, true, obfuscation == null ? null : obfuscation.side(true));
    fromServer =
        new FrameReader(framing, false, obfuscation == null ? null : obfuscation.side(false));
    return skip;
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    if (messages == null) {
      return false;
    }
    FrameReader reader = direction == client ? fromClient : fromServer;
    return reader.gap(lengthBytes, messages, timestampNanos);
  }

  @Override
  public boolean nextSegment(FlowFacts next) {
    flowFacts = next;
    if (messages != null) {
      messages.nextSegment(next);
    }
    return true;
  }
}
