package dev.forensics.indexer.samples;

import dev.forensics.indexer.decode.PacketBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A TCP connection as a capture near the client shows it: sequence numbers, acknowledgments and
 * times follow from what each side says. Its frames can be left out, doubled and swapped.
 */
final class Conversation {
  /** Payload bytes of a full segment. */
  static final int SEGMENT = 1448;

  private static final int ACK = PacketBuilder.ACK;
  private static final int PUSH = PacketBuilder.PSH | PacketBuilder.ACK;
  private static final int FINISH = PacketBuilder.FIN | PacketBuilder.ACK;

  private final Route route;
  private final Random random;
  private final List<Frame> frames = new ArrayList<>();
  private int clientSequence;
  private int serverSequence;
  private long now;

  Conversation(Route route, Random random, long startNanos) {
    this.route = route;
    this.random = random;
    clientSequence = random.nextInt();
    serverSequence = random.nextInt();
    now = startNanos;
  }

  /** The three-way handshake. */
  Conversation open() {
    synchronize();
    now += route.roundTripNanos() + jitter();
    add(false, PacketBuilder.SYN | ACK);
    serverSequence++;
    now += jitter();
    add(true, ACK);
    return this;
  }

  /** The client's first packet alone. */
  Conversation synchronize() {
    add(true, PacketBuilder.SYN);
    clientSequence++;
    return this;
  }

  Conversation client(byte[] payload) {
    return send(true, payload, SEGMENT).acknowledge(false);
  }

  Conversation client(String payload) {
    return client(new Bytes().text(payload).toArray());
  }

  /** As {@link #client(byte[])}, in segments of at most this many bytes. */
  Conversation clientInPieces(byte[] payload, int segmentBytes) {
    return send(true, payload, segmentBytes).acknowledge(false);
  }

  /** What the client sends and nobody acknowledges. */
  Conversation clientUnheard(byte[] payload) {
    return send(true, payload, SEGMENT);
  }

  Conversation server(byte[] payload) {
    now += route.roundTripNanos() / 2 + random.nextInt(8_000_000);
    return send(false, payload, SEGMENT).acknowledge(true);
  }

  Conversation server(String payload) {
    return server(new Bytes().text(payload).toArray());
  }

  Conversation pause(long nanos) {
    now += nanos;
    return this;
  }

  /** Both sides close, the client first. */
  Conversation close() {
    return finish(true);
  }

  /** Both sides close, the server first. */
  Conversation closeByServer() {
    return finish(false);
  }

  Conversation resetByServer() {
    now += route.roundTripNanos() + jitter();
    add(false, PacketBuilder.RST | ACK);
    return this;
  }

  /** The last frame once more, unchanged, this much later: a retransmission. */
  Conversation again(long nanosLater) {
    return again(frames.size() - 1, nanosLater);
  }

  /** This frame once more, unchanged. */
  Conversation again(int frame, long nanosLater) {
    now += nanosLater;
    frames.add(new Frame(now, frames.get(frame).bytes()));
    return this;
  }

  /** Swaps two frames in the order of the wire; the times stay. */
  Conversation swap(int first, int second) {
    Frame one = frames.get(first);
    Frame other = frames.get(second);
    frames.set(first, new Frame(one.timestampNanos(), other.bytes()));
    frames.set(second, new Frame(other.timestampNanos(), one.bytes()));
    return this;
  }

  /** Forgets every frame so far: the capture begins here. */
  Conversation captureStartsHere() {
    frames.clear();
    return this;
  }

  long now() {
    return now;
  }

  List<Frame> frames() {
    return frames;
  }

  private Conversation finish(boolean clientFirst) {
    now += jitter();
    add(clientFirst, FINISH);
    advance(clientFirst, 1);
    now += route.roundTripNanos();
    add(!clientFirst, FINISH);
    advance(!clientFirst, 1);
    return acknowledge(clientFirst);
  }

  private Conversation send(boolean fromClient, byte[] payload, int segmentBytes) {
    for (int from = 0; from < payload.length; from += segmentBytes) {
      int to = Math.min(payload.length, from + segmentBytes);
      now += jitter();
      add(fromClient, to == payload.length ? PUSH : ACK, Arrays.copyOfRange(payload, from, to));
      advance(fromClient, to - from);
    }
    return this;
  }

  private Conversation acknowledge(boolean fromClient) {
    now += fromClient ? jitter() : route.roundTripNanos() + jitter();
    add(fromClient, ACK);
    return this;
  }

  private void add(boolean fromClient, int flags, byte... payload) {
    PacketBuilder packet =
        fromClient
            ? route.packet(true).tcp(route.clientPort(), route.serverPort())
            : route.packet(false).tcp(route.serverPort(), route.clientPort());
    boolean first = flags == PacketBuilder.SYN;
    packet
        .flags(flags)
        .sequence(fromClient ? clientSequence : serverSequence)
        .acknowledgment(first ? 0 : fromClient ? serverSequence : clientSequence)
        .window(64240);
    frames.add(new Frame(now, packet.payload(payload).build()));
  }

  private void advance(boolean client, int bytes) {
    if (client) {
      clientSequence += bytes;
    } else {
      serverSequence += bytes;
    }
  }

  private long jitter() {
    return 40_000L + random.nextInt(260_000);
  }
}
