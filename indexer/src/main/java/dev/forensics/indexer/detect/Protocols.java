package dev.forensics.indexer.detect;

import dev.forensics.indexer.detect.bittorrent.BittorrentProtocol;
import dev.forensics.indexer.detect.dns.DnsProtocol;
import dev.forensics.indexer.detect.ftp.FtpProtocol;
import dev.forensics.indexer.detect.http.HttpProtocol;
import dev.forensics.indexer.detect.imap.ImapProtocol;
import dev.forensics.indexer.detect.mqtt.MqttProtocol;
import dev.forensics.indexer.detect.mtproto.MtprotoProtocol;
import dev.forensics.indexer.detect.openvpn.OpenvpnProtocol;
import dev.forensics.indexer.detect.pop3.Pop3Protocol;
import dev.forensics.indexer.detect.quic.QuicProtocol;
import dev.forensics.indexer.detect.rdp.RdpProtocol;
import dev.forensics.indexer.detect.smb.SmbProtocol;
import dev.forensics.indexer.detect.smtp.SmtpProtocol;
import dev.forensics.indexer.detect.socks.SocksProtocol;
import dev.forensics.indexer.detect.ssh.SshProtocol;
import dev.forensics.indexer.detect.stun.StunProtocol;
import dev.forensics.indexer.detect.telnet.TelnetProtocol;
import dev.forensics.indexer.detect.tls.TlsProtocol;
import dev.forensics.indexer.detect.wireguard.WireguardProtocol;
import java.util.List;

/**
 * The list of protocols, in the order in which they are asked: the first YES wins. Those that know
 * their bytes at once stand first, those that need many bytes or a computation stand last. DNS,
 * whose messages are known by many bits, stands before the datagrams that are known by few. A test
 * fails when a protocol is missing here.
 */
public final class Protocols {
  private static final List<Protocol> ALL =
      List.of(
          new HttpProtocol(),
          new TlsProtocol(),
          new SshProtocol(),
          new SmtpProtocol(),
          new FtpProtocol(),
          new ImapProtocol(),
          new Pop3Protocol(),
          new TelnetProtocol(),
          new RdpProtocol(),
          new SmbProtocol(),
          new MqttProtocol(),
          new DnsProtocol(),
          new BittorrentProtocol(),
          new StunProtocol(),
          new QuicProtocol(),
          new WireguardProtocol(),
          new OpenvpnProtocol(),
          new SocksProtocol(),
          new MtprotoProtocol());

  private static final ProtocolSet SET = new ProtocolSet(ALL);

  private Protocols() {}

  /** All protocols, in the order of asking; at most 63. */
  public static List<Protocol> all() {
    return ALL;
  }

  /** All protocols as one set, shared by all flows. */
  public static ProtocolSet set() {
    return SET;
  }
}
