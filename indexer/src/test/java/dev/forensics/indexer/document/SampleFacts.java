package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.InnerStream;
import dev.forensics.indexer.detect.Outcome;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.UnknownBytes;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.detect.conflict.ConflictFacts;
import dev.forensics.indexer.detect.conflict.Version;
import dev.forensics.indexer.detect.forward.ForwardedFacts;
import dev.forensics.indexer.detect.forward.ForwardedFields;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.http.HttpRequest;
import dev.forensics.indexer.detect.http.HttpResponse;
import dev.forensics.indexer.detect.mtproto.MtprotoFacts;
import dev.forensics.indexer.detect.mtproto.SampleKeys;
import dev.forensics.indexer.detect.tls.CertificateFacts;
import dev.forensics.indexer.detect.tls.TlsFacts;
import dev.forensics.indexer.detect.websocket.WebSocketFacts;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** Facts and verdicts of the golden documents, filled so that every field occurs. */
final class SampleFacts {
  static final RuleInfo RULE =
      new RuleInfo(
          "http-on-https-port",
          "Plaintext HTTP on an HTTPS port",
          "1",
          "exposure",
          Severity.HIGH,
          "A client and a server spoke HTTP without TLS on a port meant for HTTPS.",
          "Everything was readable on the way.",
          "https://attack.mitre.org/techniques/T1571/",
          List.of("T1571", "T1071.001"),
          List.of("a browser sent http:// to port 443"));

  private SampleFacts() {}

  /** Two requests for the same sequence numbers. */
  static FlowFacts conflict() {
    FlowFacts facts = new FlowFacts();
    facts.originatorProtocol = "http";
    ConflictFacts conflict = facts.add(new ConflictFacts());
    conflict.by = Direction.ORIGINATOR;
    conflict.sequence = 4_000_000_022L;
    conflict.offset = 22;
    conflict.comparedBytes = 38;
    conflict.differingBytes = 16;
    conflict.accepted =
        new Version("HTTP request GET", "www.example.net", 38, "0123456789abcdef", 3, 306);
    conflict.refused =
        new Version("HTTP request GET", "hidden.example.org", 43, "fedcba9876543210", 64, 307);
    return facts;
  }

  /** MTProto in HTTP, as Telegram's clients send it. */
  static FlowFacts telegram() {
    FlowFacts facts = new FlowFacts();
    facts.originatorProtocol = "http";
    facts.responderProtocol = "http";
    facts.application = "telegram";
    HttpFacts http = facts.add(new HttpFacts());
    http.client = Direction.ORIGINATOR;
    addRequest(http, "POST", "/api", "", null);
    addResponse(http, 200, null);
    http.requestBodyBytes = 40;
    http.responseBodyBytes = 84;
    http.requestBody = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4};
    http.responseBody = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 'o', 'k'};
    http.firstRequestNanos = RecordedFlow.START_NANOS;
    http.firstResponseNanos = RecordedFlow.START_NANOS + RecordedFlow.STEP_NANOS;
    facts.add(mtproto());
    return facts;
  }

  private static MtprotoFacts mtproto() {
    MtprotoFacts mtproto = new MtprotoFacts();
    mtproto.transport = "http";
    mtproto.obfuscated = true;
    mtproto.dataCentre = -2;
    mtproto.authKeyId = "a1b2c3d4e5f60718";
    mtproto.keys.addAll(SampleKeys.two(RecordedFlow.START_NANOS));
    mtproto.otherKeyMessages = 3;
    mtproto.messageId = 7_330_000_000_000_000_000L;
    mtproto.messageTimeMillis = 1_795_342_530_000L;
    mtproto.constructor = "req_pq_multi";
    mtproto.encrypted = true;
    mtproto.nonceEchoed = true;
    mtproto.clockSkewMillis = -123L;
    mtproto.errorCode = -404;
    mtproto.messages = 2;
    return mtproto;
  }

  /** Several requests, credentials, an upgrade and a CONNECT on one connection. */
  static FlowFacts web() {
    FlowFacts facts = new FlowFacts();
    facts.originatorProtocol = "http";
    ForwardedFields.read("for=\"[2001:db8::50]:1\";proto=http", "192.0.2.50, 10.0.0.1", facts);
    facts.get(ForwardedFacts.class).port = 40_000;
    facts.get(ForwardedFacts.class).serverAddress = "203.0.113.77";
    facts.get(ForwardedFacts.class).serverPort = 443;
    HttpFacts http = facts.add(new HttpFacts());
    http.client = Direction.ORIGINATOR;
    addRequest(http, "GET", "/login?next=%2F", "Example.org:443", "curl/8.5.0");
    addRequest(http, "GET", "/\u202e\u0007evil", "www.example.org", "curl/8.5.0");
    addResponse(http, 400, "nginx");
    addResponse(http, 101, null);
    http.cookieSent = true;
    http.cookieSet = true;
    http.cookieNames.add("session_id");
    http.authorizationScheme = "basic";
    http.authorizationUser = "alice";
    http.upgrade = "websocket";
    http.upgraded = true;
    http.connectTarget = "inner.example.net:443";
    http.rejectedBy = "nginx";
    http.resyncs = 1;
    Flow flow = new Flow();
    new InnerStream(flow, facts, "http-connect", "inner.example.net", 443, true);
    FlowFacts inner = facts.tunnel.inner();
    inner.originatorProtocol = "tls";
    inner.add(new TlsFacts()).serverName = "inner.example.net";
    facts.add(new WebSocketFacts()).binary = true;
    return facts;
  }

  private static void addRequest(
      HttpFacts http, String method, String target, String host, String agent) {
    HttpRequest request =
        new HttpRequest(
            method,
            target,
            "1.1",
            host,
            agent,
            agent == null ? null : "http://example.org/",
            "application/x-www-form-urlencoded",
            40,
            List.of("host", "connection", "content-length"),
            RecordedFlow.START_NANOS,
            true);
    http.requestCount++;
    http.requests.add(request);
    http.methods.add(method);
    http.paths.add(request.path());
    http.hosts.add(host);
    http.userAgents.add(agent);
  }

  private static void addResponse(HttpFacts http, int status, String server) {
    http.responseCount++;
    http.statuses.add(Integer.toString(status));
    http.responses.add(
        new HttpResponse(status, "1.1", "", server, "text/html", 0, RecordedFlow.START_NANOS + 1));
  }

  /** A handshake with every detail. */
  static FlowFacts tls() {
    FlowFacts facts = new FlowFacts();
    facts.originatorProtocol = "tls";
    facts.responderProtocol = "tls";
    TlsFacts tls = facts.add(new TlsFacts());
    tls.client = Direction.ORIGINATOR;
    tls.serverName = "web.telegram.org";
    tls.alpnOffered = List.of("h2", "http/1.1");
    tls.alpn = "h2";
    tls.version = "1.2";
    tls.versionNumber = 0x0303;
    tls.offeredVersion = 0x0304;
    tls.cipherName = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    tls.ja3 = "d4e5b18d6b55c71272893221c96ba240";
    tls.ja3s = "394441ab65754e2207b1e1b457b3641d";
    tls.ja4 = "t13d1516h2_8daaf6152771_e5627efa2ab1";
    tls.established = true;
    tls.clientAlert = 0x0230;
    tls.serverAlert = 0x0228;
    tls.certificates = List.of(certificate("example.org"), certificate("Example CA"));
    tls.clientCertificates = List.of(certificate("client"));
    tls.brokenCertificates = 1;
    tls.ssl2Hello = true;
    return facts;
  }

  private static CertificateFacts certificate(String name) {
    return new CertificateFacts(
        "0687f666a054ef17a08e2f2162eab4cbc0d265e1d7875be74bf3c712ca92daf0",
        "CN=" + name,
        "CN=Example CA",
        "55fbb9c7",
        1_767_225_600_000L,
        253_402_300_799_000L,
        List.of("www.example.org", "192.0.2.80"),
        name,
        false,
        "RSA",
        "SHA256withRSA");
  }

  /** Bytes that no protocol knows, on both sides. */
  static FlowFacts unknown() {
    FlowFacts facts = new FlowFacts();
    facts.originatorUnknown = new UnknownBytes(7, 2.807, 0.4286);
    facts.responderUnknown = new UnknownBytes(64, 5.5, 0.25);
    return facts;
  }

  static Verdict verdict(String suppression) {
    return new Verdict(
        RULE,
        Outcome.ACCEPTED,
        95,
        Severity.HIGH,
        73.5,
        "Plaintext HTTP POST /api to port 443, answered in plaintext with 200",
        RecordedFlow.START_NANOS + 4 * RecordedFlow.STEP_NANOS,
        suppression);
  }
}
