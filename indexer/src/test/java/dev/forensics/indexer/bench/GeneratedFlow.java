package dev.forensics.indexer.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/**
 * A flow being made, a few packets a step: opening, first messages, bulk or small talk, closing.
 */
final class GeneratedFlow {
  private static final int FIN_ACK = 0x11;
  private static final int SYN = 0x02;
  private static final int SYN_ACK = 0x12;
  private static final int ACK = 0x10;
  private static final int PUSH_ACK = 0x18;

  private static final int QUIC_DATAGRAM = 1250;

  private enum Stage {
    OPENING,
    FIRST_MESSAGES,
    TALKING,
    ENDED
  }

  private final FlowKind kind;
  private final int clientAddress;
  private final int serverAddress;
  private final int clientPort;
  private final byte[][] firstMessages;
  private long remainingBytes;
  private int clientSequence;
  private int serverSequence;
  private long now;
  private Stage stage;

  GeneratedFlow(int number, FlowKind kind, long bytes, Random random) {
    this.kind = kind;
    remainingBytes = bytes;
    clientAddress = 0x0A00_0000 | 0x1000 + random.nextInt(4000);
    serverAddress = 0xC633_6400 + (random.nextInt(600) << 2); // from 198.51.100.0 upwards
    clientPort = 1024 + number % 64_000;
    clientSequence = random.nextInt();
    serverSequence = random.nextInt();
    firstMessages = FirstMessages.of(kind, number, random);
    stage = kind.tcp() ? Stage.OPENING : Stage.FIRST_MESSAGES;
  }

  boolean ended() {
    return stage == Stage.ENDED;
  }

  /** Writes the next packets, the first one at this time; returns the time of the last. */
  long step(PacketOutput output, long timestampNanos, Random random) throws IOException {
    now = timestampNanos;
    switch (stage) {
      case OPENING -> open(output);
      case FIRST_MESSAGES -> greet(output);
      case TALKING -> talk(output, random);
      case ENDED -> throw new IllegalStateException();
    }
    return now;
  }

  private void open(PacketOutput output) throws IOException {
    segment(output, true, SYN, null, 0);
    clientSequence++;
    now += 2000;
    segment(output, false, SYN_ACK, null, 0);
    serverSequence++;
    segment(output, true, ACK, null, 0);
    stage = Stage.FIRST_MESSAGES;
  }

  /** Client and server in turn. */
  private void greet(PacketOutput output) throws IOException {
    boolean fromClient = true;
    for (byte[] message : firstMessages) {
      for (int from = 0; from < message.length; from += PacketOutput.SEGMENT) {
        int length = Math.min(PacketOutput.SEGMENT, message.length - from);
        byte[] piece = Arrays.copyOfRange(message, from, from + length);
        send(output, fromClient, piece, length);
      }
      fromClient = !fromClient;
    }
    stage = Stage.TALKING;
    if (kind == FlowKind.DNS) {
      stage = Stage.ENDED;
    }
  }

  private void talk(PacketOutput output, Random random) throws IOException {
    for (int burst = 1 + random.nextInt(6); burst > 0 && remainingBytes > 0; burst--) {
      if (kind.bulk()) {
        bulk(output);
      } else {
        boolean fromClient = random.nextBoolean();
        send(output, fromClient, null, 8 + random.nextInt(90));
        acknowledge(output, !fromClient);
      }
    }
    if (remainingBytes <= 0) {
      close(output);
    }
  }

  /** Two full segments of the server and the client's acknowledgment. */
  private void bulk(PacketOutput output) throws IOException {
    int length = kind.tcp() ? PacketOutput.SEGMENT : QUIC_DATAGRAM;
    send(output, false, kind.bulkStart(), length);
    send(output, false, kind.bulkStart(), length);
    if (kind.tcp()) {
      acknowledge(output, true);
    } else {
      send(output, true, kind.bulkStart(), 36);
    }
  }

  private void close(PacketOutput output) throws IOException {
    stage = Stage.ENDED;
    if (kind.tcp()) {
      segment(output, true, FIN_ACK, null, 0);
      clientSequence++;
      segment(output, false, FIN_ACK, null, 0);
      serverSequence++;
      acknowledge(output, true);
    }
  }

  private void acknowledge(PacketOutput output, boolean fromClient) throws IOException {
    segment(output, fromClient, ACK, null, 0);
  }

  /** One packet: the first bytes of its payload, or null; the rest is random. */
  private void send(PacketOutput output, boolean fromClient, byte[] start, int length)
      throws IOException {
    if (kind.tcp()) {
      segment(output, fromClient, PUSH_ACK, start, length);
      clientSequence += fromClient ? length : 0;
      serverSequence += fromClient ? 0 : length;
    } else {
      remainingBytes -= output.packet(now, addresses(fromClient), ports(fromClient), start, length);
      now += 700;
    }
  }

  private void segment(PacketOutput output, boolean fromClient, int flags, byte[] start, int length)
      throws IOException {
    int sequence = fromClient ? clientSequence : serverSequence;
    int acknowledgment = flags == SYN ? 0 : fromClient ? serverSequence : clientSequence;
    output.tcpHeader(sequence, acknowledgment, flags);
    remainingBytes -= output.packet(now, addresses(fromClient), ports(fromClient), start, length);
    now += 700;
  }

  /** Source in the high half, destination in the low one. */
  private long addresses(boolean fromClient) {
    return fromClient
        ? ((long) clientAddress << 32) | (serverAddress & 0xFFFF_FFFFL)
        : ((long) serverAddress << 32) | (clientAddress & 0xFFFF_FFFFL);
  }

  private int ports(boolean fromClient) {
    return fromClient ? clientPort << 16 | kind.port() : kind.port() << 16 | clientPort;
  }
}
