package dev.forensics.indexer.live;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;

/**
 * Sends numbered UDP packets, from a process of its own: arguments are address, port, count and the
 * pause in milliseconds after each 100.
 */
public final class NumberedPackets {
  /** First bytes of each; the number follows as 4 bytes. */
  static final int MAGIC = 0x6e756d23;

  private static final int LENGTH = 100;
  private static final int BURST = 100;

  private NumberedPackets() {}

  /** Sends them. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    InetAddress address = InetAddress.getByName(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    long pause = Long.parseLong(arguments[3]);
    ByteBuffer payload = ByteBuffer.allocate(LENGTH);
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int number = 0; number < count; number++) {
        payload.putInt(0, MAGIC).putInt(4, number);
        send(socket, new DatagramPacket(payload.array(), LENGTH, address, port));
        if (number % BURST == BURST - 1) {
          Thread.sleep(pause);
        }
      }
    }
  }

  private static void send(DatagramSocket socket, DatagramPacket packet) throws IOException {
    try {
      socket.send(packet);
    } catch (PortUnreachableException e) {
      // Nobody listens: the packet was on the cable all the same.
    }
  }
}
