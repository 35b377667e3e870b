package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.Exchange;

/** Secrets in protocols of lines: mail, files, chat. */
final class PlantedMail {
  private PlantedMail() {}

  /** All of them. */
  static void addTo(PlantedPlaces places) {
    places.add(
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
    places.add(
        "pop3",
        s ->
            Exchange.tcp()
                .server("+OK POP3 <" + s.text + "@h.example>\r\n")
                .client("USER bob\r\n")
                .server("+OK\r\n")
                .client("PASS " + s.text + "\r\n")
                .server("-ERR " + s.text + "\r\n")
                .client("APOP bob " + s.hex() + "\r\nAUTH PLAIN " + s.base64("\0b\0") + "\r\n"));
    places.add(
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
    places.add(
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
    places.add(
        "irc",
        s ->
            Exchange.tcp()
                .client("PASS " + s.text + "\r\nNICK bob\r\nUSER bob 0 * :b\r\n")
                .server(":h 001 bob :hi\r\n")
                .client(
                    "OPER bob " + s.text + "\r\nPRIVMSG NickServ :IDENTIFY " + s.text + "\r\n"));
  }
}
