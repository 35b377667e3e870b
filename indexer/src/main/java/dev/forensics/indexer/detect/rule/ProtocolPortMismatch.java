package dev.forensics.indexer.detect.rule;

import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Severity;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An identified protocol on a port where the table expects another. HTTP and MTProto on HTTPS ports
 * have rules of their own.
 */
public final class ProtocolPortMismatch implements DetectionRule {
  private static final int TCP = 6;
  private static final int CONFIDENCE = 95;

  /** Protocols that give access to a network or a machine: worse where they hide. */
  private static final Set<String> ACCESS =
      Set.of("ssh", "rdp", "telnet", "smb", "openvpn", "wireguard", "socks");

  private static final RuleInfo INFO =
      new RuleInfo(
          "protocol-port-mismatch",
          "Protocol on a port of another one",
          "1",
          "policy",
          Severity.MEDIUM,
          "The bytes are of a protocol that is not expected on this server port, such as SSH on"
              + " 443, TLS on 80 or HTTP on 22. The expectations stand in detect/ports.csv.",
          "Filters that decide by port let it through: tunnels, backdoors and policy evasion look"
              + " like this.",
          "https://attack.mitre.org/techniques/T1571/",
          List.of("T1571"),
          List.of(
              "an administrator who moved SSH or a VPN to 443 so that it passes hotel networks",
              "a port multiplexer such as sslh, which serves several protocols on 443",
              "TURN over TCP 443, the fallback of video conferences",
              "a scanner that tries one protocol on all ports"));

  /** After CONNECT, a SOCKS request or STARTTLS, the rest of the connection is TLS. */
  private static final Set<String> CARRYING_TLS =
      Set.of("http", "socks", "smtp", "imap", "pop3", "ftp", "ldap", "irc", "mysql");

  private final DetectionSettings settings;
  private final PortTable table = PortTable.shipped();

  /** Makes the rule; HTTPS ports of the settings expect TLS. */
  public ProtocolPortMismatch(DetectionSettings settings) {
    this.settings = settings;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Verdict evaluate(Flow flow, FlowFacts facts, Occasion occasion, long timestampNanos) {
    Direction side = Direction.ORIGINATOR;
    String protocol = facts.originatorProtocol;
    if (!mismatched(flow, protocol)) {
      side = Direction.RESPONDER;
      protocol = facts.responderProtocol;
      if (!mismatched(flow, protocol)) {
        return null;
      }
    }
    Severity severity =
        ACCESS.contains(protocol) && isWebPort(flow) ? Severity.HIGH : Severity.MEDIUM;
    int confidence = Quality.confidence(CONFIDENCE, flow);
    return Quality.verdict(
        INFO, severity, confidence, reason(flow, facts, side, protocol), timestampNanos);
  }

  private boolean mismatched(Flow flow, String protocol) {
    int port = Endpoints.serverPort(flow);
    if (protocol == null || isInside(flow, port, protocol)) {
      return false;
    }
    boolean https = flow.protocol == TCP && settings.isHttpsPort(port);
    if (https) {
      return !"tls".equals(protocol) && !"http".equals(protocol) && !"mtproto".equals(protocol);
    }
    // A flow whose first packet was the server's has its ports the other way round.
    int other = flow.originatorPort + flow.responderPort - port;
    return table.row(flow.protocol, port) != null
        && !table.expects(flow.protocol, port, protocol)
        && !table.expects(flow.protocol, other, protocol);
  }

  /** TLS may follow what the port is for, where the beginning is missing. */
  private boolean isInside(Flow flow, int port, String protocol) {
    if (!"tls".equals(protocol) || TlsStart.isSeen(flow)) {
      return false;
    }
    PortTable.Row row = table.row(flow.protocol, port);
    return row != null && !Collections.disjoint(CARRYING_TLS, row.protocols());
  }

  private boolean isWebPort(Flow flow) {
    int port = Endpoints.serverPort(flow);
    return port == 80 || port == 53 || settings.isHttpsPort(port);
  }

  private String reason(Flow flow, FlowFacts facts, Direction side, String protocol) {
    int port = Endpoints.serverPort(flow);
    PortTable.Row row = table.row(flow.protocol, port);
    String expected = row == null ? "HTTPS" : row.service();
    String who = side == flow.opener ? "client" : "server";
    String other =
        side == Direction.ORIGINATOR ? facts.responderProtocol : facts.originatorProtocol;
    String both = protocol.equals(other) ? "client and server speak " : "the " + who + " speaks ";
    return String.format(
        Locale.ROOT,
        "%s on %s port %d, which is for %s: %s%s.",
        protocol.toUpperCase(Locale.ROOT),
        flow.protocol == TCP ? "TCP" : "UDP",
        port,
        expected,
        both,
        protocol);
  }
}
