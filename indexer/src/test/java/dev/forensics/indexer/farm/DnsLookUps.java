package dev.forensics.indexer.farm;

import dev.forensics.indexer.detect.Exchange;
import java.util.Random;

/** Questions and answers of DNS with all ids, flags, types and options; NetBIOS, mDNS and LLMNR. */
final class DnsLookUps implements OrdinaryTraffic {
  private static final int[] PORTS = {53, 53, 53, 5353, 5355, 137};
  private static final int[] TYPES = {
    1, 28, 1, 28, 65, 64, 15, 16, 2, 6, 12, 33, 5, 35, 43, 48, 46, 47, 52, 257, 255, 0, 262, 65305
  };
  private static final int[] FLAGS = {0x0100, 0x0000, 0x0110, 0x0120, 0x0130, 0x2400, 0x2800};
  private static final int[] ANSWER_FLAGS = {
    0x8180, 0x8400, 0x8580, 0x8183, 0x8182, 0x81A0, 0x8505, 0x8380, 0xA400
  };

  @Override
  public OrdinaryFlow flow(Random random) {
    int port = PORTS[random.nextInt(PORTS.length)];
    int id = random.nextInt(1 << 16);
    byte[] question = question(random, port);
    byte[] ask = message(id, one(random, FLAGS), 1, 0, question, options(random));
    int answers = random.nextInt(9);
    byte[] records = records(random, answers);
    byte[] answer =
        message(
            id,
            one(random, ANSWER_FLAGS),
            1,
            answers,
            Fill.join(question, records),
            options(random));
    Exchange exchange = Exchange.udp();
    int seen = random.nextInt(4);
    if (seen != 0) {
      exchange.client(ask);
    }
    if (seen != 1) {
      exchange.server(answer);
    }
    return OrdinaryFlow.of("DNS", exchange, port).named("dns");
  }

  private static int one(Random random, int[] all) {
    return all[random.nextInt(all.length)];
  }

  /** Additional records stand behind a message; their count is 0 or 1. */
  private static byte[] message(
      int id, int flags, int questions, int answers, byte[] rest, byte[] options) {
    return Fill.join(
        Fill.big(2, id),
        Fill.big(2, flags),
        Fill.big(2, questions),
        Fill.big(2, answers),
        Fill.big(2, 0),
        Fill.big(2, options.length > 0 ? 1 : 0),
        rest,
        options);
  }

  private static byte[] question(Random random, int port) {
    byte[] name = port == 137 ? netbios(random) : name(Fill.host(random));
    int type = port == 137 ? 0x20 : one(random, TYPES);
    return Fill.join(name, Fill.big(2, type), Fill.big(2, random.nextInt(40) == 0 ? 255 : 1));
  }

  private static byte[] netbios(Random random) {
    byte[] name = new byte[34];
    name[0] = 32;
    for (int i = 1; i < 33; i++) {
      name[i] = (byte) ('A' + random.nextInt(16));
    }
    return name;
  }

  private static byte[] name(String host) {
    byte[] all = new byte[0];
    for (String label : host.split("\\.", -1)) {
      all = Fill.join(all, Fill.big(1, label.length()), Fill.ascii(label));
    }
    return Fill.join(all, new byte[1]);
  }

  private static byte[] records(Random random, int count) {
    byte[] all = new byte[0];
    for (int i = 0; i < count; i++) {
      int type = one(random, new int[] {1, 28, 5, 16, 46});
      int size = type == 1 ? 4 : type == 28 ? 16 : 4 + random.nextInt(60);
      byte[] head = Fill.join(Fill.hex("c00c"), Fill.big(2, type), Fill.hex("0001"));
      byte[] life = Fill.big(4, Fill.small(random));
      all = Fill.join(all, head, life, Fill.big(2, size), Fill.bytes(random, size));
    }
    return all;
  }

  /** None, EDNS, EDNS with a cookie, EDNS padded to a block. */
  private static byte[] options(Random random) {
    byte[] head = Fill.join(Fill.hex("000029"), Fill.hex("04d000000000"));
    return switch (random.nextInt(5)) {
      case 0 -> Fill.join(head, Fill.hex("0000"));
      case 1 -> Fill.join(head, Fill.hex("000c000a0008"), Fill.bytes(random, 8));
      case 2 -> {
        int padding = random.nextInt(128);
        yield Fill.join(
            head,
            Fill.big(2, padding + 4),
            Fill.hex("000c"),
            Fill.big(2, padding),
            new byte[padding]);
      }
      default -> new byte[0];
    };
  }
}
