package dev.forensics.indexer.serve;

import dev.forensics.indexer.evidence.PacketExport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /pcap/ID}: the packets of a flow or an alarm as a pcapng file; HEAD tells whether
 * there are any. With a token, asks for {@code Authorization: Bearer TOKEN}, the token as the
 * password of {@code Basic} (what a browser asks for when a link in Kibana is clicked), or {@code
 * ?token=TOKEN}. {@value #AT_A_TIME} are answered at a time, others wait up to {@value
 * #WAIT_SECONDS} s; who takes nothing for a while is cut off by the server.
 */
final class PcapHandler implements Routes.Page {
  private static final Logger LOG = LoggerFactory.getLogger(PcapHandler.class);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");
  private static final int BUFFER = 64 * 1024;
  private static final String PREFIX = "/pcap/";
  private static final String CHALLENGE = "Basic realm=\"packets: the token is the password\"";

  /** Copies at a time: more would only make each slower. */
  private static final int AT_A_TIME = 4;

  /** Requests that wait for their turn, each with a thread; more are told to come again. */
  static final int MOST_WAITING = 64;

  private static final int WAIT_SECONDS = 30;

  private final byte[] token;
  private final PacketExport packets;
  private final Semaphore turns = new Semaphore(AT_A_TIME, true);

  PcapHandler(String token, PacketExport packets) {
    this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    this.packets = packets;
  }

  @Override
  public void answer(Request request, Response response) throws IOException {
    String id = Routes.path(request).substring(PREFIX.length());
    if (!isAllowed(request)) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, CHALLENGE);
      Answers.text(request, response, 401, "a token is needed\n");
    } else if (!ID.matcher(id).matches()) {
      Answers.text(request, response, 400, "not an id\n");
    } else if (isTurn()) {
      try {
        send(request, response, id);
      } finally {
        turns.release();
      }
    } else {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, WAIT_SECONDS);
      Answers.text(request, response, 503, "too many others are being sent packets\n");
    }
  }

  private boolean isTurn() throws IOException {
    try {
      return turns.getQueueLength() < MOST_WAITING
          ? turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)
          : turns.tryAcquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the service is being stopped");
    }
  }

  private void send(Request request, Response response, String id) throws IOException {
    Optional<PacketExport.Packets> found;
    try {
      found = packets.find(id);
    } catch (IOException e) {
      LOG.warn("packets of id={} cannot be found: {}", id, e.getMessage());
      String text = "the packets cannot be had now: " + e.getMessage() + "\n";
      Answers.text(request, response, 503, text);
      return;
    }
    if (found.isEmpty()) {
      Answers.text(request, response, 404, "no flow or alarm has this id\n");
    } else if (found.get().areGone()) {
      Answers.text(request, response, 410, "the captures with its packets are gone\n");
    } else {
      send(request, response, id, found.get());
    }
  }

  private void send(Request request, Response response, String id, PacketExport.Packets found)
      throws IOException {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-pcapng");
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_DISPOSITION, "attachment; filename=\"" + id + ".pcapng\"");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (Answers.isHead(request)) {
      return;
    }
    // Closed only when the body is complete: what was cut off must not look like a whole file.
    OutputStream out = new BufferedOutputStream(Content.Sink.asOutputStream(response), BUFFER);
    String reader = Request.getRemoteAddr(request);
    try {
      found.writeTo(out);
      out.close();
    } catch (IOException | RuntimeException e) {
      LOG.info("packets of id={} sent to {} in part: {}", id, reader, e.getMessage());
      throw e;
    }
    LOG.info("packets of id={} sent to {}", id, reader);
  }

  private boolean isAllowed(Request request) {
    if (token == null) {
      return true;
    }
    String given = given(request);
    boolean isAllowed = given != null && isToken(given);
    if (given != null && !isAllowed) {
      LOG.warn("a wrong token for packets from {}", Request.getRemoteAddr(request));
    }
    return isAllowed;
  }

  /** The token of a request; null when it has none. */
  private static String given(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header != null && header.startsWith("Bearer ")) {
      return header.substring("Bearer ".length());
    }
    if (header != null && header.startsWith("Basic ")) {
      return password(header.substring("Basic ".length()));
    }
    String query = request.getHttpURI().getQuery();
    return query != null && query.startsWith("token=")
        ? decoded(query.substring("token=".length()))
        : null;
  }

  /** Without its percent signs; empty when one of them stands for nothing. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** What stands behind the colon; empty when it is not of this form. */
  private static String password(String encoded) {
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded.strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Takes the same time whatever is wrong. */
  private boolean isToken(String given) {
    return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
  }
}
