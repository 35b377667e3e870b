package dev.forensics.indexer.detect.user;

import dev.forensics.indexer.detect.dns.DnsFacts;
import dev.forensics.indexer.detect.dns.DnsQuestion;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.quic.QuicFacts;
import dev.forensics.indexer.detect.ssh.SshFacts;
import dev.forensics.indexer.detect.tls.TlsFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The fields that conditions of user rules can name, with their ECS names. */
public final class FlowFields {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;
  private static final Map<String, FlowField> ALL = new LinkedHashMap<>();

  static {
    endpoints();
    totals();
    network();
    http();
    tls();
    others();
  }

  private FlowFields() {}

  /** All fields, in the order of the documentation. */
  public static List<FlowField> all() {
    return List.copyOf(ALL.values());
  }

  /** The field of a name, or null. */
  static FlowField of(String name) {
    return ALL.get(name);
  }

  private static void endpoints() {
    address("source.ip", "address of the side that opened the flow", FlowView::sourceAddress);
    address("destination.ip", "address of the other side", FlowView::destinationAddress);
    number("source.port", "its port", view -> view.sourcePort());
    number("destination.port", "its port", view -> view.destinationPort());
    number("source.bytes", "bytes it sent, on the wire", view -> view.source().bytes);
    number("destination.bytes", "bytes it sent, on the wire", view -> view.destination().bytes);
    number("source.packets", "packets it sent", view -> view.source().packets);
    number("destination.packets", "packets it sent", view -> view.destination().packets);
    text(
        "source.as.organization.name",
        "holder of the source's registered prefix",
        view -> some(view.organization(view.sourceAddress())));
    text(
        "destination.as.organization.name",
        "holder of the destination's registered prefix",
        view -> some(view.organization(view.destinationAddress())));
  }

  private static void totals() {
    number("network.bytes", "bytes of both sides", view -> sum(view, true));
    number("network.packets", "packets of both sides", view -> sum(view, false));
    number(
        "event.duration",
        "first to last packet, nanoseconds",
        view -> view.flow.endNanos - view.flow.startNanos);
  }

  private static long sum(FlowView view, boolean bytes) {
    return bytes
        ? view.flow.originator.bytes + view.flow.responder.bytes
        : (long) view.flow.originator.packets + view.flow.responder.packets;
  }

  private static void network() {
    text("network.type", "ipv4 or ipv6", view -> List.of("ipv" + view.flow.ipVersion));
    text("network.transport", "tcp, udp, sctp", view -> some(transport(view.flow.protocol)));
    text("network.protocol", "protocol of either side, by content", FlowFields::protocols);
    text(
        "network.application",
        "application above it, such as telegram",
        view -> some(view.facts.findApplication()));
    text(
        "forensics.quality.midstream",
        "true or false: the beginning was missed",
        view -> List.of(String.valueOf(view.flow.midstream)));
  }

  private static String transport(int protocol) {
    return switch (protocol) {
      case TCP -> "tcp";
      case UDP -> "udp";
      case SCTP -> "sctp";
      default -> null;
    };
  }

  private static List<String> protocols(FlowView view) {
    List<String> names = new ArrayList<>(2);
    if (view.facts.originatorProtocol != null) {
      names.add(view.facts.originatorProtocol);
    }
    if (view.facts.responderProtocol != null) {
      names.add(view.facts.responderProtocol);
    }
    return names;
  }

  private static void http() {
    from("http.request.method", "of any request", HttpFacts.class, h -> h.methods.values());
    from("url.path", "of any request", HttpFacts.class, h -> h.paths.values());
    from("url.domain", "Host of any request", HttpFacts.class, h -> h.hosts.values());
    from("user_agent.original", "of any request", HttpFacts.class, h -> h.userAgents.values());
    from("http.response.status_code", "of any answer", HttpFacts.class, h -> h.statuses.values());
  }

  private static void tls() {
    text("tls.client.server_name", "name asked for, TLS and QUIC", FlowFields::serverNames);
    from("tls.version", "chosen, such as 1.2", TlsFacts.class, t -> some(t.version));
    from("tls.cipher", "chosen, by its IANA name", TlsFacts.class, t -> some(t.cipherName));
    from("tls.client.ja3", "JA3 of the client", TlsFacts.class, t -> some(t.ja3));
    text("forensics.tls.ja4", "JA4 of the client, TLS and QUIC", FlowFields::ja4);
    from("tls.server.ja3s", "JA3S of the server", TlsFacts.class, t -> some(t.ja3s));
  }

  private static List<String> serverNames(FlowView view) {
    TlsFacts tls = view.facts.find(TlsFacts.class);
    QuicFacts quic = view.facts.find(QuicFacts.class);
    return some(tls != null ? tls.serverName : quic != null ? quic.serverName : null);
  }

  private static List<String> ja4(FlowView view) {
    TlsFacts tls = view.facts.find(TlsFacts.class);
    QuicFacts quic = view.facts.find(QuicFacts.class);
    return some(tls != null ? tls.ja4 : quic != null ? quic.ja4 : null);
  }

  private static void others() {
    from(
        "dns.question.name",
        "of any question",
        DnsFacts.class,
        dns -> dns.questions().stream().map(DnsQuestion::name).toList());
    from("forensics.ssh.hassh", "HASSH of the client", SshFacts.class, ssh -> some(ssh.hassh));
    from(
        "forensics.ssh.hassh_server",
        "HASSH of the server",
        SshFacts.class,
        ssh -> some(ssh.hasshServer));
  }

  private static <T> void from(
      String name, String meaning, Class<T> type, Function<T, List<String>> values) {
    text(
        name,
        meaning,
        view -> {
          T facts = view.facts.find(type);
          return facts == null ? List.of() : values.apply(facts);
        });
  }

  private static List<String> some(String value) {
    return value == null ? List.of() : List.of(value);
  }

  private static void text(String name, String meaning, Function<FlowView, List<?>> values) {
    ALL.put(name, new FlowField(name, FlowField.Type.TEXT, meaning, values));
  }

  private static void number(String name, String meaning, Function<FlowView, Number> value) {
    ALL.put(
        name,
        new FlowField(
            name, FlowField.Type.NUMBER, meaning, view -> List.of(value.apply(view).longValue())));
  }

  private static void address(String name, String meaning, Function<FlowView, Address> value) {
    ALL.put(
        name,
        new FlowField(name, FlowField.Type.ADDRESS, meaning, view -> List.of(value.apply(view))));
  }
}
