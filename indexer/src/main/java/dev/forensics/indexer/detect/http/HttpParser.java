package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.forward.ForwardedFields;
import dev.forensics.indexer.detect.login.Redaction;
import dev.forensics.indexer.detect.mtproto.MtprotoOverHttp;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The HTTP of one flow: two {@link HttpStream}s, and what joins a response to its request. */
final class HttpParser implements ProtocolParser {
  /** The method of the request to a response is not known. */
  static final int UNKNOWN = 0;

  static final int HEAD = 1;
  static final int CONNECT = 2;
  private static final int OTHER = 3;
  private static final int WEBSOCKET = 4;

  /** Added to the method of a request that carries a password. */
  private static final int WITH_PASSWORD = 8;

  private static final int OUTSTANDING = 64;
  private static final int KEPT_BODY = 256;

  /**
   * What it takes without messages: both directions, their heads and body beginnings, the facts.
   */
  private static final int OWN_BYTES = 2_000;

  private final Flow flow;
  private FlowFacts flowFacts;
  private HttpFacts facts;
  private final HttpStream originator = new HttpStream(this, Direction.ORIGINATOR);
  private final HttpStream responder = new HttpStream(this, Direction.RESPONDER);
  private final HttpLogins logins = new HttpLogins();
  private final byte[] methods = new byte[OUTSTANDING];
  private long requestNumber;
  private long responseNumber;
  private boolean aligned = true;
  private HttpTunnel tunnel;
  private MtprotoOverHttp mtproto;
  private String latestPath;
  private long latestNanos;

  HttpParser(Flow flow, FlowFacts flowFacts) {
    this.flow = flow;
    this.flowFacts = flowFacts;
    this.facts = flowFacts.add(new HttpFacts());
    facts.target = flowFacts.target();
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    latestNanos = timestampNanos;
    return stream(direction).payload(buffer, offset, length, timestampNanos);
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    latestNanos = timestampNanos;
    return stream(direction).gap(lengthBytes, timestampNanos);
  }

  @Override
  public int keptBytes(long givenBytes) {
    int inTunnel = tunnel == null ? 0 : tunnel.keptBytes();
    return OWN_BYTES
        + facts.keptBytes()
        + originator.heldBytes()
        + responder.heldBytes()
        + inTunnel;
  }

  @Override
  public void ended() {
    originator.ended(latestNanos);
    responder.ended(latestNanos);
    if (tunnel != null) {
      tunnel.ended(flowFacts);
    }
  }

  @Override
  public boolean nextSegment(FlowFacts next) {
    HttpFacts fresh = new HttpFacts();
    fresh.client = facts.client;
    flowFacts = next;
    fresh.target = next.target();
    facts = next.add(fresh);
    if (tunnel != null) {
      tunnel.nextSegment(next);
    }
    logins.nextSegment();
    if (mtproto != null) {
      mtproto.nextSegment(next);
    }
    return true;
  }

  HttpFacts facts() {
    return facts;
  }

  /** A start line was read; its head follows. */
  void headBegun(Direction direction, HttpHead head) {
    if (facts.openRequest == null && head.request) {
      facts.openRequest = head.method + " " + head.target;
      clientIs(direction);
    }
    facts.responseOpen |= !head.request && facts.responseCount == 0;
    flowFacts.changed();
  }

  /** A request's head was read, or as much of it as there is. */
  void request(Direction direction, HttpHead head, long timestampNanos, boolean complete) {
    clientIs(direction);
    boolean basic = credentials(head);
    methods[(int) (requestNumber++ % OUTSTANDING)] =
        (byte) (kind(head) | (basic ? WITH_PASSWORD : 0));
    facts.requestCount++;
    if (facts.requestCount == 1) {
      facts.firstRequestNanos = timestampNanos;
    }
    HttpRequest request = head.toRequest(timestampNanos, complete);
    if (facts.requests.size() < HttpFacts.MESSAGE_LIMIT) {
      facts.requests.add(request);
      facts.messageBytes += request.keptBytes();
    }
    facts.methods.add(head.method);
    latestPath = request.path();
    facts.paths.add(latestPath);
    facts.hosts.add(head.host);
    facts.userAgents.add(head.userAgent);
    facts.cookieSent |= head.cookie;
    facts.addCookies(head.cookieNames);
    facts.truncatedHeads += head.cut ? 1 : 0;
    if (head.upgrade != null && facts.upgrade == null) {
      facts.upgrade = head.upgrade.toLowerCase(Locale.ROOT);
    }
    askForTunnel(direction, head);
    ForwardedFields.read(head.forwarded, head.forwardedFor, flowFacts);
    flowFacts.changed();
  }

  private void askForTunnel(Direction direction, HttpHead head) {
    if ("CONNECT".equals(head.method)) {
      facts.connectTarget = facts.connectTarget == null ? head.target : facts.connectTarget;
      tunnel().ask(direction, head.target);
    } else if (head.isWebSocket()) {
      tunnel().askWebSocket(direction);
    }
  }

  private HttpTunnel tunnel() {
    if (tunnel == null) {
      tunnel = new HttpTunnel(flow);
    }
    return tunnel;
  }

  private static int kind(HttpHead head) {
    return switch (head.method) {
      case "HEAD" -> HEAD;
      case "CONNECT" -> CONNECT;
      default -> head.isWebSocket() ? WEBSOCKET : OTHER;
    };
  }

  /** Takes what a request says of its user; true when it carries a password. */
  private boolean credentials(HttpHead head) {
    logins.credentials(head.authorization, facts);
    logins.credentials(head.proxyAuthorization, facts);
    boolean sent =
        logins.sent(head.authorization, flowFacts)
            || logins.sent(head.proxyAuthorization, flowFacts);
    head.forgetCredentials();
    return sent;
  }

  private void clientIs(Direction direction) {
    if (facts.client == null || facts.requestCount == 0) {
      facts.client = direction;
      Endpoints.clientIs(flow, direction);
    }
  }

  /** A response's head was read, or as much as there is; returns what its request was. */
  int response(Direction direction, HttpHead head, long timestampNanos, boolean complete) {
    if (facts.client == null) {
      facts.client = direction.reverse();
      Endpoints.clientIs(flow, facts.client);
    }
    if (HttpHead.ICY.equals(head.version) && flowFacts.application == null) {
      flowFacts.application = "shoutcast";
    }
    boolean last = head.status >= 200 || head.status == 101;
    int outstanding = aligned ? outstanding() : UNKNOWN;
    int method = outstanding & ~WITH_PASSWORD;
    if (facts.responses.size() < HttpFacts.MESSAGE_LIMIT) {
      HttpResponse response = head.toResponse(timestampNanos);
      facts.responses.add(response);
      facts.messageBytes += response.keptBytes();
    }
    facts.cookieSet |= head.cookie;
    facts.addCookies(head.cookieNames);
    facts.truncatedHeads += head.cut ? 1 : 0;
    if (last) {
      facts.responseCount++;
      facts.answerCut |= !complete && facts.responseCount == 1;
      facts.statuses.add(Integer.toString(head.status));
      facts.firstResponseNanos =
          facts.firstResponseNanos == 0 ? timestampNanos : facts.firstResponseNanos;
      responseNumber++;
      if ((outstanding & WITH_PASSWORD) != 0) {
        logins.answered(head.status, flowFacts);
      }
      switchProtocol(direction, head, method);
    }
    flowFacts.changed();
    return method;
  }

  private int outstanding() {
    long ahead = requestNumber - responseNumber;
    return ahead <= 0 || ahead > OUTSTANDING
        ? UNKNOWN
        : methods[(int) (responseNumber % OUTSTANDING)];
  }

  private void switchProtocol(Direction direction, HttpHead head, int method) {
    if (head.status == 101) {
      facts.upgraded = true;
      facts.upgrade =
          facts.upgrade == null && head.upgrade != null
              ? head.upgrade.toLowerCase(Locale.ROOT)
              : facts.upgrade;
      if (head.isWebSocket()) {
        tunnel().askWebSocket(direction.reverse());
        tunnel().granted(flowFacts);
        stream(direction.reverse()).turnTo(StreamState.TUNNEL);
      } else {
        stream(direction.reverse()).turnTo(StreamState.STOPPED);
      }
    } else if (method == CONNECT && head.status < 300) {
      tunnel().granted(flowFacts);
    } else if (tunnel != null && !tunnel.isOpen() && method != OTHER && method != HEAD) {
      leaveTunnel(direction.reverse(), method == CONNECT);
    }
  }

  private void leaveTunnel(Direction client, boolean isConnect) {
    if (stream(client).leaveTunnel()) {
      if (isConnect) {
        tunnel.refused();
      } else {
        tunnel.refused(this::payload);
      }
    }
  }

  /** True when a request waits for its response. */
  boolean answersMissing() {
    return requestNumber > responseNumber;
  }

  /** Body bytes of the current message, missing ones included. */
  void bodyBytes(boolean request, long count) {
    if (request) {
      facts.requestBodyBytes += count;
    } else {
      facts.responseBodyBytes += count;
    }
  }

  /**
   * The first bytes of a message's body are there, or all of it.
   *
   * @param totalBytes of the body; -1 when it is not known yet
   */
  void body(
      Direction direction, HttpHead head, BodyPrefix body, long totalBytes, long timestampNanos) {
    boolean any = body.length() > 0;
    if (head.request) {
      if (any && facts.requestBody == null) {
        facts.requestBody = kept(body);
      }
    } else {
      facts.answerCut |= facts.responseCount == 1 && body.isCut(totalBytes);
      responseBody(head, body);
    }
    if (any && totalBytes >= 0 && flow.protocol == 6) {
      if (mtproto == null) {
        mtproto = new MtprotoOverHttp(flowFacts);
      }
      String path = head.request ? latestPath : null;
      mtproto.body(
          head.request,
          path,
          head.contentType,
          body.bytes(),
          body.length(),
          totalBytes,
          timestampNanos);
    }
    flowFacts.changed();
  }

  private static byte[] kept(BodyPrefix body) {
    return Redaction.body(Arrays.copyOf(body.bytes(), Math.min(KEPT_BODY, body.length())));
  }

  /** A body whose end only the connection's end tells: its words may tell enough already. */
  void bodySoFar(HttpHead head, BodyPrefix body) {
    if (facts.rejectedBy == null) {
      facts.rejectedBy = Rejection.recognize(head.status, head.server, body.bytes(), body.length());
      if (facts.rejectedBy != null) {
        facts.responseOpen = false;
        flowFacts.changed();
      }
    }
  }

  private void responseBody(HttpHead head, BodyPrefix body) {
    if (body.length() > 0 && facts.responseBody == null) {
      facts.responseBody = kept(body);
    }
    if (facts.rejectedBy == null) {
      facts.rejectedBy = Rejection.recognize(head.status, head.server, body.bytes(), body.length());
    }
    facts.responseOpen &= head.status < 200 && head.status != 101;
  }

  /** A direction lost its place: responses cannot be joined to requests any more. */
  void lostPlace() {
    aligned = false;
    facts.resyncs++;
  }

  /** A direction speaks HTTP/2. */
  void http2(Direction direction, boolean client) {
    facts.http2 = true;
    if (facts.client == null) {
      facts.client = client ? direction : direction.reverse();
      Endpoints.clientIs(flow, facts.client);
    }
    flowFacts.changed();
  }

  /** The first field block of an HTTP/2 direction came, or the direction ended before. */
  void http2Message(Direction direction, Http2Frames frames, long timestampNanos) {
    if (frames.block() == null) {
      return;
    }
    List<String[]> fields = Hpack.read(frames.block(), frames.blockLength());
    if (direction == facts.client) {
      Http2Messages.request(fields, facts, timestampNanos);
      logins.sent(Http2Messages.authorization(fields), flowFacts);
    } else {
      Http2Messages.response(fields, facts, timestampNanos);
      HttpResponse response = facts.firstResponse();
      if (response != null && facts.authorizationScheme != null) {
        logins.answered(response.status(), flowFacts);
      }
    }
    flowFacts.changed();
  }

  /** Bytes behind a request for a tunnel; returns where the direction stands with them. */
  StreamState tunnelled(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    if (tunnel().isRequest(buffer[offset])) {
      return StreamState.START;
    }
    return inTunnel(tunnel.payload(direction, buffer, offset, length, timestampNanos, flowFacts));
  }

  StreamState tunnelGap(Direction direction, long lengthBytes, long timestampNanos) {
    return inTunnel(tunnel().gap(direction, lengthBytes, timestampNanos));
  }

  private static StreamState inTunnel(boolean wanted) {
    return wanted ? StreamState.TUNNEL : StreamState.STOPPED;
  }

  private HttpStream stream(Direction direction) {
    return direction == Direction.ORIGINATOR ? originator : responder;
  }
}
