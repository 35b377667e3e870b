package dev.forensics.indexer.serve;

import com.sun.net.httpserver.HttpExchange;
import dev.forensics.indexer.evidence.PacketExport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /pcap/ID}: the packets of a flow or an alarm as a pcapng file; HEAD tells whether
 * there are any. With a token, asks for {@code Authorization: Bearer TOKEN}, the token as the
 * password of {@code Basic} (what a browser asks for when a link in Kibana is clicked), or {@code
 * ?token=TOKEN}. {@value #AT_A_TIME} are answered at a time, others wait up to {@value
 * #WAIT_SECONDS} s; who takes nothing for a while is cut off.
 */
final class PcapHandler implements HttpEndpoint.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(PcapHandler.class);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");
  private static final String PREFIX = "/pcap/";
  private static final String CHALLENGE = "Basic realm=\"packets: the token is the password\"";

  /** Copies at a time: more would only make each slower. */
  private static final int AT_A_TIME = 4;

  private static final int WAIT_SECONDS = 30;

  private final byte[] token;
  private final PacketExport packets;
  private final StalledReaders readers;
  private final Semaphore turns = new Semaphore(AT_A_TIME, true);

  PcapHandler(String token, PacketExport packets, StalledReaders readers) {
    this.readers = readers;
    this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    this.packets = packets;
  }

  @Override
  public void answer(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring(PREFIX.length());
    if (!isAllowed(exchange)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", CHALLENGE);
      Answers.text(exchange, 401, "a token is needed\n");
    } else if (!ID.matcher(id).matches()) {
      Answers.text(exchange, 400, "not an id\n");
    } else if (isTurn()) {
      try {
        send(exchange, id);
      } finally {
        turns.release();
      }
    } else {
      exchange.getResponseHeaders().set("Retry-After", Integer.toString(WAIT_SECONDS));
      Answers.text(exchange, 503, "too many others are being sent packets\n");
    }
  }

  private boolean isTurn() throws IOException {
    try {
      return turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the service is being stopped");
    }
  }

  private void send(HttpExchange exchange, String id) throws IOException {
    Optional<PacketExport.Packets> found;
    try {
      found = packets.find(id);
    } catch (IOException e) {
      LOG.warn("packets of id={} cannot be found: {}", id, e.getMessage());
      Answers.text(exchange, 503, "the packets cannot be had now: " + e.getMessage() + "\n");
      return;
    }
    if (found.isEmpty()) {
      Answers.text(exchange, 404, "no flow or alarm has this id\n");
      return;
    }
    if (found.get().areGone()) {
      Answers.text(exchange, 410, "the captures with its packets are gone\n");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/x-pcapng");
    exchange
        .getResponseHeaders()
        .set("Content-Disposition", "attachment; filename=\"" + id + ".pcapng\"");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (Answers.isHead(exchange)) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    readers.send(exchange.getResponseBody(), found.get()::writeTo);
  }

  private boolean isAllowed(HttpExchange exchange) {
    if (token == null) {
      return true;
    }
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header != null && header.startsWith("Bearer ")) {
      return isToken(header.substring("Bearer ".length()));
    }
    if (header != null && header.startsWith("Basic ")) {
      return isToken(password(header.substring("Basic ".length())));
    }
    String query = exchange.getRequestURI().getQuery();
    return query != null && query.startsWith("token=") && isToken(query.substring(6));
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
