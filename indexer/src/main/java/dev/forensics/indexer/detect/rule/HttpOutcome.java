package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.Outcome;
import dev.forensics.indexer.detect.UnknownBytes;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.http.HttpRequest;
import dev.forensics.indexer.detect.http.HttpResponse;
import dev.forensics.indexer.detect.tls.TlsFacts;
import dev.forensics.indexer.detect.wire.Octets;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import java.util.Set;

/** What became of plaintext HTTP. */
final class HttpOutcome {
  private static final double TEXT = 0.9;
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private HttpOutcome() {}

  /**
   * The outcome, or null while it is open.
   *
   * @param occasion at the deadline all is decided but what is missing in the capture, at the end
   *     that, too
   */
  static Outcome of(Flow flow, FlowFacts facts, HttpFacts http, Occasion occasion) {
    boolean last = occasion == Occasion.DEADLINE || occasion == Occasion.ENDED;
    if (requested(flow, facts, http)) {
      return ofRequest(flow, facts, http, last, occasion == Occasion.ENDED);
    }
    return ofResponse(flow, facts, http, last, occasion == Occasion.ENDED);
  }

  /** True when the client's side speaks HTTP. */
  static boolean requested(Flow flow, FlowFacts facts, HttpFacts http) {
    boolean begun = http.client == null && "http".equals(protocolOf(facts, flow.opener));
    return begun
        || http.requestCount > 0
        || http.openRequest != null
        || (http.http2 && "http".equals(protocolOf(facts, http.client)));
  }

  private static Outcome ofRequest(
      Flow flow, FlowFacts facts, HttpFacts http, boolean last, boolean isEnded) {
    boolean notCaptured = Quality.isNotCaptured(flow, server(flow, http));
    if (flow.isResetBeforePayloadOf(server(flow, http)) && !notCaptured) {
      return last ? Outcome.RESET : null; // it may go on; an answer under way is none
    }
    if (http.rejectedBy != null || refusedByTls(facts, http)) {
      return Outcome.REJECTED;
    }
    if (http.responseCount > 0 || (http.http2 && answeredHttp2(facts, http))) {
      boolean open = (http.responseOpen && mayBeRefusal(http)) || isTunnelOpen(facts, http);
      if (isRefusalMissing(http) && notCaptured) {
        return isEnded ? Outcome.REQUEST_ONLY : null;
      }
      return open && !last ? null : Outcome.ACCEPTED;
    }
    if (isSimpleAnswer(flow, facts, http) && !notCaptured) {
      return Outcome.ACCEPTED;
    }
    if (!last) {
      return null;
    }
    if (isReset(flow) && !notCaptured) {
      return Outcome.RESET;
    }
    if (!http.responses.isEmpty()) {
      return Outcome.ACCEPTED; // an interim answer (100, 103) is plaintext too
    }
    if (notCaptured) {
      // Another file, or another section of this one, may have the answer: known at the end only.
      return isEnded ? Outcome.REQUEST_ONLY : null;
    }
    return flow.midstream ? Outcome.MIDSTREAM : Outcome.UNANSWERED;
  }

  /** The direction of the answers. */
  static Direction server(Flow flow, HttpFacts http) {
    return http.client == null ? flow.opener.reverse() : http.client.reverse();
  }

  private static Outcome ofResponse(
      Flow flow, FlowFacts facts, HttpFacts http, boolean last, boolean isEnded) {
    boolean answered = http.responseCount > 0 && !http.responseOpen;
    boolean toTls = "tls".equals(protocolOf(facts, http.client));
    if (!last && !(answered && toTls)) {
      return null;
    }
    boolean mayCome = Quality.isNotCaptured(flow, server(flow, http).reverse());
    if (mayCome && !isEnded && !toTls) {
      return null; // another file, or another section, may have the request: known at the end only
    }
    return flow.midstream && !toTls ? Outcome.MIDSTREAM : Outcome.RESPONSE_ONLY;
  }

  /** Only such an answer may turn out to be the refusal of plaintext once its body is there. */
  private static boolean mayBeRefusal(HttpFacts http) {
    HttpResponse first = http.firstResponse();
    return first != null && first.status() >= 400 && first.status() < 500;
  }

  /** True when the words that refuse plaintext may be among the bytes that were not captured. */
  private static boolean isRefusalMissing(HttpFacts http) {
    return mayBeRefusal(http) && (http.answerCut || http.responseOpen);
  }

  /** True while it is not known what a tunnel that the proxy opened carries. */
  private static boolean isTunnelOpen(FlowFacts facts, HttpFacts http) {
    HttpResponse first = http.firstResponse();
    boolean opened =
        http.upgraded || (http.connectTarget != null && first != null && first.status() < 300);
    FlowFacts inner = facts.tunnel == null ? null : facts.tunnel.inner();
    return opened
        && (inner == null || (inner.protocol() == null && inner.originatorUnknown == null));
  }

  private static boolean answeredHttp2(FlowFacts facts, HttpFacts http) {
    return "http".equals(protocolOf(facts, http.client.reverse()));
  }

  /** True when a request has a body as a rule, and the end of its head is missing. */
  static boolean sendsUnseenBody(HttpFacts http) {
    HttpRequest first = http.firstRequest();
    String open = first == null ? http.openRequest : first.complete() ? null : first.method();
    return open != null && WITH_BODY.contains(open.split(" ", 2)[0]);
  }

  /** The server answered by a TLS alert, or went on with TLS. */
  static boolean refusedByTls(FlowFacts facts, HttpFacts http) {
    TlsFacts tls = facts.get(TlsFacts.class);
    return tls != null
        && tls.serverAlert >= 0
        && http.client != null
        && "tls".equals(protocolOf(facts, http.client.reverse()));
  }

  /**
   * True for an answer without a head, as HTTP/0.9 has it: any text to a request of that version, a
   * page, or a damaged status line, to any other. Text that is none of these is another protocol's,
   * not an acceptance.
   */
  private static boolean isSimpleAnswer(Flow flow, FlowFacts facts, HttpFacts http) {
    UnknownBytes unknown = unknownAnswer(facts, http);
    if (unknown == null || unknown.lengthBytes() == 0 || unknown.printableShare() < TEXT) {
      return false;
    }
    boolean simple = http.firstRequest() != null && "0.9".equals(http.firstRequest().version());
    return simple || (facts.outer == null && isPage(flow.side(http.client.reverse()).firstPayload));
  }

  private static boolean isPage(byte[] first) {
    int at = 0;
    while (first != null && at < first.length && first[at] <= ' ' && first[at] >= 0) {
      at++;
    }
    if (first == null) {
      return false;
    }
    int left = first.length - at;
    return Octets.startsWith(first, at, left, "HTTP/")
        || Octets.startsWith(first, at, left, "<HTML")
        || Octets.startsWith(first, at, left, "<!DOCTYPE HTML")
        || Octets.startsWith(first, at, left, "<HEAD")
        || Octets.startsWith(first, at, left, "<TITLE")
        || Octets.startsWith(first, at, left, "<BODY");
  }

  /** The server's bytes when no protocol knows them, or null. */
  static UnknownBytes unknownAnswer(FlowFacts facts, HttpFacts http) {
    return http.client == null ? null : unknownOf(facts, http.client.reverse());
  }

  /** A side's bytes when no protocol knows them, or null. */
  static UnknownBytes unknownOf(FlowFacts facts, Direction side) {
    if (side == null) {
      return null;
    }
    return side == Direction.ORIGINATOR ? facts.originatorUnknown : facts.responderUnknown;
  }

  /** The protocol of a side; null when there is none. */
  static String protocolOf(FlowFacts facts, Direction side) {
    if (side == null) {
      return null;
    }
    return side == Direction.ORIGINATOR ? facts.originatorProtocol : facts.responderProtocol;
  }

  private static boolean isReset(Flow flow) {
    if (flow.endReason == EndReason.RST) {
      return true;
    }
    return switch (flow.connectionState) {
      case REJ, RSTO, RSTR, RSTOS0, RSTRH -> true;
      default -> false;
    };
  }
}
