package dev.forensics.indexer.farm;

import dev.forensics.indexer.detect.Exchange;
import java.util.List;
import java.util.Random;

/** Binary protocols over TCP that have no name here, from the beginning or joined in the middle. */
final class BinaryServices implements OrdinaryTraffic {
  private record Service(String name, int port, String client, String server) {}

  private static final List<Service> SERVICES =
      List.of(
          new Service(
              "MySQL",
              3306,
              "20 000001 85a67f20 00000001 21 z23 T12 00 14 r20",
              "4a 000000 0a '8.0.36 00 b4 r8 00 ffff 21 0200 ffc7 15 z10 r12 00"),
          new Service(
              "PostgreSQL",
              5432,
              "00000026 00030000 'user 00 t8 00 'database 00 t4 0000",
              "52 00000008 00000005 r4 53 b4 T30 00"),
          new Service("PostgreSQL SSL", 5432, "00000008 04d2162f", "4e"),
          new Service(
              "MongoDB",
              27017,
              "l4 l4 z4 dd070000 z4 00 l4 10 'hello 00 01000000 00",
              "l4 l4 l4 dd070000 z4 00 R90"),
          new Service("Kafka", 9092, "b4 0012 0003 b4 0007 t7 R40", "00000004 00000000"),
          new Service(
              "Kafka answer", 9092, "00000004 z4 00000004 00000001", "0000 0006 04 z4 0003 R30"),
          new Service("Cassandra", 9042, "04 00 0000 05 00000000", "84 00 0000 06 b4 R60"),
          new Service("AMQP", 5672, "'AMQP 00000901", "01 0000 b4 000a000a 00 09 b4 R200 ce"),
          new Service(
              "LDAP",
              389,
              "30 0c 020101 6007 020103 0400 8000",
              "30 0c 020101 6107 0a0100 0400 0400"),
          new Service("Modbus", 502, "b2 0000 0006 01 03 b2 b2", "b2 0000 b2 01 03 R60"),
          new Service(
              "S7",
              102,
              "0300 0016 11 e0 0000 00 01 00 c1 02 0100 c2 02 0102 c0 01 0a",
              "0300 0016 11 d0 0001 00 01 00 c0 01 0a c1 02 0100 c2 02 0102"),
          new Service(
              "S7 data",
              102,
              "0300 001f 02 f0 80 32 01 0000 b2 0008 0000 R30",
              "0300 001b 02 f0 80 32 03 0000 R30"),
          new Service(
              "H.323", 1720, "0300 b2 08 02 b2 05 04 03 8890a5 R60", "0300 b2 08 02 r2 0d R40"),
          new Service("DNP3", 20000, "0564 05 c9 0100 0000 r2", "0564 0a 44 0000 0100 r2 R20"),
          new Service(
              "BGP",
              179,
              "ffffffffffffffffffffffffffffffff 001d 01 04 b2 00b4 r4 00",
              "ffffffffffffffffffffffffffffffff 0013 04"),
          new Service("RTMP", 1935, "03 z4 z4 r1528", "03 z8 r1528"),
          new Service(
              "DCE/RPC",
              135,
              "05 00 0b 03 10000000 4800 0000 l4 b810 b810 z4 R60",
              "05 00 0c 03 10000000 R60"),
          new Service(
              "DCE/RPC auth", 49152, "05 00 00 83 10000000 R90", "05 00 02 03 10000000 R90"),
          new Service("VNC", 5900, "'RFB_003.008 0a 01 01 r16", "'RFB_003.008 0a 01 02 r16"),
          new Service(
              "X11",
              6000,
              "6c 00 0b00 0000 1200 1000 0000 'MIT-MAGIC-COOKIE-1 0000 r16",
              "01 00 0b00 0000 R90"),
          new Service(
              "Minecraft",
              25565,
              "10 00 fd05 09 'localhost 63dd 01 0100",
              "7b 00 79 '{\"version\": T80"),
          new Service(
              "ZMTP",
              5555,
              "ff 00000000 00000001 7f 03 00 'NULL z16 z32",
              "ff 00000000 00000001 7f 03 00 'NULL z16"),
          new Service("RADIUS sec", 2083, "01 r1 b2 r16 R60", "02 r1 b2 r16"),
          new Service(
              "iSCSI", 3260, "43 87 0000 z4 r8 b4 b4 z16 'InitiatorName= T30", "23 87 0000 z4 R60"),
          new Service(
              "NFS",
              2049,
              "80 00 b2 r4 00000000 00000002 000186a3 00000003 b4 R60",
              "80 00 b2 r4 00000001 z4 R60"),
          new Service(
              "Diameter",
              3868,
              "01 b3 80 000101 00000000 r4 r4 R90",
              "01 b3 00 000101 00000000 r4 r4 R90"),
          new Service(
              "Oracle",
              1521,
              "b2 0000 01 00 0000 0136 012c 0000 2000 '(DESCRIPTION= T60",
              "b2 0000 02 00 0000 R30"),
          new Service(
              "TDS", 1433, "12 01 002f 0000 0100 0000 1a 0006 R40", "04 01 0025 0000 0100 R40"),
          new Service("length LE", 7001, "l4 01000000 R90", "l4 02000000 R90"),
          new Service(
              "length BE",
              7002,
              "00000004 00000000 00000004 00000000",
              "00000006 04 z5 0003 b4 b4"),
          new Service("length BE text", 7003, "b4 T90", "b4 T90"),
          new Service(
              "delimited protobuf", 7004, "b1 08 01 12 10 r16 1a b1 T20", "b1 08 02 12 b1 T30"),
          new Service("netcat screen", 7005, "1b5b 'H 1b5b '2J T80", "fffe 0d00 0a00 t8"),
          new Service("VPN", 7006, "R4 b2 R900", "R4 b2 R900"),
          new Service("0x05 01", 7007, "05 01 b2 b2 R60", "05 00 b2 R60"),
          new Service("0x04 01", 7008, "04 01 b2 b4 T8 R30", "04 5a b2 r4"),
          new Service("like CONNACK", 7009, "20 02 00 00 b1 R20", "20 02 00 00 b1 T20 R9"),
          new Service("MP3", 7010, "fffb 3264 z4 r200", "fffb 9064 b2 r400"),
          new Service(
              "pattern", 7011, "eeeeeeee eeeeeeee eeeeeeee R9", "dddddddd dddddddd dddddddd"),
          new Service("pattern and number", 7012, "eeeeeeee l4 t40", "ef b1 t40"));

  @Override
  public OrdinaryFlow flow(Random random) {
    Service service = SERVICES.get(random.nextInt(SERVICES.size()));
    Exchange exchange = Exchange.tcp();
    int seen = random.nextInt(6);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      if (seen != 0) {
        exchange.client(Template.fill(service.client(), random));
      }
      if (seen != 1) {
        exchange.server(Template.fill(service.server(), random));
      }
    }
    int port = random.nextInt(4) == 0 ? Fill.port(random) : service.port();
    OrdinaryFlow flow = OrdinaryFlow.of(service.name(), exchange, port);
    return random.nextInt(3) == 0 ? flow.joined() : flow;
  }
}
