package dev.forensics.indexer.farm;

import dev.forensics.indexer.detect.Exchange;
import java.util.Random;

/** Bytes of every length that say nothing: encrypted, compressed, padded; over TCP and UDP. */
final class RandomBytes implements OrdinaryTraffic {
  @Override
  public OrdinaryFlow flow(Random random) {
    Exchange exchange = random.nextBoolean() ? Exchange.tcp() : Exchange.udp();
    int messages = 1 + random.nextInt(4);
    for (int i = 0; i < messages; i++) {
      byte[] bytes = bytes(random);
      if (random.nextBoolean()) {
        exchange.client(bytes);
      } else {
        exchange.server(bytes);
      }
    }
    OrdinaryFlow flow = OrdinaryFlow.of("random bytes", exchange, Fill.port(random));
    return exchange.stream() && random.nextBoolean() ? flow.joined() : flow;
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = Fill.bytes(random, 1 + random.nextInt(random.nextBoolean() ? 64 : 600));
    int lead = random.nextInt(4);
    for (int i = 0; i < Math.min(lead, bytes.length); i++) {
      bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(16) : 0);
    }
    return bytes;
  }
}
