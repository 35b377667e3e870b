package dev.forensics.indexer.farm;

import dev.forensics.indexer.detect.Exchange;
import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Records of TLS and packets of SSH, joined at any byte. */
final class TlsSessions implements OrdinaryTraffic {
  @Override
  public OrdinaryFlow flow(Random random) {
    boolean tls = random.nextInt(3) != 0;
    Exchange exchange = Exchange.tcp();
    for (int side = 0; side < 2; side++) {
      byte[] all = tls ? records(random) : Fill.bytes(random, 36 * (1 + random.nextInt(90)));
      int from = random.nextInt(all.length);
      for (int at = from; at < all.length; at += 1460) {
        byte[] part = java.util.Arrays.copyOfRange(all, at, Math.min(all.length, at + 1460));
        if (side == 0) {
          exchange.client(part);
        } else {
          exchange.server(part);
        }
      }
    }
    return OrdinaryFlow.of(tls ? "TLS" : "SSH", exchange, tls ? 443 : 22)
        .named(tls ? "tls" : "ssh")
        .joined();
  }

  private static byte[] records(Random random) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int size = 20 + random.nextInt(3000);
      all.writeBytes(Fill.join(Fill.hex("170303"), Fill.big(2, size), Fill.bytes(random, size)));
    }
    return all.toByteArray();
  }
}
