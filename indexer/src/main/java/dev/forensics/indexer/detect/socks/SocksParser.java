package dev.forensics.indexer.detect.socks;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.wire.ByteAssembly;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * Reads what client and proxy say until the proxy grants the client's request; what follows is the
 * stream within.
 */
final class SocksParser implements ProtocolParser {
  /** Greeting, login with two fields of 255 bytes and request with a name of 255 bytes. */
  private static final int OPENING_LIMIT = 1200;

  private static final int OWN_BYTES = 1_000;

  private final Flow flow;
  private final ByteAssembly originator = new ByteAssembly(OPENING_LIMIT);
  private final ByteAssembly responder = new ByteAssembly(OPENING_LIMIT);
  private final SocksTunnel tunnel;
  private FlowFacts facts;
  private SocksFacts socks;
  private ClientOpening client;
  private ProxyOpening proxy;

  SocksParser(Flow flow, FlowFacts facts) {
    this.flow = flow;
    this.facts = facts;
    socks = facts.add(new SocksFacts());
    tunnel = new SocksTunnel(flow);
    client = new ClientOpening(facts, socks);
    proxy = new ProxyOpening(facts, socks);
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    boolean fromClient = direction == flow.opener;
    int end = fromClient ? client.end() : proxy.end();
    if (end == Opening.MORE) {
      return opening(direction, fromClient, buffer, offset, length, timestampNanos);
    }
    return end > 0 && within(direction, fromClient, buffer, offset, length, timestampNanos);
  }

  private boolean opening(
      Direction direction,
      boolean fromClient,
      byte[] buffer,
      int offset,
      int length,
      long timestampNanos) {
    ByteAssembly side = direction == Direction.ORIGINATOR ? originator : responder;
    int before = side.length();
    side.add(buffer, offset, length);
    Opening opening = fromClient ? client : proxy;
    opening.read(side.bytes(), side.length());
    if (opening.end() == Opening.MORE && !side.full()) {
      return true;
    }
    side.release();
    if (opening.end() <= 0) {
      opening.fail();
      return false;
    }
    int used = opening.end() - before;
    decide();
    return used >= length
        || within(direction, fromClient, buffer, offset + used, length - used, timestampNanos);
  }

  /** A request and its answer were read, or one of them. */
  private void decide() {
    if (socks.reply == 0) {
      if (client.end() != Opening.MORE) {
        tunnel.granted(facts, socks);
      }
    } else if (socks.reply > 0) {
      tunnel.refused();
    }
  }

  private boolean within(
      Direction direction,
      boolean fromClient,
      byte[] buffer,
      int offset,
      int length,
      long timestampNanos) {
    return tunnel.payload(
        direction, fromClient, buffer, offset, length, timestampNanos, facts, socks);
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    Opening opening = direction == flow.opener ? client : proxy;
    if (opening.end() <= 0) {
      opening.fail();
      return false;
    }
    return tunnel.gap(direction, lengthBytes, timestampNanos);
  }

  @Override
  public void ended() {
    tunnel.ended(facts, socks);
  }

  @Override
  public boolean nextSegment(FlowFacts next) {
    SocksFacts fresh = new SocksFacts();
    fresh.version = socks.version;
    fresh.command = socks.command;
    fresh.targetHost = socks.targetHost;
    fresh.targetPort = socks.targetPort;
    fresh.reply = socks.reply;
    facts = next;
    socks = next.add(fresh);
    client.nextSegment(next, fresh);
    proxy.nextSegment(next, fresh);
    tunnel.nextSegment(next, fresh);
    return true;
  }

  @Override
  public int keptBytes(long givenBytes) {
    return OWN_BYTES + originator.bytes().length + responder.bytes().length + tunnel.keptBytes();
  }
}
