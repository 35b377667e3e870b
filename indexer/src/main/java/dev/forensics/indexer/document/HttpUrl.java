package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.TunnelFacts;
import dev.forensics.indexer.detect.http.HttpRequest;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.document.json.AddressText;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.Locale;

/** The masked URL of a request, put together from its target, its Host field and the flow. */
final class HttpUrl {
  private static final int HTTP_PORT = 80;

  private HttpUrl() {}

  /** True when the request asks a proxy: an absolute target or CONNECT (RFC 9112 section 3.2). */
  static boolean isForProxy(HttpRequest request) {
    return isConnect(request) || isAbsolute(request.target());
  }

  /** Host name or address that the request is for, lower case; null when it names none. */
  static String domain(HttpRequest request) {
    String authority = authority(request);
    return authority == null || authority.isEmpty() ? null : host(authority);
  }

  /** A host, with the port taken off, lower case; IPv6 without brackets. */
  static String host(String authority) {
    int at = authority.lastIndexOf('@') + 1;
    int end = authority.length();
    if (authority.startsWith("[", at)) {
      int bracket = authority.indexOf(']', at);
      return shown(authority.substring(at + 1, bracket < 0 ? end : bracket));
    }
    int colon = authority.indexOf(':', at);
    return shown(authority.substring(at, colon < 0 ? end : colon));
  }

  /**
   * The full URL with the port that was really called; null for targets that are none (CONNECT, *).
   * A request without a host gets the server's address.
   */
  static String full(HttpRequest request, Flow flow, Direction client, TunnelFacts target) {
    String asked = request.target();
    if (isAbsolute(asked)) {
      return Masks.url(asked);
    }
    if (isConnect(request) || !asked.startsWith("/")) {
      return null;
    }
    int port = port(flow, client, target);
    String host = request.host();
    String authority =
        host == null || host.isEmpty() ? address(flow, client, target) : Masks.authority(host);
    boolean hasPort = authority.indexOf(':', authority.lastIndexOf(']') + 1) >= 0;
    return "http://"
        + authority
        + (hasPort || port == HTTP_PORT ? "" : ":" + port)
        + Masks.url(asked);
  }

  /** The port of the target behind a proxy, else the server's. */
  static int port(Flow flow, Direction client, TunnelFacts target) {
    if (target != null && target.targetPort() > 0) {
      return target.targetPort();
    }
    return client == Direction.ORIGINATOR ? flow.responderPort : flow.originatorPort;
  }

  private static String authority(HttpRequest request) {
    if (isConnect(request)) {
      return request.target();
    }
    if (isAbsolute(request.target())) {
      int start = request.target().indexOf("://") + 3;
      int end = start;
      while (end < request.target().length() && "/?#".indexOf(request.target().charAt(end)) < 0) {
        end++;
      }
      return request.target().substring(start, end);
    }
    return request.host();
  }

  private static String address(Flow flow, Direction client, TunnelFacts target) {
    if (target != null && target.targetHost() != null) {
      String host = shown(target.targetHost());
      return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }
    boolean responder = client == Direction.ORIGINATOR;
    String text =
        AddressText.of(
            flow.ipVersion,
            responder ? flow.responderHigh : flow.originatorHigh,
            responder ? flow.responderLow : flow.originatorLow);
    return flow.ipVersion == 4 ? text : "[" + text + "]";
  }

  private static boolean isConnect(HttpRequest request) {
    return request.method().equals("CONNECT");
  }

  private static boolean isAbsolute(String target) {
    int scheme = target.indexOf("://");
    return scheme > 0 && target.indexOf('/') > scheme && target.charAt(0) != '/';
  }

  private static String shown(String host) {
    return Masks.host(host).toLowerCase(Locale.ROOT);
  }
}
