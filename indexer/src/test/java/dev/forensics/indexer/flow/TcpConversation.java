package dev.forensics.indexer.flow;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.flow.TestPackets.Endpoint;
import java.nio.charset.StandardCharsets;

/** One TCP connection, packet by packet, into a flow table; each step takes a millisecond. */
final class TcpConversation {
  static final Endpoint CLIENT = new Endpoint(1, 50000);
  static final Endpoint SERVER = new Endpoint(2, 443);
  static final long STEP = 1_000_000L;
  private static final byte[] NOTHING = new byte[0];

  final FlowTable table;
  final TestPackets packets;
  final Endpoint client;
  final Endpoint server;
  long nanos;
  int clientSequence;
  int serverSequence;

  TcpConversation(FlowTable table) {
    this(table, new TestPackets(), CLIENT, SERVER, 1000, 5000);
  }

  TcpConversation(
      FlowTable table,
      TestPackets packets,
      Endpoint client,
      Endpoint server,
      int clientSequence,
      int serverSequence) {
    this.table = table;
    this.packets = packets;
    this.client = client;
    this.server = server;
    this.clientSequence = clientSequence;
    this.serverSequence = serverSequence;
  }

  TcpConversation later(long millis) {
    nanos += millis * 1_000_000L;
    return this;
  }

  DecodedPacket fromClient(int flags, int sequence, int ack, String payload) {
    nanos += STEP;
    return packets.tcp(nanos, client, server, flags, sequence, ack, bytes(payload));
  }

  DecodedPacket fromServer(int flags, int sequence, int ack, String payload) {
    nanos += STEP;
    return packets.tcp(nanos, server, client, flags, sequence, ack, bytes(payload));
  }

  TcpConversation send(DecodedPacket p) {
    table.packet(p);
    return this;
  }

  TcpConversation syn() {
    send(fromClient(TestPackets.SYN, clientSequence, 0, ""));
    clientSequence++;
    return this;
  }

  TcpConversation synAck() {
    send(fromServer(TestPackets.SYN | TestPackets.ACK, serverSequence, clientSequence, ""));
    serverSequence++;
    return this;
  }

  TcpConversation open() {
    return syn().synAck().clientAck();
  }

  TcpConversation clientAck() {
    return send(fromClient(TestPackets.ACK, clientSequence, serverSequence, ""));
  }

  TcpConversation serverAck() {
    return send(fromServer(TestPackets.ACK, serverSequence, clientSequence, ""));
  }

  TcpConversation client(String payload) {
    send(fromClient(TestPackets.ACK, clientSequence, serverSequence, payload));
    clientSequence += payload.length();
    return this;
  }

  TcpConversation server(String payload) {
    send(fromServer(TestPackets.ACK, serverSequence, clientSequence, payload));
    serverSequence += payload.length();
    return this;
  }

  /** A segment of the client that begins this many bytes behind its next one. */
  TcpConversation clientAhead(int ahead, String payload) {
    return send(fromClient(TestPackets.ACK, clientSequence + ahead, serverSequence, payload));
  }

  TcpConversation clientFin() {
    send(fromClient(TestPackets.FIN | TestPackets.ACK, clientSequence, serverSequence, ""));
    clientSequence++;
    return this;
  }

  TcpConversation serverFin() {
    send(fromServer(TestPackets.FIN | TestPackets.ACK, serverSequence, clientSequence, ""));
    serverSequence++;
    return this;
  }

  TcpConversation clientReset() {
    return send(fromClient(TestPackets.RST, clientSequence, 0, ""));
  }

  TcpConversation serverReset() {
    return send(fromServer(TestPackets.RST | TestPackets.ACK, serverSequence, clientSequence, ""));
  }

  private static byte[] bytes(String text) {
    return text.isEmpty() ? NOTHING : text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
