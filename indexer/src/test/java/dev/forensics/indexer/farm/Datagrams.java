package dev.forensics.indexer.farm;

import dev.forensics.indexer.detect.Exchange;
import java.util.List;
import java.util.Random;

/** Protocols over UDP that have no name here: none may get another one's. */
final class Datagrams implements OrdinaryTraffic {
  private record Service(String name, int port, String client, String server) {}

  private static final List<Service> SERVICES =
      List.of(
          new Service(
              "NTP",
              123,
              "23 00 06 ec z36 u4 r4",
              "24 01 03 e9 z4 r4 'GPS 00 u4 r4 u4 r4 u4 r4 u4 r4"),
          new Service("NTP control", 123, "16 02 b2 z8", "d6 82 b2 z2 z2 z2 b2 'version= T60"),
          new Service(
              "SNMP 2c",
              161,
              "30 2c 020101 0406 'public a01f 0204 r4 020100 020100 3011 300f 060b 2b06010201010300 0500",
              "30 3c 020101 0406 'public a22f 0204 r4 020100 020100 R40"),
          new Service(
              "RADIUS", 1812, "01 r1 b2 r16 01 0a t8 02 12 r16 04 06 r4", "02 r1 b2 r16 R60"),
          new Service("TFTP", 69, "00 01 T12 00 'octet 00", "00 03 00 01 R512"),
          new Service(
              "DHCP",
              67,
              "01 01 06 00 r4 b2 8000 z16 r6 z10 z64 z128 63825363 350101 R60 ff",
              "02 01 06 00 r4 z4 r4 r4 z4 r6 z10 z64 z128 63825363 350102 R60 ff"),
          new Service("CoAP", 5683, "40 01 r2 b3 '.well-known 04 'core", "60 45 r2 ff T60"),
          new Service("CoAP token", 5683, "48 01 r2 r8 b1 t8", "68 45 r2 r8 c0 ff R60"),
          new Service(
              "KNX",
              3671,
              "06 10 02 01 00 0e 08 01 r4 b2",
              "06 10 02 02 00 48 08 01 r4 0e57 3601 02 00 r10 T30 z20"),
          new Service(
              "BACnet",
              47808,
              "81 0a 00 11 01 04 00 05 01 0c 0c 02 r3 19 55",
              "81 0a 00 17 01 00 30 01 0c 0c R20"),
          new Service("RTP", 40000, "80 00 r2 r4 r4 r160", "80 00 r2 r4 r4 r160"),
          new Service(
              "RTP video", 40000, "80 e0 r2 r4 r4 R1200", "90 60 r2 r4 r4 bede 0001 r4 R900"),
          new Service(
              "RTCP",
              40001,
              "80 c8 00 06 r4 u4 r4 r4 b4 b4 81 ca 00 04 r4 01 08 t8 0000",
              "81 c9 00 07 r4 r4 z4 b4 b4 r4 r4"),
          new Service(
              "IKE",
              500,
              "r8 z8 21 20 22 08 z4 b4 22 00 00 30 R300",
              "r8 r8 21 20 22 20 z4 b4 R300"),
          new Service(
              "IKE NAT-T",
              4500,
              "z4 r8 r8 2e 20 23 08 00000001 b4 R200",
              "z4 r8 r8 2e 20 23 20 00000001 b4 R200"),
          new Service("ESP in UDP", 4500, "r4 b4 R400", "r4 b4 R400"),
          new Service("NAT keep-alive", 4500, "ff", "ff"),
          new Service(
              "L2TP",
              1701,
              "c8 02 b2 z8 8008 z2 00 01 8008 z2 0002 0100 R60",
              "c8 02 b2 b2 z2 z2 00 01 8008 R60"),
          new Service(
              "SIP",
              5060,
              "'OPTIONS_sip: t8 '@x_SIP/2.0 0d0a 'Via:_SIP/2.0/UDP_ t8 0d0a0d0a",
              "'SIP/2.0_200_OK 0d0a 'Via:_ t8 0d0a0d0a"),
          new Service("NetFlow 5", 2055, "00 05 b2 b4 u4 b4 b4 00 00 b2 R900", "00 05 b2 b4 u4"),
          new Service("NetFlow 9", 9995, "00 09 b2 b4 u4 b4 b4 00 00 b2 R900", "00 09 b2 b4 u4"),
          new Service("IPFIX", 4739, "00 0a b2 u4 b4 b4 00 02 b2 01 00 R300", "00 0a b2 u4"),
          new Service("sFlow", 6343, "00000005 00000001 r4 z4 b4 b4 b4 R500", "00000005"),
          new Service(
              "Source query",
              27015,
              "ffffffff 'TSource_Engine_Query 00",
              "ffffffff 49 11 T30 00 T8 00 R60"),
          new Service(
              "Quake 3", 27960, "ffffffff 'getstatus_ T8", "ffffffff 'statusResponse 0a 5c T60"),
          new Service(
              "RakNet",
              19132,
              "01 z5 b3 00ffff00fefefefefdfdfdfd12345678 r8",
              "1c z5 b3 r8 00ffff00fefefefefdfdfdfd12345678 b2 'MCPE; T60"),
          new Service("Mumble ping", 64738, "z4 b8", "00 01 02 04 b8 b4 b4 b4"),
          new Service("syslog", 514, "'<13>Nov_30_10:00:00_ t8 '_sshd[1]:_ T60", "'<14>ok"),
          new Service("statsd", 8125, "t8 '.count:1|c 0a t8 ':2|ms", "'ok"),
          new Service(
              "SSDP",
              1900,
              "'M-SEARCH_*_HTTP/1.1 0d0a 'HOST:_239.255.255.250:1900 0d0a 'MAN:_ 0d0a0d0a",
              "'HTTP/1.1_200_OK 0d0a 'ST:_ t8 0d0a0d0a"),
          new Service(
              "WS-Discovery",
              3702,
              "'<?xml_version=\"1.0\"?><s:Envelope> T90",
              "'<?xml_version=\"1.0\"?><s:Envelope> T90"),
          new Service(
              "TeamSpeak 3",
              9987,
              "'TS3INIT1 00 65 00 00 88 r4 r4 r4 z8",
              "'TS3INIT1 65 88 r4 r4 R60"),
          new Service(
              "DTLS",
              4433,
              "16 feff 0000 z6 0059 01 000049 0000 z3 000049 fefd u4 r28 00 R60",
              "16 feff 0000 z6 002f 03 000023 R60"),
          new Service(
              "DTLS data", 4433, "17 fefd 0001 z5 b1 b2 R300", "17 fefd 0001 z5 b1 b2 R300"),
          new Service("game LE", 30120, "04000000 l4 l8 R200", "05000000 l4 l8 R200"),
          new Service("game LE text", 30121, "04000000 r4 l4 z4 T200", "01000000 l4 t8 z20 T100"),
          new Service(
              "game LE fixed", 30122, "01000000 l4 t8 l4 l4 z20 T104", "02000000 l4 l4 t4 z76"),
          new Service("game BE", 30123, "00000001 b4 b4 R200", "00000002 b4 b4 R200"),
          new Service("game flags", 30124, "c0 00000001 b2 b2 b4 b4 T300", "80 00000000 b2 R60"),
          new Service("Modbus", 502, "b2 0000 0006 01 03 b2 b2", "b2 0000 0005 01 03 02 b2"),
          new Service(
              "PTP",
              319,
              "00 02 002c 00 00 0200 z8 z4 r8 r2 b2 00 00 u6 b4",
              "08 02 002c 00 00 0200 z8 z4 r8"),
          new Service(
              "SOME/IP",
              30490,
              "ffff 8100 b4 z4 01 01 02 00 c0 z3 R60",
              "b2 b2 b4 b2 b2 01 01 80 00 R90"),
          new Service(
              "RTPS",
              7400,
              "'RTPS 0203 010f r12 0901 0800 r8 15 05 l2 R100",
              "'RTPS 0203 010f r12 R90"),
          new Service("VXLAN-GPE-like", 4790, "0c000003 b3 00 R200", "0c000003 b3 00 R200"),
          new Service(
              "Kerberos", 88, "6a 81 r1 30 81 r1 a1 03 0201 05 a2 R120", "7e 81 r1 30 R120"),
          new Service("LDAP CLDAP", 389, "30 84 b4 02 01 01 63 84 R60", "30 84 b4 02 01 01 64 R90"),
          new Service(
              "DNS of a stub with no name", 53, "r2 0100 0001 z6 00 0000 0001", "r2 8105 0001 z6"),
          new Service("mosh", 60001, "z4 b4 R200", "80 z3 b4 R200"),
          new Service("text", 30125, "T200", "T200"),
          new Service("json", 30126, "'{\"id\": T20 '} T20", "'{\"ok\":1} T40"));

  @Override
  public OrdinaryFlow flow(Random random) {
    Service service = SERVICES.get(random.nextInt(SERVICES.size()));
    Exchange exchange = Exchange.udp();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      if (random.nextInt(4) != 0) {
        exchange.client(Template.fill(service.client(), random));
      }
      if (random.nextInt(4) != 0) {
        exchange.server(Template.fill(service.server(), random));
      }
    }
    int port = random.nextInt(4) == 0 ? Fill.port(random) : service.port();
    return OrdinaryFlow.of(service.name(), exchange, port);
  }
}
