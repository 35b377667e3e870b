package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Conversations of the protocols with a secret in each place that may hold one. */
final class PlantedTraffic {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Set<String> NAMED =
      Set.of(
          "ftp",
          "pop3",
          "imap",
          "smtp",
          "ssh",
          "rdp",
          "telnet",
          "mqtt",
          "socks 5 user and target",
          "http digest",
          "http path file",
          "http query cmd");
  private static final Map<String, Function<PlantedSecret, Exchange>> ALL = new LinkedHashMap<>();

  static {
    webHeads();
    webBodies();
    http2();
    mailAndFiles();
    logins();
    binary();
    datagrams();
    unknown();
  }

  private PlantedTraffic() {}

  /** By the place of the secret. */
  static Map<String, Function<PlantedSecret, Exchange>> all() {
    return ALL;
  }

  /**
   * True where the secret stands for a user, a file, a greeting or another name, too: what a person
   * thinks up cannot be told from names there.
   */
  static boolean isNamed(String place) {
    return NAMED.contains(place);
  }

  private static void add(String place, Function<PlantedSecret, Exchange> conversation) {
    if (ALL.put(place, conversation) != null) {
      throw new IllegalArgumentException("twice: " + place);
    }
  }

  private static Exchange ask(String request) {
    return Exchange.tcp().client(request).server(OK);
  }

  private static void target(String place, Function<PlantedSecret, String> target) {
    add(
        "http " + place,
        s -> ask("GET " + target.apply(s) + " HTTP/1.1\r\nHost: shop.example.org\r\n\r\n"));
  }

  private static void header(String place, Function<PlantedSecret, String> line) {
    add(
        "http " + place,
        s -> ask("GET /a HTTP/1.1\r\nHost: h.example.org\r\n" + line.apply(s) + "\r\n\r\n"));
  }

  private static void webHeads() {
    for (String name :
        new String[] {
          "token",
          "api_key",
          "access_token",
          "sig",
          "X-Amz-Signature",
          "pass%77ord",
          "user%5Bpassword%5D",
          "client_secret",
          "otp",
          "pw",
          "mot_de_passe",
          "heslo",
          "passwort",
          "contrase%C3%B1a",
          "p%2561ss",
          "q",
          "page",
          "lang",
          "id",
          "x",
          "v",
          "action",
          "cmd"
        }) {
      target("query " + name, s -> "/a?b=1&" + name + "=" + s.text + "&c=2");
      target("query percent " + name, s -> "/a?" + name + "=" + s.percent(1));
      target("query twice " + name, s -> "/a?" + name + "=" + s.percent(2));
    }
    target("query alone", s -> "/a?" + s.text);
    target("query name", s -> "/a?" + s.text + "=1;" + s.text);
    target("query hex", s -> "/a?v=" + s.hex());
    target("query base64", s -> "/a?v=" + s.base64("x"));
    target("path", s -> "/a/" + s.text + "/b");
    target("path end", s -> "/reset/" + s.text);
    target("path file", s -> "/f/" + s.text + ".html");
    target("path percent", s -> "/a/" + s.percent(1));
    target("path twice", s -> "/a/" + s.percent(2) + "/b");
    target("path base64", s -> "/a/" + s.base64("ab") + "/b");
    target("path hex", s -> "/a/" + s.hex());
    target("bot", s -> "/bot123456:" + s.text + "/sendMessage");
    target("session", s -> "/a;jsessionid=" + s.text + "?x=1");
    target("parameter of a segment", s -> "/a;" + s.text + "/b");
    target("fragment", s -> "/a#" + s.text);
    target("second fragment", s -> "/a?x=1#access_token=" + s.text);
    target("user", s -> "http://bob:" + s.text + "@h.example.org/");
    target("user alone", s -> "http://" + s.text + "@h.example.org/");
    target("user in a path", s -> "/http://bob:" + s.text + "@h.example.org/");
    target("whole", s -> s.text);
    target("telegram", s -> "/api" + s.text);
    target("tab", s -> "/a\t" + s.text);
    header("cookie", s -> "Cookie: sid=" + s.text + "; a=b");
    header("cookie alone", s -> "Cookie: " + s.text);
    header("cookie name", s -> "Cookie: " + s.text + "=1");
    header("bearer", s -> "Authorization: Bearer " + s.text);
    header("authorization alone", s -> "Authorization: " + s.text);
    header("basic", s -> "Authorization: Basic " + s.base64("bob:"));
    header("basic cut", s -> "Authorization: Basic " + s.base64("bob"));
    header("basic user", s -> "Authorization: Basic " + s.base64());
    header("digest", s -> "Authorization: Digest username=\"" + s.text + "\", response=\"a\"");
    header("proxy", s -> "Proxy-Authorization: Basic " + s.base64("b:"));
    header("api key", s -> "X-Api-Key: " + s.text);
    header("header name", s -> s.text + ": 1");
    header("agent", s -> "User-Agent: " + s.text);
    header("agent comment", s -> "User-Agent: App/1.0 (key=" + s.text + "; " + s.text + ")");
    header("agent version", s -> "User-Agent: App/" + s.text + " x/" + s.base64());
    header("referer", s -> "Referer: https://h.example.org/a?token=" + s.text);
    header("referer path", s -> "Referer: https://h.example.org/reset/" + s.text);
    header("referer user", s -> "Referer: https://a:" + s.text + "@h.example.org/");
    header("referer no url", s -> "Referer: " + s.text);
    header("content type", s -> "Content-Type: multipart/form-data; boundary=" + s.text);
    header("content type alone", s -> "Content-Type: " + s.text);
    header("upgrade", s -> "Upgrade: " + s.text);
    add("http host", s -> ask("GET / HTTP/1.1\r\nHost: " + s.text + "\r\n\r\n"));
    add("http host user", s -> ask("GET / HTTP/1.1\r\nHost: a:" + s.text + "@h.example\r\n\r\n"));
    add("http port", s -> ask("GET / HTTP/1.1\r\nHost: h.example:" + s.text + "\r\n\r\n"));
    add("http method", s -> ask(s.text + " / HTTP/1.1\r\nHost: h.example\r\n\r\n"));
    add("http version", s -> ask("GET / HTTP/1.1" + s.text + "\r\nHost: h.example\r\n\r\n"));
    add("http 0.9", s -> Exchange.tcp().client("GET /" + s.text + "\r\n").server("ok"));
    add("http connect", s -> ask("CONNECT " + s.text + ":443 HTTP/1.1\r\n\r\n"));
    add(
        "http set-cookie",
        s ->
            Exchange.tcp()
                .client("GET / HTTP/1.1\r\nHost: h.example\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nSet-Cookie: id=" + s.text + "; Path=/\r\n\r\n"));
    add(
        "http location",
        s ->
            Exchange.tcp()
                .client("GET / HTTP/1.1\r\nHost: h.example\r\n\r\n")
                .server("HTTP/1.1 302 " + s.text + "\r\nLocation: /a?code=" + s.text + "\r\n\r\n"));
    add(
        "http server",
        s ->
            Exchange.tcp()
                .client("GET / HTTP/1.1\r\nHost: h.example\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nServer: " + s.text + "\r\nSet-Cookie: " + s.text)
                .server("\r\nContent-Type: a/" + s.text + "\r\n\r\n"));
  }

  private static void body(String place, String type, Function<PlantedSecret, String> body) {
    add(
        "http body " + place,
        s -> {
          String text = body.apply(s);
          String head = "POST /login HTTP/1.1\r\nHost: h.example.org\r\nContent-Type: " + type;
          return Exchange.tcp()
              .client(head + "\r\nContent-Length: " + text.length() + "\r\n\r\n")
              .client(text)
              .server("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        });
  }

  private static void webBodies() {
    String form = "application/x-www-form-urlencoded";
    body("form", form, s -> "user=bob&pass%77ord=" + s.text);
    body("form percent", form, s -> "a=" + s.percent(1));
    body("json", "application/json", s -> "{\"otp\":\"" + s.text + "\",\"a\":1}");
    body("json single", "application/json", s -> "{'pw':'" + s.text + "'}");
    body("json escaped", "application/json", s -> "{\"p\\u0077\":\"" + s.text + "\"}");
    body("xml", "text/xml", s -> "<auth secret='" + s.text + "'/>");
    body("xml element", "text/xml", s -> "<heslo>" + s.text + "</heslo>");
    body("key", "text/plain", s -> "-----BEGIN RSA PRIVATE KEY-----\n" + s.base64("x"));
    body("text", "text/plain", s -> s.text);
    body("hex", "text/plain", PlantedSecret::hex);
    add(
        "http chunked",
        s ->
            ask(
                "POST / HTTP/1.1\r\nHost: h.example\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(s.length())
                    + ";ext="
                    + s.text
                    + "\r\n"
                    + s.text
                    + "\r\n0\r\nX-Sum: "
                    + s.text
                    + "\r\n\r\n"));
    add(
        "http websocket",
        s ->
            Exchange.tcp()
                .client("GET /ws HTTP/1.1\r\nHost: h.example\r\nUpgrade: websocket\r\n")
                .client("Connection: Upgrade\r\nSec-WebSocket-Key: " + s.base64() + "\r\n\r\n")
                .server("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n")
                .client("\u0081" + (char) s.length() + s.text)
                .server("\u0081" + (char) s.length() + s.text));
    add(
        "http in a tunnel",
        s ->
            Exchange.tcp()
                .client("CONNECT h.example:80 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\n\r\n")
                .client("GET /a?t=" + s.text + " HTTP/1.1\r\nHost: " + s.text + "\r\n\r\n")
                .server(OK));
  }

  private static byte[] frame(int type, int flags, byte[] content) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0);
    frame.write(content.length >> 8);
    frame.write(content.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(new byte[] {0, 0, 0, (byte) (type == 4 ? 0 : 1)});
    frame.writeBytes(content);
    return frame.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    for (String text : new String[] {name, value}) {
      block.write(text.length());
      block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static void http2() {
    String[] places = {
      ":path",
      ":authority",
      ":method",
      "cookie",
      "authorization",
      "user-agent",
      "referer",
      "content-type",
      "x-key"
    };
    for (String place : places) {
      add(
          "h2c " + place,
          s -> {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            literal(block, ":method", place.equals(":method") ? s.text : "POST");
            literal(block, ":path", place.equals(":path") ? "/a?t=" + s.text : "/pkg.Svc/Get");
            literal(block, ":authority", place.equals(":authority") ? s.text : "h.example");
            literal(block, place.startsWith(":") ? "x" : place, s.text);
            literal(block, s.text.toLowerCase(java.util.Locale.ROOT), "1");
            return Exchange.tcp()
                .client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                .client(frame(4, 0, new byte[0]))
                .client(frame(1, 4, block.toByteArray()))
                .client(frame(0, 1, s.text.getBytes(StandardCharsets.US_ASCII)))
                .server(frame(4, 0, new byte[0]));
          });
    }
  }

  private static void mailAndFiles() {
    add(
        "ftp",
        s ->
            Exchange.tcp()
                .server("220 FTP ready " + s.text + "\r\n")
                .client("USER bob\r\n")
                .server("331 password\r\n")
                .client("PASS " + s.text + "\r\n")
                .server("530 no " + s.text + "\r\n")
                .client("ACCT " + s.text + "\r\nSITE " + s.text + "\r\nUSER " + s.text + "\r\n")
                .client("RETR /a/" + s.text + "\r\nSTOR " + s.text + ".key\r\n"));
    add(
        "pop3",
        s ->
            Exchange.tcp()
                .server("+OK POP3 <" + s.text + "@h.example>\r\n")
                .client("USER bob\r\n")
                .server("+OK\r\n")
                .client("PASS " + s.text + "\r\n")
                .server("-ERR " + s.text + "\r\n")
                .client("APOP bob " + s.hex() + "\r\nAUTH PLAIN " + s.base64("\0b\0") + "\r\n"));
    add(
        "imap",
        s ->
            Exchange.tcp()
                .server("* OK IMAP4rev1 " + s.text + "\r\n")
                .client("a1 LOGIN bob \"" + s.text + "\"\r\n")
                .server("a1 NO\r\n")
                .client("a2 LOGIN {3}\r\n")
                .server("+\r\n")
                .client("bob {" + s.length() + "}\r\n" + s.text + "\r\n")
                .client("a3 AUTHENTICATE PLAIN " + s.base64("\0b\0") + "\r\n")
                .client("a4 AUTHENTICATE " + s.text + "\r\n"));
    add(
        "smtp",
        s ->
            Exchange.tcp()
                .server("220 h.example ESMTP " + s.text + "\r\n")
                .client("EHLO " + s.text + "\r\n")
                .server("250 AUTH LOGIN\r\n")
                .client("AUTH LOGIN\r\n")
                .server("334 VXNlcm5hbWU6\r\n")
                .client("Ym9i\r\n")
                .server("334 UGFzc3dvcmQ6\r\n")
                .client(s.base64() + "\r\n")
                .server("235 ok\r\n")
                .client("AUTH PLAIN " + s.base64("\0b\0") + "\r\nAUTH " + s.text + "\r\n")
                .client("MAIL FROM:<" + s.text + "@h.example>\r\nRCPT TO:<" + s.text + ">\r\n"));
    add(
        "irc",
        s ->
            Exchange.tcp()
                .client("PASS " + s.text + "\r\nNICK bob\r\nUSER bob 0 * :b\r\n")
                .server(":h 001 bob :hi\r\n")
                .client(
                    "OPER bob " + s.text + "\r\nPRIVMSG NickServ :IDENTIFY " + s.text + "\r\n"));
  }

  private static void logins() {
    add(
        "ftp login",
        s ->
            Exchange.tcp()
                .server("220 FTP ready\r\n")
                .client("USER bob\r\nPASS " + s.text + "\r\n")
                .server("230 in\r\n"));
    add(
        "pop3 login",
        s ->
            Exchange.tcp()
                .server("+OK POP3 ready\r\n")
                .client("USER bob\r\nPASS " + s.text + "\r\nAUTH PLAIN\r\n")
                .client(s.base64("\0b\0") + "\r\n"));
    add(
        "imap login",
        s ->
            Exchange.tcp()
                .server("* OK IMAP4rev1 ready\r\n")
                .client("a1 LOGIN bob " + s.text + "\r\na2 LOGIN \"b b\" \"" + s.text + "\"\r\n"));
    add(
        "smtp login",
        s ->
            Exchange.tcp()
                .server("220 h.example ESMTP\r\n")
                .client("EHLO h.example\r\nAUTH LOGIN\r\nYm9i\r\n" + s.base64() + "\r\n")
                .client("AUTH PLAIN\r\n" + s.base64("\0b\0") + "\r\n"));
    add(
        "telnet login",
        s ->
            Exchange.tcp()
                .serverHex("fffb01fffb03")
                .server("login: ")
                .client("bob\r\n")
                .server("bob\r\nPassword: ")
                .client(s.text + "\r\n"));
    add(
        "mqtt login",
        s -> {
          String connect = sized("MQTT") + "\4\302\0\74" + sized("id") + sized("b") + sized(s.text);
          return Exchange.tcp().client("\20" + (char) connect.length() + connect);
        });
    add(
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
    add(
        "telnet without options",
        s ->
            Exchange.tcp()
                .server("box login: ")
                .client("bob\r\n")
                .server("bob\r\nPassword: ")
                .client(s.text + "\r\n")
                .server("\r\n$ "));
    add(
        "redis",
        s ->
            Exchange.tcp()
                .client("*2\r\n$4\r\nAUTH\r\n$" + s.length() + "\r\n" + s.text + "\r\n")
                .server("+OK\r\n")
                .client("CONFIG SET requirepass " + s.text + "\r\n"));
    add(
        "redis config",
        s ->
            Exchange.tcp()
                .client("CONFIG SET requirepass " + s.text + "\r\nACL SETUSER b >" + s.text)
                .server("+OK\r\n"));
    add(
        "nats",
        s ->
            Exchange.tcp()
                .server("INFO {\"nonce\":\"" + s.text + "\"}\r\n")
                .client("CONNECT {\"user\":\"bob\",\"pass\":\"" + s.text + "\"}\r\nPING\r\n"));
    add(
        "memcached",
        s -> Exchange.tcp().client("set k 0 0 9\r\nbob " + s.text + "\r\n").server("STORED\r\n"));
    add(
        "xmpp",
        s ->
            Exchange.tcp()
                .client("<stream:stream to='h.example'><auth mechanism='PLAIN'>")
                .client(s.base64("\0b\0") + "</auth>"));
    add(
        "rtsp",
        s ->
            Exchange.tcp()
                .client("DESCRIBE rtsp://b:" + s.text + "@h.example/1 RTSP/1.0\r\nCSeq: 1\r\n")
                .client("Authorization: Basic " + s.base64("b:") + "\r\n\r\n"));
    add(
        "nntp",
        s -> Exchange.tcp().server("200 hi\r\n").client("AUTHINFO PASS " + s.text + "\r\n"));
    add("rexec", s -> Exchange.tcp().client("0\0bob\0" + s.text + "\0id\0").server("\0uid"));
    add("rlogin", s -> Exchange.tcp().client("\0bob\0" + s.text + "\0xterm/9600\0").server("\0"));
  }

  private static String sized(String text) {
    return "" + (char) (text.length() >> 8) + (char) (text.length() & 0xFF) + text;
  }

  private static void binary() {
    add(
        "socks 5",
        s ->
            Exchange.tcp()
                .clientHex("05020002")
                .serverHex("0502")
                .client("\1\3bob" + (char) s.length() + s.text)
                .serverHex("0101"));
    add(
        "socks 5 user and target",
        s ->
            Exchange.tcp()
                .clientHex("050102")
                .serverHex("0502")
                .client("\1" + (char) s.length() + s.text + "\1x")
                .serverHex("0100")
                .client("\5\1\0\3" + (char) s.length() + s.text + "\1\273")
                .serverHex("05000001 0a000001 1234"));
    add("socks 4", s -> Exchange.tcp().client("\4\1\1\273\0\0\0\1" + s.text + "\0h.example\0"));
    add("socks 4 ip", s -> Exchange.tcp().client("\4\1\1\273\5\6\7\10" + s.text + "\0"));
    add(
        "mqtt",
        s -> {
          String rest = sized(s.text) + sized("bob") + sized(s.text);
          String connect = sized("MQTT") + "\4\302\0\74" + rest;
          return Exchange.tcp()
              .client("\20" + (char) connect.length() + connect)
              .serverHex("20020005");
        });
    add(
        "mqtt 5 damaged",
        s -> {
          String rest = "\3\377\41\0\24" + sized("dev1") + sized("bob") + sized(s.text);
          String connect = sized("MQTT") + "\5\302\0\74" + rest;
          return Exchange.tcp().client("\20" + (char) connect.length() + connect);
        });
    add(
        "ldap",
        s -> {
          String bind = "\2\1\3\4\4cn=b\200" + (char) s.length() + s.text;
          String message = "\2\1\1\140" + (char) bind.length() + bind;
          return Exchange.tcp().client("0" + (char) message.length() + message);
        });
    add(
        "amqp",
        s ->
            Exchange.tcp()
                .client("AMQP\0\0\11\1")
                .server("\1\0\0\0\0\1\0\0\12\0\12\0\11")
                .client(
                    "\1\0\0\0\0\0\100\0\12\0\13\5PLAIN\0\0\0\40\0bob\0" + s.text + "\5en_US\316"));
    add(
        "postgresql",
        s ->
            Exchange.tcp()
                .client("\0\0\0\22\0\3\0\0user\0bob\0\0\0")
                .server("R\0\0\0\10\0\0\0\3")
                .client("p\0\0\0" + (char) (5 + s.length()) + s.text + "\0"));
    add(
        "bittorrent",
        s -> Exchange.tcp().client("\23BitTorrent protocol" + "\0".repeat(28) + pad(s.text)));
    add(
        "ssh",
        s ->
            Exchange.tcp()
                .client("SSH-2.0-" + s.text + "\r\n")
                .server("SSH-2.0-a_" + s.text + " " + s.text + "\r\n"));
    add(
        "rdp",
        s -> {
          String cookie = "Cookie: mstshash=" + s.text + "\r\n";
          int size = 11 + cookie.length();
          return Exchange.tcp()
              .client("\3\0\0" + (char) size + (char) (size - 5) + "\340\0\0\0\0\0" + cookie);
        });
  }

  private static String pad(String text) {
    return (text + "0".repeat(20)).substring(0, 20);
  }

  private static void datagrams() {
    for (int version = 0; version < 2; version++) {
      int number = version;
      add(
          "snmp v" + (number + 1),
          s -> {
            String message =
                "\2\1" + (char) number + "\4" + (char) s.length() + s.text + "\240\4abcd";
            return Exchange.udp().client("0" + (char) message.length() + message);
          });
    }
    add(
        "dns txt",
        s ->
            Exchange.udp()
                .clientHex("1234 0100 0001 0000 0000 0000 0161 0162 00 0010 0001")
                .server(
                    "\22\64\201\200\0\1\0\1\0\0\0\0\1a\1b\0\0\20\0\1\300\14\0\20\0\1\0\0\0\5\0"
                        + (char) (s.length() + 1)
                        + (char) s.length()
                        + s.text));
    add("syslog", s -> Exchange.udp().client("<34>1 - h su - - password " + s.text));
    add("tftp", s -> Exchange.udp().client("\0\1" + s.text + "\0octet\0"));
    add(
        "sip",
        s ->
            Exchange.udp()
                .client("REGISTER sip:bob:" + s.text + "@h.example SIP/2.0\r\nTo: " + s.text));
    add("statsd", s -> Exchange.udp().client("login=" + s.text));
  }

  private static void unknown() {
    add("unknown text", s -> Exchange.tcp().client("HELLO bob " + s.text + "\n").server("OK\n"));
    add(
        "unknown login",
        s ->
            Exchange.tcp()
                .server("Benutzer: ")
                .client("bob\n")
                .server("Kennwort: ")
                .client(s.text + "\n")
                .server("willkommen " + s.text + "\n"));
    add("unknown binary", s -> Exchange.tcp().client("\1\2\3\4\0\0" + s.text + "\0\377\376"));
    add("unknown base64", s -> Exchange.tcp().client(s.base64("x") + "\n").server(s.hex()));
    add("unknown json", s -> Exchange.tcp().client("{\"k\":\"" + s.text + "\"}\n"));
  }
}
