package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;

/** Secrets in logins. */
final class PlantedLogins {
  private PlantedLogins() {}

  /** All of them. */
  static void addTo(PlantedPlaces places) {
    places.add(
        "ftp login",
        s ->
            Exchange.tcp()
                .server("220 FTP ready\r\n")
                .client("USER bob\r\nPASS " + s.text + "\r\n")
                .server("230 in\r\n"));
    places.add(
        "pop3 login",
        s ->
            Exchange.tcp()
                .server("+OK POP3 ready\r\n")
                .client("USER bob\r\nPASS " + s.text + "\r\nAUTH PLAIN\r\n")
                .client(s.base64("\0b\0") + "\r\n"));
    places.add(
        "imap login",
        s ->
            Exchange.tcp()
                .server("* OK IMAP4rev1 ready\r\n")
                .client("a1 LOGIN bob " + s.text + "\r\na2 LOGIN \"b b\" \"" + s.text + "\"\r\n"));
    places.add(
        "smtp login",
        s ->
            Exchange.tcp()
                .server("220 h.example ESMTP\r\n")
                .client("EHLO h.example\r\nAUTH LOGIN\r\nYm9i\r\n" + s.base64() + "\r\n")
                .client("AUTH PLAIN\r\n" + s.base64("\0b\0") + "\r\n"));
    places.add(
        "telnet login",
        s ->
            Exchange.tcp()
                .serverHex("fffb01fffb03")
                .server("login: ")
                .client("bob\r\n")
                .server("bob\r\nPassword: ")
                .client(s.text + "\r\n"));
    prompts(places);
    places.add(
        "mqtt login",
        s -> {
          String connect =
              PlantedTraffic.sized("MQTT")
                  + "\4\302\0\74"
                  + PlantedTraffic.sized("id")
                  + PlantedTraffic.sized("b")
                  + PlantedTraffic.sized(s.text);
          return Exchange.tcp().client("\20" + (char) connect.length() + connect);
        });
    places.add(
        "telnet",
        s ->
            Exchange.tcp()
                .serverHex("fffb01")
                .clientHex("fffd01")
                .server("\r\nUsername: ")
                .client("admin\r\n")
                .server("admin\r\nPassword: ")
                .client(s.text + "\r\n")
                .server("\r\nlogin: ")
                .client(s.text + "\r\n")
                .server(s.text + "\r\nLogin incorrect\r\n"));
    places.add(
        "telnet without options",
        s ->
            Exchange.tcp()
                .server("box login: ")
                .client("bob\r\n")
                .server("bob\r\nPassword: ")
                .client(s.text + "\r\n")
                .server("\r\n$ "));
    places.add(
        "redis",
        s ->
            Exchange.tcp()
                .client("*2\r\n$4\r\nAUTH\r\n$" + s.length() + "\r\n" + s.text + "\r\n")
                .server("+OK\r\n")
                .client("CONFIG SET requirepass " + s.text + "\r\n"));
    places.add(
        "redis config",
        s ->
            Exchange.tcp()
                .client("CONFIG SET requirepass " + s.text + "\r\nACL SETUSER b >" + s.text)
                .server("+OK\r\n"));
    places.add(
        "nats",
        s ->
            Exchange.tcp()
                .server("INFO {\"nonce\":\"" + s.text + "\"}\r\n")
                .client("CONNECT {\"user\":\"bob\",\"pass\":\"" + s.text + "\"}\r\nPING\r\n"));
    places.add(
        "memcached",
        s -> Exchange.tcp().client("set k 0 0 9\r\nbob " + s.text + "\r\n").server("STORED\r\n"));
    places.add(
        "xmpp",
        s ->
            Exchange.tcp()
                .client("<stream:stream to='h.example'><auth mechanism='PLAIN'>")
                .client(s.base64("\0b\0") + "</auth>"));
    places.add(
        "rtsp",
        s ->
            Exchange.tcp()
                .client("DESCRIBE rtsp://b:" + s.text + "@h.example/1 RTSP/1.0\r\nCSeq: 1\r\n")
                .client("Authorization: Basic " + s.base64("b:") + "\r\n\r\n"));
    places.add(
        "nntp",
        s -> Exchange.tcp().server("200 hi\r\n").client("AUTHINFO PASS " + s.text + "\r\n"));
    places.add("rexec", s -> Exchange.tcp().client("0\0bob\0" + s.text + "\0id\0").server("\0uid"));
    places.add(
        "rlogin", s -> Exchange.tcp().client("\0bob\0" + s.text + "\0xterm/9600\0").server("\0"));
  }

  /** What is typed where it does not belong. */
  private static void prompts(PlantedPlaces places) {
    places.add(
        "telnet password at the name",
        s ->
            Exchange.tcp()
                .server("box login: ")
                .client(s.text + "\r\n")
                .server(s.text + "\r\nPassword: ")
                .client("x\r\n")
                .server("\r\nLogin incorrect\r\nbox login: ")
                .client("bob\r\n")
                .server("bob\r\nPassword: "));
    places.add(
        "telnet password at the name alone",
        s ->
            Exchange.tcp()
                .server("box login: ")
                .client(s.text + "\r\n")
                .server(s.text + "\r\nPassword: "));
    places.add(
        "telnet password at the name, then Enter",
        s ->
            Exchange.tcp()
                .server("box login: ")
                .client(s.text + "\r\n")
                .server(s.text + "\r\nPassword: ")
                .client("\r\n")
                .server("\r\nLogin incorrect\r\nbox login: "));
    places.add(
        "telnet command at the name",
        s ->
            Exchange.tcp()
                .server("box login: ")
                .client("mysql -p" + s.text + "\r\n")
                .server("\r\nPassword: ")
                .client("x\r\n"));
    places.add(
        "ftp command as a name",
        s ->
            Exchange.tcp()
                .server("220 FTP ready\r\n")
                .client("USER root " + s.text + "\r\nPASS " + s.text + "\r\n")
                .server("530 no\r\n"));
    places.add(
        "ftp password as a name",
        s ->
            Exchange.tcp()
                .server("220 FTP ready\r\n")
                .client("USER " + s.text + "\r\nPASS x\r\n")
                .server("331 go\r\n530 no\r\n")
                .client("USER bob\r\nPASS x\r\n")
                .server("331 go\r\n230 in\r\n"));
    places.add(
        "imap command as a name",
        s ->
            Exchange.tcp()
                .server("* OK IMAP4rev1 ready\r\n")
                .client("a1 LOGIN \"b " + s.text + "\" \"" + s.text + "\"\r\n")
                .server("a1 NO no\r\n"));
    places.add(
        "smtp command as a name",
        s ->
            Exchange.tcp()
                .server("220 h.example ESMTP\r\n")
                .client("EHLO h.example\r\nAUTH PLAIN " + s.base64("\0b\0") + "\r\n")
                .server("250 ok\r\n535 5.7.8 no\r\n"));
  }
}
