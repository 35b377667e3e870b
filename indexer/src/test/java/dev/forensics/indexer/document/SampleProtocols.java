package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.detect.bittorrent.BittorrentFacts;
import dev.forensics.indexer.detect.dns.DnsProtocol;
import dev.forensics.indexer.detect.ftp.FtpFacts;
import dev.forensics.indexer.detect.imap.ImapFacts;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.detect.mqtt.MqttFacts;
import dev.forensics.indexer.detect.openvpn.OpenvpnFacts;
import dev.forensics.indexer.detect.pop3.Pop3Facts;
import dev.forensics.indexer.detect.quic.QuicFacts;
import dev.forensics.indexer.detect.rdp.RdpFacts;
import dev.forensics.indexer.detect.smb.SmbFacts;
import dev.forensics.indexer.detect.smtp.SmtpFacts;
import dev.forensics.indexer.detect.socks.SocksFacts;
import dev.forensics.indexer.detect.ssh.SshFacts;
import dev.forensics.indexer.detect.stun.StunFacts;
import dev.forensics.indexer.detect.telnet.TelnetFacts;
import dev.forensics.indexer.detect.wireguard.WireguardFacts;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Facts of the smaller protocols, filled so that every field occurs. */
final class SampleProtocols {
  /** Answer to "A example.org" and its question: 192.0.2.80 after an alias. */
  private static final String DNS_ANSWER =
      "12348180000100020000000007657861"
          + "6d706c65036f72670000010001"
          + "c00c000500010000012c000603777777c00c"
          + "c029000100010000012c0004c0000250";

  private SampleProtocols() {}

  /** The facts of one flow each could have; here all of one flow, since no two share a member. */
  static FlowFacts all() {
    FlowFacts facts = new FlowFacts();
    facts.originatorProtocol = "ssh";
    List<Object> simple =
        List.of(
            new SshFacts(),
            new SmtpFacts(),
            new Pop3Facts(),
            new ImapFacts(),
            new FtpFacts(),
            new TelnetFacts(),
            new MqttFacts(),
            new RdpFacts(),
            new SmbFacts(),
            new SocksFacts(),
            new StunFacts(),
            new OpenvpnFacts(),
            new WireguardFacts(),
            new BittorrentFacts());
    simple.forEach(SampleProtocols::fill);
    simple.forEach(facts::add);
    facts.get(SmtpFacts.class).recipients.add("bob@example.org");
    facts.get(FtpFacts.class).files.add("RETR report.pdf");
    CleartextLogins.sent(facts, "ftp", "USER/PASS", "alice", true);
    CleartextLogins.answered(facts, false);
    CleartextLogins.sent(facts, "ftp", "USER/PASS", null, false);
    return facts;
  }

  /** A name and its address, read by the real parser. */
  static FlowFacts dns(Flow flow) {
    FlowFacts facts = new FlowFacts();
    facts.responderProtocol = "dns";
    ProtocolParser parser = new DnsProtocol().open(flow, facts);
    byte[] answer = HexFormat.of().parseHex(DNS_ANSWER);
    parser.payload(Direction.RESPONDER, answer, 0, answer.length, flow.startNanos);
    return facts;
  }

  /** A connection whose Initial packets could be opened. */
  static FlowFacts quic() {
    FlowFacts facts = new FlowFacts();
    facts.originatorProtocol = "quic";
    QuicFacts quic = facts.add(new QuicFacts());
    fill(quic);
    quic.serverName = "video.example.org";
    quic.alpnOffered = List.of("h3");
    return facts;
  }

  /** Gives each text its field's name, each number its place from 1, each mark true. */
  private static void fill(Object facts) {
    Field[] fields = facts.getClass().getFields();
    Arrays.sort(fields, Comparator.comparing(Field::getName));
    int place = 1;
    for (Field field : fields) {
      if (Modifier.isStatic(field.getModifiers()) || Modifier.isFinal(field.getModifiers())) {
        continue;
      }
      try {
        set(facts, field, place++);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void set(Object facts, Field field, int place) throws IllegalAccessException {
    Class<?> type = field.getType();
    if (type == String.class) {
      field.set(facts, field.getName());
    } else if (type == boolean.class) {
      field.setBoolean(facts, true);
    } else if (type == long.class) {
      field.setLong(facts, place);
    } else if (type == int.class) {
      field.setInt(facts, place);
    }
  }
}
