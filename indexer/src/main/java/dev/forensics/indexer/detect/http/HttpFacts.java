package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.CountedValues;
import dev.forensics.indexer.detect.TunnelFacts;
import dev.forensics.indexer.flow.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was learned of the HTTP on one connection. Bounded: lists and distinct values are capped.
 */
public final class HttpFacts {
  /** How many requests, and how many responses, are kept one by one. */
  public static final int MESSAGE_LIMIT = 32;

  /** Memory of a cookie's name. */
  private static final int COOKIE_BYTES = 96;

  /** How many distinct values of each kind are kept. */
  public static final int VALUE_LIMIT = 32;

  /** Direction of the requests: the client; null when only responses could tell nothing. */
  public Direction client;

  /** Requests whose request line was seen. */
  public long requestCount;

  /** Final responses (status 200 and above, and 101) whose status line was seen. */
  public long responseCount;

  /** Methods with counts. */
  public final CountedValues methods = new CountedValues(VALUE_LIMIT);

  /** Paths, without query, with counts. */
  public final CountedValues paths = new CountedValues(VALUE_LIMIT);

  /** Host fields with counts; an empty one is "". */
  public final CountedValues hosts = new CountedValues(VALUE_LIMIT);

  /** Status codes of final responses with counts. */
  public final CountedValues statuses = new CountedValues(VALUE_LIMIT);

  /** User agents with counts. */
  public final CountedValues userAgents = new CountedValues(VALUE_LIMIT);

  /** The first requests, at most {@link #MESSAGE_LIMIT}. */
  public final List<HttpRequest> requests = new ArrayList<>(1);

  /** The first responses, interim ones too, at most {@link #MESSAGE_LIMIT}. */
  public final List<HttpResponse> responses = new ArrayList<>(1);

  /** Roughly the bytes of memory that {@link #requests} and {@link #responses} take. */
  int messageBytes;

  /** Body bytes of all requests, after transfer coding, missing ones included. */
  public long requestBodyBytes;

  /** Body bytes of all responses, after transfer coding, missing ones included. */
  public long responseBodyBytes;

  /** First body bytes of the first request that had a body; null when none had. */
  public byte[] requestBody;

  /** First body bytes of the first response that had a body; null when none had. */
  public byte[] responseBody;

  /** True when a Cookie field was sent by the client. */
  public boolean cookieSent;

  /** True when a Set-Cookie field was sent by the server. */
  public boolean cookieSet;

  /** Names of the cookies that were sent or set, at most {@link #VALUE_LIMIT}. */
  public final Set<String> cookieNames = new LinkedHashSet<>(0);

  /** Scheme of the Authorization (or Proxy-Authorization) field, lower case; null when none. */
  public String authorizationScheme;

  /** User name of Basic or Digest credentials; null when none. The password is never kept. */
  public String authorizationUser;

  /** Protocol of an Upgrade that was asked for, lower case, such as "websocket"; null when none. */
  public String upgrade;

  /** True when the server switched protocols (101). */
  public boolean upgraded;

  /** Target of a CONNECT; null when none. */
  public String connectTarget;

  /** Whom the requests are for where a tunnel leads elsewhere; null: for the flow's server. */
  public TunnelFacts target;

  /** True for HTTP/2 with prior knowledge or by upgrade. */
  public boolean http2;

  /**
   * The kind of server whose answer says that it does not take plaintext on this port, such as
   * "nginx"; null when no answer says so.
   */
  public String rejectedBy;

  /** "METHOD target" of the first request, known before its head is complete; or null. */
  public String openRequest;

  /** True while the first answer is there but its body, which may change its meaning, is not. */
  public boolean responseOpen;

  /** True when the first answer's head, or what its body begins with, is not known to its end. */
  public boolean answerCut;

  /** Times that the parser lost its place (gap, garbage) and searched the next message. */
  public int resyncs;

  /** Packet time of the first request's head, 0 when none. */
  public long firstRequestNanos;

  /** Packet time of the first final response's head, 0 when none. */
  public long firstResponseNanos;

  /** Head lines and field values cut at their limit. */
  public long truncatedHeads;

  /** Adds names of cookies while there is room. */
  void addCookies(Collection<String> names) {
    for (String name : names) {
      if (cookieNames.size() < VALUE_LIMIT) {
        cookieNames.add(name);
      }
    }
  }

  /** Roughly the bytes of memory that the messages and values take. */
  int keptBytes() {
    return messageBytes
        + methods.keptBytes()
        + paths.keptBytes()
        + hosts.keptBytes()
        + statuses.keptBytes()
        + userAgents.keptBytes()
        + cookieNames.size() * COOKIE_BYTES;
  }

  /** The first request, or null. */
  public HttpRequest firstRequest() {
    return requests.isEmpty() ? null : requests.get(0);
  }

  /** The first final response, or null. */
  public HttpResponse firstResponse() {
    for (int i = 0; i < responses.size(); i++) {
      HttpResponse response = responses.get(i);
      if (response.status() >= 200 || response.status() == 101) {
        return response;
      }
    }
    return null;
  }
}
