package dev.forensics.indexer.farm;

import dev.forensics.indexer.detect.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Files as they stand, without a protocol around them: FTP data, netcat, backups. */
final class FileTransfers implements OrdinaryTraffic {
  private static final String[] MAGICS = {
    "ffd8ffe000104a464946",
    "fffb9064",
    "fffb3264",
    "fff15080",
    "efbbbf",
    "fffe",
    "feff",
    "1f8b08",
    "504b0304",
    "89504e470d0a1a0a",
    "25504446",
    "7f454c46",
    "4d5a",
    "cafebabe",
    "000001ba",
    "000001b3",
    "47400010",
    "0000002066747970",
    "52494646",
    "4f676753",
    "1a45dfa3",
    "424d",
    "494433",
    "30820395",
    "00000000"
  };

  @Override
  public OrdinaryFlow flow(Random random) {
    byte[] file = file(random);
    Exchange exchange = Exchange.tcp();
    boolean up = random.nextBoolean();
    int from = random.nextInt(3) == 0 ? random.nextInt(file.length) : 0;
    for (int at = from; at < file.length; at += 1460) {
      byte[] part = java.util.Arrays.copyOfRange(file, at, Math.min(file.length, at + 1460));
      if (up) {
        exchange.client(part);
      } else {
        exchange.server(part);
      }
    }
    OrdinaryFlow flow = OrdinaryFlow.of("file", exchange, Fill.port(random));
    return from > 0 ? flow.joined() : flow;
  }

  private static byte[] file(Random random) {
    int size = 40 + random.nextInt(4000);
    byte[] magic = Fill.hex(Fill.one(random, MAGICS));
    return switch (random.nextInt(6)) {
      case 0 -> Fill.ascii(lines(random, size));
      case 1 ->
          Fill.join(Fill.hex("fffe"), lines(random, size).getBytes(StandardCharsets.UTF_16LE));
      case 2 -> Fill.join(Fill.hex("fffe"), han(random, size).getBytes(StandardCharsets.UTF_16LE));
      case 3 -> Fill.join(Fill.hex("efbbbf"), han(random, size).getBytes(StandardCharsets.UTF_8));
      default -> Fill.join(magic, Fill.bytes(random, size));
    };
  }

  private static String lines(Random random, int size) {
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      text.append(Fill.words(random, 1 + random.nextInt(7)));
      text.append(random.nextInt(50) == 0 ? " HTTP/1.1" : "")
          .append(random.nextBoolean() ? "\r\n" : "\n");
    }
    return text.toString();
  }

  private static String han(Random random, int size) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size / 2; i++) {
      text.append((char) (0x4E00 + random.nextInt(0x51A5)));
    }
    return text.toString();
  }
}
