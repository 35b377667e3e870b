package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Outcome;
import dev.forensics.indexer.detect.UnknownBytes;
import dev.forensics.indexer.detect.conflict.ConflictFacts;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.http.HttpRequest;
import dev.forensics.indexer.detect.http.HttpResponse;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.mtproto.MtprotoFacts;
import dev.forensics.indexer.detect.mtproto.TelegramPath;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Registration;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.ArrayList;
import java.util.List;

/** Says in a sentence what was seen: who spoke what to whom, what became of it, what it exposed. */
final class HttpReason {
  private final Attribution attribution;

  HttpReason(Attribution attribution) {
    this.attribution = attribution;
  }

  String of(Flow flow, Plaintext<HttpFacts> plaintext, Outcome outcome) {
    FlowFacts facts = plaintext.level();
    HttpFacts http = plaintext.said();
    Registration holder =
        attribution.lookup(flow.ipVersion, Endpoints.serverHigh(flow), Endpoints.serverLow(flow));
    StringBuilder text = new StringBuilder(256);
    text.append(what(flow, facts, http)).append(" without TLS on HTTPS port ");
    text.append(plaintext.port()).append(plaintext.owner());
    if (holder != null && plaintext.target() == null) {
      text.append(" of ").append(holder.organization());
    }
    text.append(plaintext.way(flow)).append(' ').append(outcome(flow, facts, http, outcome));
    if (http.requestCount > 1) {
      text.append("; ").append(http.requestCount).append(" requests so far");
    }
    append(text, "; sent in the clear: ", exposed(http));
    telegram(text, facts, http, holder);
    otherVersion(text, facts.get(ConflictFacts.class));
    if (flow.ignoredResets() > 0) {
      text.append("; a reset stood in the stream which the connection did not obey");
    }
    return text.append('.').toString();
  }

  private static String what(Flow flow, FlowFacts facts, HttpFacts http) {
    HttpRequest request = http.firstRequest();
    if (request == null && http.openRequest != null) {
      return "HTTP request " + Quote.of(open(http.openRequest)) + " (its head is not complete)";
    }
    if (request == null && http.http2 && HttpOutcome.requested(flow, facts, http)) {
      return "HTTP/2 with prior knowledge (h2c preface)";
    }
    if (request == null && HttpOutcome.requested(flow, facts, http)) {
      return "HTTP request (its first line is not complete)";
    }
    if (request == null) {
      return responseOnly(http);
    }
    String kind = "HTTP/" + request.version() + " request ";
    if ("CONNECT".equals(request.method())) {
      kind = "Proxy request ";
    } else if ("websocket".equals(http.upgrade)) {
      kind = "WebSocket upgrade ";
    } else if (http.http2) {
      kind = "HTTP/2 request with prior knowledge (h2c preface) ";
    }
    return kind
        + Quote.of(Masks.method(request.method()) + " " + Masks.url(request.target()))
        + host(request);
  }

  /** Method and target of a request whose head is not complete. */
  private static String open(String request) {
    int blank = request.indexOf(' ');
    return Masks.method(request.substring(0, blank))
        + " "
        + Masks.url(request.substring(blank + 1));
  }

  private static String responseOnly(HttpFacts http) {
    HttpResponse first = http.firstResponse();
    return first == null ? "HTTP answer" : "HTTP answer " + first.status();
  }

  private static String host(HttpRequest request) {
    if ("CONNECT".equals(request.method())) {
      return "";
    }
    if (request.host() == null) {
      return request.complete() ? " (no host named)" : " (its head is not complete)";
    }
    return request.host().isEmpty()
        ? " (empty host)"
        : " for host " + Quote.of(Masks.authority(request.host()));
  }

  private static String outcome(Flow flow, FlowFacts facts, HttpFacts http, Outcome outcome) {
    return switch (outcome) {
      case ACCEPTED -> accepted(facts, http);
      case REJECTED -> "was refused by the server, which wants TLS" + refusal(facts, http);
      case RESET -> "was cut off by a reset before any answer";
      case UNANSWERED -> "got no HTTP answer" + unknown(facts, http);
      case REQUEST_ONLY -> requestAlone(flow, http);
      case RESPONSE_ONLY -> responseAlone(flow, facts, http);
      case MIDSTREAM -> "was seen in a connection that the capture joined in its middle";
    };
  }

  private static String requestAlone(Flow flow, HttpFacts http) {
    long missing = flow.uncapturedBytes(HttpOutcome.server(flow, http));
    if (missing == 0) {
      return "was seen, the server's direction was not captured";
    }
    HttpResponse first = http.firstResponse();
    String answer =
        first == null
            ? "was seen, its answer was not: "
            : "was answered in plaintext with " + first.status() + ", which may refuse it: ";
    return answer + missing + " bytes of the server are not in the capture";
  }

  private static String responseAlone(Flow flow, FlowFacts facts, HttpFacts http) {
    if ("tls".equals(HttpOutcome.protocolOf(facts, http.client))) {
      return "answered a client that speaks TLS";
    }
    UnknownBytes asked = HttpOutcome.unknownOf(facts, http.client);
    Direction client = http.client == null ? Direction.ORIGINATOR : http.client;
    long missing = flow.uncapturedBytes(client);
    boolean whole = missing == 0 && !flow.side(client).snaplenTruncated();
    if (whole && asked != null && asked.lengthBytes() > 0) {
      return "answered bytes that are no HTTP request";
    }
    return "was seen, its request was not"
        + (missing > 0 ? ": " + missing + " bytes of the client are not in the capture" : "");
  }

  private static String accepted(FlowFacts facts, HttpFacts http) {
    HttpResponse first = http.firstResponse();
    if (first == null) {
      return "was accepted" + withoutFinalAnswer(facts, http);
    }
    if (http.connectTarget != null && first.status() < 300) {
      String inner = facts.tunnel == null ? null : facts.tunnel.inner().protocol();
      String inside = inner == null ? "" : ", then " + inner + " within the tunnel";
      return "was accepted (" + first.status() + inside + ")";
    }
    if (http.upgraded) {
      return "was accepted (101, protocol switched to " + Masks.upgrade(http.upgrade) + ")";
    }
    return first.status() >= 400
        ? "was answered in plaintext with " + first.status()
        : "was accepted (answered " + icy(first) + first.status() + ")";
  }

  /** SHOUTcast answers HTTP with a status line of its own. */
  private static String icy(HttpResponse answer) {
    return "icy".equals(answer.version()) ? "ICY " : "";
  }

  private static String withoutFinalAnswer(FlowFacts facts, HttpFacts http) {
    if (http.http2) {
      return " (answered in HTTP/2)";
    }
    return http.responses.isEmpty()
        ? unknown(facts, http)
        : " (answered " + http.responses.get(0).status() + ")";
  }

  private static String refusal(FlowFacts facts, HttpFacts http) {
    if (http.rejectedBy == null && HttpOutcome.refusedByTls(facts, http)) {
      return " (TLS alert)";
    }
    HttpResponse first = http.firstResponse();
    String status = first == null ? "" : first.status() + " of ";
    return "generic".equals(http.rejectedBy)
        ? " (" + (first == null ? "by its words" : first.status()) + ")"
        : " (" + status + http.rejectedBy + ")";
  }

  private static String unknown(FlowFacts facts, HttpFacts http) {
    UnknownBytes bytes = HttpOutcome.unknownAnswer(facts, http);
    return bytes == null || bytes.lengthBytes() == 0 ? "" : " (the answer is in no known protocol)";
  }

  private static List<String> exposed(HttpFacts http) {
    List<String> exposed = new ArrayList<>();
    if (http.authorizationScheme != null) {
      String user =
          http.authorizationUser == null ? "" : " of user " + Masks.user(http.authorizationUser);
      exposed.add(Masks.scheme(http.authorizationScheme) + " credentials" + user);
    }
    if (http.cookieSent) {
      exposed.add("cookies");
    }
    if (http.requestBodyBytes == 0 && HttpOutcome.sendsUnseenBody(http)) {
      exposed.add("a body that is not in the capture");
    } else if (http.requestBodyBytes > 0) {
      exposed.add("a body of " + http.requestBodyBytes + " bytes");
    }
    return exposed;
  }

  private static void telegram(
      StringBuilder text, FlowFacts facts, HttpFacts http, Registration holder) {
    List<String> proofs = new ArrayList<>();
    HttpRequest request = http.firstRequest();
    boolean path = request != null && TelegramPath.matches(request.path());
    MtprotoFacts mtproto = facts.find(MtprotoFacts.class);
    if (mtproto != null) {
      String where = "http".equals(mtproto.transport) ? "in the body" : "within the tunnel";
      proofs.add("the MTProto envelope " + where + detail(mtproto));
    }
    if (holder != null && "telegram".equals(holder.application())) {
      proofs.add("the registered prefix " + holder.prefix());
    }
    if (proofs.isEmpty()) {
      return;
    }
    if (path) {
      proofs.add("the path");
    }
    append(text, "; Telegram by ", proofs);
    if (path && TelegramPath.hasRandomSuffix(request.path())) {
      text.append(
          "; the digits after /api are random in each request against caches and identify nothing");
    }
  }

  private static void otherVersion(StringBuilder text, ConflictFacts conflict) {
    if (conflict != null && conflict.saysAnother() && conflict.refused.text() != null) {
      text.append("; the same bytes came again as ").append(Quote.of(conflict.refused.text()));
    }
  }

  private static String detail(MtprotoFacts mtproto) {
    if (mtproto.nonceEchoed) {
      return " (the server echoed the client's nonce)";
    }
    if (mtproto.constructor != null) {
      return " (" + mtproto.constructor + ")";
    }
    return mtproto.authKeyId == null ? "" : " (key " + mtproto.authKeyId + ")";
  }

  private static void append(StringBuilder text, String lead, List<String> parts) {
    if (!parts.isEmpty()) {
      text.append(lead).append(String.join(", ", parts));
    }
  }
}
