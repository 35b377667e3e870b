package dev.forensics.indexer.farm;

import dev.forensics.indexer.detect.Exchange;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Sessions of protocols of lines, from the beginning or joined at any line of either side. A line
 * begins with its speaker, C or S; $w, $n, $h stand for words, a number, a host's name.
 */
final class TextSessions implements OrdinaryTraffic {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Session(String name, String right, int port, String... lines) {}

  private static final List<Session> SESSIONS =
      List.of(
          new Session(
              "memcached",
              "",
              11211,
              "Cget $w",
              "SVALUE $w 0 $n",
              "S$w $w",
              "SEND",
              "Cset $w 0 0 $n",
              "C$w",
              "SSTORED",
              "Cstats",
              "SSTAT pid $n",
              "SSTAT uptime $n",
              "SEND",
              "Cversion",
              "SVERSION 1.6.$n",
              "Cdelete $w",
              "SDELETED",
              "Cincr $w $n",
              "SNOT_FOUND",
              "Ctouch $w $n"),
          new Session(
              "redis inline",
              "",
              6379,
              "CPING",
              "S+PONG",
              "CTYPE $w",
              "S+string",
              "CGET $w",
              "S$$n",
              "S$w",
              "CINFO",
              "S-ERR $w",
              "CLIST $w",
              "CAUTH $w",
              "S+OK",
              "CSELECT 1",
              "S+OK"),
          new Session(
              "nntp",
              "",
              119,
              "S200 $h ready",
              "CMODE READER",
              "S200 $w $w posting allowed",
              "CGROUP misc.$w",
              "S211 $n 1 $n misc.$w",
              "CSTAT $n",
              "S223 $n <$n@$h>",
              "CARTICLE $n",
              "S220 $n <$n@smtp.$h>",
              "SSubject: $w FTP $w",
              "S.",
              "CLIST ACTIVE",
              "S215 list of newsgroups follows",
              "S.",
              "S480 $w",
              "S281 authentication accepted",
              "S502 $w",
              "CQUIT",
              "S205 bye"),
          new Session(
              "irc",
              "",
              6667,
              "CNICK $w",
              "CUSER $w 0 * :$w $w",
              "S:$h 001 $w :Welcome to $w",
              "CJOIN #$w",
              "CPRIVMSG #$w :use HTTP/1.1 $w",
              "S:$w!~$w@$h PRIVMSG #$w :$w $w",
              "CPING :$h",
              "SPONG $h",
              "CLIST",
              "CQUIT :$w"),
          new Session(
              "beanstalkd",
              "",
              11300,
              "Cuse $w",
              "SUSING $w",
              "Cput $n 0 60 5",
              "C$w",
              "SINSERTED $n",
              "Creserve",
              "SRESERVED $n 5",
              "Cdelete $n",
              "SDELETED",
              "Cstats",
              "SOK $n",
              "S---",
              "Spid: $n"),
          new Session(
              "nats",
              "",
              4222,
              "SINFO {\"server_id\":\"$w\",\"port\":$n}",
              "CCONNECT {\"verbose\":false,\"name\":\"$w\"}",
              "CPING",
              "SPONG",
              "CSUB $w 1",
              "S+OK",
              "SMSG $w 1 $n",
              "S$w $w"),
          new Session(
              "zookeeper",
              "",
              2181,
              "Cstat",
              "SZookeeper version: 3.$n",
              "SClients:",
              "Cruok",
              "Simok"),
          new Session(
              "gopher", "", 70, "C/$w", "Si$w $w\terror.host\t1", "S1$w\t/$w\t$h\t70", "S."),
          new Session(
              "whois", "", 43, "C$h", "S% $w $w", "Sdomain: $h", "Sstatus: $w", "Snserver: $h"),
          new Session("finger", "", 79, "C$w", "SLogin: $w    Name: $w $w", "SDirectory: /home/$w"),
          new Session("ident", "", 113, "C$n, $n", "S$n, $n : USERID : UNIX : $w"),
          new Session("graphite", "", 2003, "C$w.$w.status $n 17$n", "C$w.count $n 17$n"),
          new Session(
              "syslog",
              "",
              601,
              "C<13>1 2026-11-30T10:00:00Z $h $w $n - - $w $w",
              "C<165>Nov 30 10:00:00 $w sshd[$n]: Failed password for $w"),
          new Session(
              "logs",
              "",
              5170,
              "C192.0.2.1 - - [30/Nov/2026:10:00:00 +0000] \"GET /$w HTTP/1.1\" 200 $n",
              "CNov 30 10:00:00 $w LOGIN $w ok",
              "C$w GET /$w HTTP/1.1 200 $n",
              "C2026-11-30 STATUS $w",
              "C$n LOGOUT $w",
              "C{\"time\":\"$n\",\"msg\":\"POST /$w HTTP/1.0\"}",
              "C* OK $w"),
          new Session(
              "sip",
              "",
              5060,
              "COPTIONS sip:$w@$h SIP/2.0",
              "CVia: SIP/2.0/TCP $h",
              "C",
              "SSIP/2.0 200 OK",
              "S"),
          new Session(
              "rtsp",
              "",
              554,
              "COPTIONS rtsp://$h/$w RTSP/1.0",
              "CCSeq: $n",
              "C",
              "SRTSP/1.0 200 OK",
              "SCSeq: $n",
              "S"),
          new Session(
              "icap",
              "",
              1344,
              "CREQMOD icap://$h/$w ICAP/1.0",
              "CHost: $h",
              "C",
              "SICAP/1.0 204 No $w",
              "S"),
          new Session(
              "stomp",
              "",
              61613,
              "CCONNECT",
              "Caccept-version:1.2",
              "C",
              "SCONNECTED",
              "Sversion:1.2",
              "S"),
          new Session(
              "xmpp",
              "",
              5222,
              "C<stream:stream to='$h' version='1.0'>",
              "S<stream:features/>",
              "C<iq id='$n'/>"),
          new Session(
              "shell",
              "",
              4444,
              "Swhoami",
              "C$w",
              "Stype $w.txt",
              "C$w $w",
              "Sstat $w",
              "Stop",
              "Slist $w",
              "Ssize a.out",
              "Sport $n",
              "Spass $w",
              "Suser $w",
              "C$w@$h:~$ "),
          new Session(
              "smtp",
              "smtp",
              25,
              "S220 $h ESMTP $w",
              "CEHLO $h",
              "S250-$h",
              "S250 SIZE $n",
              "CMAIL FROM:<$w@$h>",
              "S250 2.1.0 Ok",
              "CRCPT TO:<$w@$h>",
              "S250 2.1.5 Ok",
              "CDATA",
              "S354 End data with .",
              "CSubject: $w FTP",
              "C",
              "C$w $w",
              "CGET /$w for more",
              "C.",
              "S250 2.0.0 Ok: queued as $n",
              "CQUIT",
              "S221 2.0.0 Bye"),
          new Session(
              "ftp",
              "ftp",
              21,
              "S220 $w FTP $w",
              "CUSER anonymous",
              "S331 Please specify the password.",
              "CPASS $w@$h",
              "S230 Login successful.",
              "CSYST",
              "S215 UNIX Type: L8",
              "CTYPE I",
              "S200 Switching to Binary mode.",
              "CSIZE /$w.bin",
              "S213 $n",
              "CNOOP",
              "S200 NOOP command successful",
              "CPASV",
              "S227 Entering Passive Mode (192,0,2,1,4,$n).",
              "CRETR $w.bin",
              "S150 Opening BINARY mode data connection",
              "S226 Transfer complete.",
              "CLIST",
              "S530 Login incorrect.",
              "CQUIT",
              "S221 Goodbye."));

  private static final List<Session> ALL =
      Stream.of(SESSIONS, MailSessions.ALL).flatMap(List::stream).toList();

  /** Protocols whose logins are their own alarm, also where the user was missed. */
  private static final List<String> WITH_LOGIN = List.of("ftp", "imap", "pop3");

  @Override
  public OrdinaryFlow flow(Random random) {
    Session session = ALL.get(random.nextInt(ALL.size()));
    Exchange exchange = Exchange.tcp();
    boolean joined = random.nextBoolean();
    int seen = random.nextInt(8);
    String[] lines = session.lines();
    int from = joined ? random.nextInt(lines.length) : 0;
    int to = from + 1 + random.nextInt(lines.length - from);
    for (String line : Arrays.copyOfRange(lines, from, to)) {
      boolean client = line.charAt(0) == 'C';
      byte[] bytes = Fill.ascii(filled(line.substring(1), random) + "\r\n");
      int missed = joined && exchange.pieces().isEmpty() ? missed(bytes, random) : 0;
      if (seen != (client ? 0 : 1)) {
        add(exchange, client, Arrays.copyOfRange(bytes, missed, bytes.length));
      }
    }
    int port =
        session.right().isEmpty() && random.nextInt(3) == 0 ? Fill.port(random) : session.port();
    OrdinaryFlow flow = OrdinaryFlow.of(session.name(), exchange, port).named(session.right());
    boolean anonymous = "ftp".equals(session.right()) && !joined;
    boolean login = WITH_LOGIN.contains(session.right()) && !anonymous;
    OrdinaryFlow whole = login ? flow.alarming("cleartext-credentials") : flow;
    return joined ? whole.joined() : whole;
  }

  /** Joined at a line's beginning mostly, or within it. */
  private static int missed(byte[] line, Random random) {
    return random.nextInt(4) == 0 ? random.nextInt(line.length) : 0;
  }

  private static void add(Exchange exchange, boolean client, byte[] bytes) {
    if (client) {
      exchange.client(bytes);
    } else {
      exchange.server(bytes);
    }
  }

  private static String filled(String line, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      char next = i + 1 < line.length() ? line.charAt(i + 1) : 0;
      if (c == '$' && "wnh".indexOf(next) >= 0) {
        text.append(
            next == 'w' ? Fill.word(random) : next == 'h' ? Fill.host(random) : Fill.small(random));
        i++;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
