package dev.forensics.indexer.samples;

import static dev.forensics.indexer.samples.Stage.MINUTE;
import static dev.forensics.indexer.samples.Stage.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** One small capture for each thing that is easily missed, or taken for something else. */
final class SpecialCases {
  private static final String CLIENT = "10.20.2.15";
  private static final String BRANCH_CLIENT = "192.168.88.7";
  private static final String TELEGRAM = "149.154.167.51";
  private static final String SERVER = "203.0.113.10";

  private final List<SampleCapture> captures = new ArrayList<>();
  private long start;

  private SpecialCases(long startNanos) {
    start = startNanos;
  }

  /** All of them, a minute apart. */
  static List<SampleCapture> all(long startNanos) {
    SpecialCases cases = new SpecialCases(startNanos);
    cases.make("api-but-not-telegram.pcap", SpecialCases::apiButNotTelegram);
    cases.make("encapsulated.pcapng", SpecialCases::encapsulated);
    cases.make("http2-preface.pcap", SpecialCases::http2Preface);
    cases.make("long-header.pcap", SpecialCases::longHeader);
    cases.make("midstream.pcap", SpecialCases::midstream);
    cases.make("mtproto-tcp.pcap", SpecialCases::mtprotoTcp);
    cases.make("out-of-order.pcap", SpecialCases::outOfOrder);
    cases.make("request-in-pieces.pcap", SpecialCases::requestInPieces);
    cases.make("response-only.pcap", SpecialCases::responseOnly);
    cases.make("telegram-ios-probe.pcap", SpecialCases::iosProbe);
    cases.make("telegram-ipv6.pcap", SpecialCases::telegramIpv6);
    cases.make("telegram-library.pcap", SpecialCases::library);
    cases.make("telegram-two-networks.pcap", SpecialCases::twoNetworks);
    cases.make("telegram-web.pcap", SpecialCases::web);
    cases.make("udp-443.pcap", SpecialCases::udp443);
    cases.make("unknown-443.pcap", SpecialCases::unknown443);
    cases.make("odds-and-ends.pcap", SpecialCases::oddsAndEnds);
    cases.make("request-only.pcap", SpecialCases::requestOnly);
    return cases.captures;
  }

  private void make(String name, BiConsumer<Stage, Long> scene) {
    Stage stage = new Stage(name, name.hashCode());
    scene.accept(stage, start);
    captures.add(stage.capture);
    start += MINUTE;
  }

  private static void apiButNotTelegram(Stage stage, long at) {
    Conversation beef = stage.connect(CLIENT, "203.0.113.77", 443, at);
    beef.client(WebMessages.post("203.0.113.77", "/apibeef", "", "cut=ribs"));
    stage.alarm(beef.server(WebMessages.OK).close(), "203.0.113.77", "accepted");
  }

  private static void encapsulated(Stage stage, long at) {
    Wrapping ethernet = Wrapping.ETHERNET;
    List<Wrapping> ways =
        List.of(
            (r, c) -> ethernet.start(r, c).vlan(110),
            (r, c) -> ethernet.start(r, c).vlan(0x88A8, 20).vlan(30),
            (r, c) -> ethernet.start(r, c).mpls(16_005).mpls(24_001),
            (r, c) -> ethernet.start(r, c).pppoe(0x11),
            (r, c) -> Wrapping.outerIp(ethernet.start(r, c), c).gre(),
            (r, c) -> Wrapping.outerIp(ethernet.start(r, c), c).vxlan(5010).innerEthernet());
    for (int i = 0; i < ways.size(); i++) {
      long moment = at + i * SECOND;
      Conversation inside = stage.conversation(CLIENT, SERVER, 443, moment, ways.get(i)).open();
      inside.client(WebMessages.form(i)).server(WebMessages.OK);
      stage.alarm(inside.close(), SERVER, "accepted");
    }
  }

  private static void http2Preface(Stage stage, long at) {
    Conversation two = stage.connect(CLIENT, "198.51.100.200", 443, at);
    two.client(Http2Messages.request("stream.example.net")).server(Http2Messages.answer());
    stage.alarm(two.close(), "198.51.100.200", "accepted");
  }

  /** Two kilobytes before the first line ends, and four before the header does. */
  private static void longHeader(Stage stage, long at) {
    Conversation upload = stage.connect(CLIENT, SERVER, 443, at);
    String path = "/search?q=" + "%20word".repeat(300);
    String cookie = "Cookie: tracking=" + "0123456789abcdef".repeat(128) + "\r\n";
    upload.client(WebMessages.post("search.example.org", path, cookie, "page=2"));
    stage.alarm(upload.server(WebMessages.OK).close(), SERVER, "accepted");
  }

  /** The capture begins between two requests of a connection; of another one it has no answer. */
  private static void midstream(Stage stage, long at) {
    Conversation late = stage.connect(CLIENT, SERVER, 443, at);
    late.client(WebMessages.form(1)).server(WebMessages.OK).pause(3 * SECOND);
    late.captureStartsHere().client(WebMessages.form(2)).server(WebMessages.OK);
    stage.alarm(late.close(), SERVER, "accepted");
    Conversation unfinished = stage.connect(CLIENT, SERVER, 443, at);
    unfinished.client(WebMessages.form(3)).server(WebMessages.OK).pause(3 * SECOND);
    stage.alarm(unfinished.captureStartsHere().client(WebMessages.form(4)), SERVER, "midstream");
  }

  /** MTProto on 443 that is not HTTP: four framings in the clear, and three under obfuscation. */
  private static void mtprotoTcp(Stage stage, long at) {
    byte[] nonce = stage.telegram.bytes(16);
    byte[] question = stage.telegram.reqPq(TelegramMessages.messageId(at, false), nonce);
    byte[] answer = stage.telegram.resPq(TelegramMessages.messageId(at + SECOND, true), nonce);
    byte[] padded = new Bytes().littleEndian32(46).raw(question).raw(new byte[6]).toArray();
    byte[] paddedAnswer = new Bytes().littleEndian32(88).raw(answer).raw(new byte[4]).toArray();
    byte[] sent = TelegramMessages.intermediate(question);
    byte[] got = TelegramMessages.intermediate(answer);
    byte[] shortSent = TelegramMessages.abridged(question);
    byte[] shortGot = TelegramMessages.abridged(answer);
    byte[][][] ways = {
      {new Bytes().u8(0xEF).raw(shortSent).toArray(), shortGot},
      {new Bytes().u32(0xEEEEEEEE).raw(sent).toArray(), got},
      {new Bytes().u32(0xDDDDDDDD).raw(padded).toArray(), paddedAnswer},
      {TelegramMessages.full(0, question), TelegramMessages.full(0, answer)},
      stage.telegram.obfuscated(0xEF, shortSent, shortGot),
      stage.telegram.obfuscated(0xEE, sent, got),
      stage.telegram.obfuscated(0xDD, padded, paddedAnswer)
    };
    for (int i = 0; i < ways.length; i++) {
      Conversation framed = stage.connect(CLIENT, TELEGRAM, 443, at + i * SECOND);
      stage.capture.add(framed.client(ways[i][0]).server(ways[i][1]).close());
      stage.capture.expect("mtproto-on-https-port", TELEGRAM, null);
    }
  }

  /** The request's segments in the wrong order, one of them twice. */
  private static void outOfOrder(Stage stage, long at) {
    Conversation upload = stage.connect(CLIENT, SERVER, 443, at);
    byte[] request = new Bytes().text(WebMessages.form(3)).toArray();
    upload.clientInPieces(request, 60).swap(3, 5).swap(4, 6);
    stage.alarm(upload.again(4, MINUTE / 120).server(WebMessages.OK).close(), SERVER, "accepted");
  }

  /** The request line over many segments, a byte in each. */
  private static void requestInPieces(Stage stage, long at) {
    Conversation upload = stage.connect(CLIENT, SERVER, 443, at);
    byte[] request = new Bytes().text(WebMessages.get(SERVER + ":443", "/a", "t")).toArray();
    upload.clientInPieces(request, 1).server(WebMessages.OK);
    stage.alarm(upload.close(), SERVER, "accepted");
  }

  /** Asymmetric routing: only what the server says is in the capture. */
  private static void responseOnly(Stage stage, long at) {
    oneDirection(stage, at, 50_500, false);
    stage.capture.expect(Stage.HTTP_ON_HTTPS, SERVER, "response_only");
  }

  private static void requestOnly(Stage stage, long at) {
    oneDirection(stage, at, 50_501, true);
    stage.capture.expect(Stage.HTTP_ON_HTTPS, SERVER, "request_only");
  }

  /** The other direction went by another way, past the sensor. */
  private static void oneDirection(Stage stage, long at, int port, boolean ofClient) {
    Route route = new Route(CLIENT, port, SERVER, 443, 9_000_000, Wrapping.ETHERNET);
    Conversation whole = new Conversation(route, stage.random, at).open();
    whole.client(WebMessages.form(4)).server(WebMessages.OK).close();
    int client = route.packet(true).tcp(port, 443).build()[29] & 0xFF; // last byte of its address
    for (Frame frame : whole.frames()) {
      if (((frame.bytes()[29] & 0xFF) == client) == ofClient) {
        stage.capture.add(frame);
      }
    }
  }

  private static void iosProbe(Stage stage, long at) {
    byte[] nonce = stage.telegram.bytes(16);
    byte[] question = stage.telegram.reqPq(stage.telegram.randomMessageId(), nonce);
    String path = stage.telegram.iosPath();
    byte[] request = TelegramMessages.iosRequest("149.154.175.50", path, question);
    Conversation probe = stage.connect(CLIENT, "149.154.175.50", 443, at).client(request);
    long id = TelegramMessages.messageId(probe.now(), true);
    probe.server(TelegramMessages.answer(stage.telegram.resPq(id, nonce)));
    stage.alarm(probe.close(), "149.154.175.50", "accepted");
  }

  private static void telegramIpv6(Stage stage, long at) {
    String server = "2001:67c:4e8:f002::a";
    byte[] nonce = stage.telegram.bytes(16);
    Conversation probe = stage.connect("2001:db8:2::15", server, 443, at);
    byte[] question = stage.telegram.reqPq(TelegramMessages.messageId(at, false), nonce);
    probe.client(TelegramMessages.libraryRequest(question));
    long id = TelegramMessages.messageId(probe.now(), true);
    probe.server(TelegramMessages.answer(stage.telegram.resPq(id, nonce)));
    stage.alarm(probe.close(), server, "accepted");
  }

  private static void library(Stage stage, long at) {
    byte[] nonce = stage.telegram.bytes(16);
    Conversation library = stage.connect(CLIENT, "149.154.167.91", 443, at);
    byte[] question = stage.telegram.reqPq(TelegramMessages.messageId(at, false), nonce);
    library.client(TelegramMessages.libraryRequest(question));
    long id = TelegramMessages.messageId(library.now(), true);
    library.server(TelegramMessages.answer(stage.telegram.resPq(id, nonce)));
    stage.alarm(library.close(), "149.154.167.91", "accepted");
  }

  /** One telephone, first in the office, then in a branch: its auth_key_id says so. */
  private static void twoNetworks(Stage stage, long at) {
    long key = 0x2c77_91d0_e4b8_035fL;
    for (String client : List.of(CLIENT, BRANCH_CLIENT)) {
      long moment = client.equals(CLIENT) ? at : at + 30 * SECOND;
      byte[] sent = stage.telegram.encrypted(key, 9);
      byte[] request = TelegramMessages.iosRequest(TELEGRAM, stage.telegram.iosPath(), sent);
      Conversation message = stage.connect(client, TELEGRAM, 443, moment).client(request);
      message.server(TelegramMessages.answer(stage.telegram.encrypted(key, 12)));
      stage.alarm(message.close(), TELEGRAM, "accepted");
    }
  }

  private static void web(Stage stage, long at) {
    byte[] sent = stage.telegram.encrypted(0x66aa_0000_1234_0009L, 5);
    Conversation browser = stage.connect(CLIENT, TELEGRAM, 443, at);
    browser.client(TelegramMessages.webRequest(TELEGRAM, sent));
    byte[] answer = stage.telegram.encrypted(0x66aa_0000_1234_0009L, 10);
    stage.alarm(browser.server(TelegramMessages.answer(answer)).close(), TELEGRAM, "accepted");
  }

  /** QUIC's long header (RFC 9000) around random bytes: UDP, so nothing to alarm about. */
  private static void udp443(Stage stage, long at) {
    Route route = new Route(CLIENT, 50_443, "198.51.100.104", 443, 0, Wrapping.ETHERNET);
    Bytes initial = new Bytes().u8(0xC3).u32(1);
    initial.block(1, id -> id.raw(stage.telegram.bytes(8))).u8(0).u8(0).u16(0x44D0);
    initial.raw(stage.telegram.bytes(1232));
    byte[] there = route.packet(true).udp(50_443, 443).payload(initial.toArray()).build();
    byte[] back = route.packet(false).udp(443, 50_443).payload(initial.toArray()).build();
    stage.capture.add(new Frame(at, there)).add(new Frame(at + 20_000_000, back));
  }

  private static void unknown443(Stage stage, long at) {
    Conversation unknown = stage.connect(CLIENT, "192.0.2.123", 443, at);
    unknown.client(Unknown.bytes(stage.random, 700)).server(Unknown.bytes(stage.random, 300));
    stage.capture.add(unknown.close()).expect("unknown-on-https-port", "192.0.2.123", null);
  }

  /**
   * TLS on a port that has none registered, a connection with a segment that the sensor lost, and
   * frames that are not decoded to the end: ARP, LLDP, and two that end in their IP header.
   */
  private static void oddsAndEnds(Stage stage, long at) {
    Conversation tls = stage.connect(CLIENT, "192.0.2.60", 44_300, at);
    tls.client(stage.tls.clientHello("updates.example.com")).server(stage.tls.serverFlight());
    tls.client(stage.tls.clientFinish()).server(stage.tls.encrypted(900));
    stage.capture.add(tls.close()).expect("tls-on-unexpected-port", "192.0.2.60", null);

    Conversation gap = stage.connect(CLIENT, "198.51.100.106", 80, at + SECOND);
    gap.client(WebMessages.get("intranet.example.org", "/status", "curl/8.5.0"));
    gap.server(WebMessages.OK).server("x".repeat(600)).server("end").close().frames().stream()
        .filter(frame -> frame.bytes().length < 600)
        .forEach(stage.capture::add);

    byte[] everybody = {-1, -1, -1, -1, -1, -1, 2, 0, 0, 0, 1, 0x41};
    for (int i = 0; i < 6; i++) {
      Bytes arp = new Bytes().raw(everybody).u16(0x0806).u16(1).u16(0x0800).u16(0x0604).u16(1);
      arp.raw(new byte[] {2, 0, 0, 0, 1, 0x41, 10, 20, 2, 15})
          .raw(new byte[6])
          .u32(0x0A14_0200 + i);
      stage.capture.add(new Frame(at + 2 * SECOND + i, arp.raw(new byte[18]).toArray()));
    }
    Bytes lldp = new Bytes().raw(everybody).u16(0x88CC).raw(new byte[46]);
    stage.capture.add(new Frame(at + 3 * SECOND, lldp.toArray()));
    Bytes cut = new Bytes().raw(everybody).u16(0x0800).u32(0x4500_0028).u32(0);
    stage.capture.add(new Frame(at + 4 * SECOND, cut.toArray()));
    stage.capture.add(new Frame(at + 5 * SECOND, cut.toArray()));
  }
}
