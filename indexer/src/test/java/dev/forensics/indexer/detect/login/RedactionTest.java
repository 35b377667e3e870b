package dev.forensics.indexer.detect.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "USER bob~PASS secret~QUIT~ | USER bob~PASS ******~QUIT~",
        "pass two words~ | pass *********~",
        "EHLO me~AUTH PLAIN AGJvYgBzZWNyZXQ=~ | EHLO me~AUTH PLAIN*****************~",
        "AUTH LOGIN~Ym9i~c2VjcmV0~ | AUTH LOGIN~****~********~",
        "AUTH TLS~PBSZ 0~ | AUTH TLS~PBSZ 0~",
        "AUTH secret~SELECT 1~ | AUTH ******~SELECT 1~",
        "AUTH bob secret~GET a~ | AUTH **********~GET a~",
        "AUTH SCRAM-SHA-256 biws~ | AUTH SCRAM-SHA-256*****~",
        "*2~$4~AUTH~$6~secret~*1~$4~PING~ | *2~$4~AUTH~$6~******~*1~$4~PING~",
        "*3~$4~auth~$3~bob~$7~sec~et~ | *3~$4~auth~$3~***~$7~***~**~",
        "*5~$5~HELLO~$1~3~$4~AUTH~$3~bob~$6~secr | *5~$5~HELLO~$1~3~$4~AUTH~$3~***~$6~****",
        "*4~$6~CONFIG~$3~SET~$11~requirepass~$3~abc~ "
            + "| *4~$6~CONFIG~$3~SET~$11~requirepass~$3~***~",
        "*2~$3~GET~$4~auth~*1~$4~QUIT~ | *2~$3~GET~$4~auth~*1~$4~QUIT~",
        "AUTHINFO USER bob~AUTHINFO PASS secret~ | AUTHINFO USER bob~AUTHINFO PASS ******~",
        "authinfo sasl PLAIN AGJvYgBz~ | authinfo sasl PLAIN*********~",
        "AUTHENTICATE AGJvYgBz~OPER bob secret~ | AUTHENTICATE ********~OPER **********~",
        "a1 LOGIN bob secret~ | a1 LOGIN **********~",
        "a1 login {3}~bob {6}~secret~ | a1 login ***~*******~******~",
        "a AUTHENTICATE PLAIN AGJvYgBzZWNyZXQ= | a AUTHENTICATE PLAIN*****************",
        "GET / HTTP/1.1~Authorization: Basic Ym9iOnNl | GET / HTTP/1.1~Authorization: Basic ********",
        "X~proxy-authorization:Basic Ym9iOnNl~Y: z | X~proxy-authorization:Basic ********~Y: z",
        "X~Authorization: token~ | X~Authorization: *****~",
        "GET http://bob:secret@h/ HTTP/1.1~ | GET http://bob:******@h/ HTTP/1.1~",
        "GET http://bob:secr | GET http://bob:****",
        "GET http://h:8080/ HTTP/1.1~ | GET http://h:8080/ HTTP/1.1~",
        "GET /?password=abc&x=1 HTTP/1.1 | GET /?password=***&x=1 HTTP/1.1",
        "X~Authorization: Basic~ Ym9iOnNl~Y: z | X~Authorization: *****~*********~Y: z",
        "X~Authorization: Basic~\tYm9iOnNl~ ZQ== | X~Authorization: *****~*********~*****",
      })
  void shouldBlankThePasswordsOfAClient(String sent, String shown) {
    byte[] bytes = sent.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new String(Redaction.payload(bytes, null, null, true), StandardCharsets.ISO_8859_1))
        .isEqualTo(shown.replace("~", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user=bob&password=se+cr%20et&x=1 | user=bob&password=**********&x=1",
        "pass=secret | pass=******",
        "db_pass=secret;a | db_pass=******;a",
        "newPasswd=a&oldPwd=b | newPasswd=*&oldPwd=*",
        "{\"user\":\"bob\",\"password\": \"se\\\"cret\",\"x\":1} "
            + "| {\"user\":\"bob\",\"password\": \"********\",\"x\":1}",
        "{\"pwd\":1234} | {\"pwd\":****}",
        "<Password>secret</Password> | <Password>******</Password>",
        "name=\"password\"~~secret~--b | name=\"password\"~~******~--b",
        "name=\"password\"~Content-Type: text/plain~~secret~--b "
            + "| name=\"password\"~Content-Type: text/plain~~******~--b",
        "{\"password\":\t\"secret\"} | {\"password\":\t\"******\"}",
        "{\"password\":~  \"secret\"} | {\"password\":~  \"******\"}",
        "bypass=1&compass=2 | bypass=1&compass=2",
        "the password is not shown | the password is not shown",
        "<input name=\"password\" type=\"password\"> | <input name=\"password\" type=\"password\">",
      })
  void shouldBlankTheValuesOfPasswordParameters(String sent, String shown) {
    byte[] bytes = sent.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new String(Redaction.body(bytes), StandardCharsets.ISO_8859_1))
        .isEqualTo(shown.replace("~", "\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "230 Login successful.\r\n",
        "331 Password required for bob\r\n",
        "250-AUTH PLAIN LOGIN\r\n250 SIZE\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
      })
  void shouldLeaveServersAlone(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Redaction.payload(bytes, null, null, false)).isSameAs(bytes);
  }

  @Test
  void shouldTakeASideForOpaqueOnlyWhenItIsItself() {
    byte[] bytes = "PASS secret\r\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Redaction.payload(bytes, "tls", null, true)).isSameAs(bytes);
    assertThat(new String(Redaction.payload(bytes, null, "tls", true), StandardCharsets.ISO_8859_1))
        .isEqualTo("PASS ******\r\n");
    assertThat(Redaction.payload(bytes, null, "telnet", true))
        .isEqualTo("***********\r\n".getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Seen in the wild: some bytes of padding, then a mail client. */
  @Test
  void shouldLookBehindBytesThatAreNoText() {
    byte[] bytes = "\1\2\r\nAUTH PLAIN AGJvYg==\r\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(
            new String(Redaction.payload(bytes, "smtp", null, true), StandardCharsets.ISO_8859_1))
        .isEqualTo("\1\2\r\nAUTH PLAIN*********\r\n");
  }

  @Test
  void shouldBlankTargetsAndHosts() {
    assertThat(Redaction.url("http://bob:se@cret@h/x?pwd=y"))
        .isEqualTo("http://bob:*******@h/x?pwd=*");
    assertThat(Redaction.url("/plain?q=1")).isEqualTo("/plain?q=1");
    assertThat(Redaction.url(null)).isNull();
    assertThat(Redaction.authority("bob:secret@h:80")).isEqualTo("bob:******@h:80");
    assertThat(Redaction.authority("h:80")).isEqualTo("h:80");
    assertThat(Redaction.authority("bob@h:80")).isEqualTo("bob@h:80");
    assertThat(Redaction.authority(null)).isNull();
  }

  @Test
  void shouldBlankWhatIsTypedInTelnet() {
    byte[] typed = Exchange.hex("fffc18 fffa18007874657266ff f0 626f620d00 7365630d00");
    assertThat(Redaction.payload(typed, "telnet", null, true))
        .isEqualTo(Exchange.hex("fffc18 fffa18007874657266ff f0 2a2a2a0d00 2a2a2a0d00"));
    byte[] umlaut = Exchange.hex("7365fc c3bc ffff 0d00");
    assertThat(Redaction.payload(umlaut, "telnet", null, true))
        .isEqualTo(Exchange.hex("2a2a2a 2a2a ffff 0d00"));
    byte[] asked = "login: Password: secret\r\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(
            new String(
                Redaction.payload(asked, "telnet", null, false), StandardCharsets.ISO_8859_1))
        .isEqualTo("login: Password:*******\r\n");
  }

  @Test
  void shouldBlankThePasswordsOfSocksAndMqtt() {
    byte[] socks = Exchange.hex("05 02 0002 01 03 626f62 03 736563 05010001");
    assertThat(Redaction.payload(socks, "socks", null, true))
        .isEqualTo(Exchange.hex("05 02 0002 01 03 626f62 03 2a2a2a 05010001"));
    byte[] mqtt =
        Exchange.hex("10 19 0004 4d515454 04 c2 003c 0003 636964 0003 626f62 0003 736563");
    assertThat(Redaction.payload(mqtt, "mqtt", null, true))
        .isEqualTo(
            Exchange.hex("10 19 0004 4d515454 04 c2 003c 0003 636964 2a2a 2a2a2a 2a2a 2a2a2a"));
  }

  @Test
  void shouldBlankThePasswordsOfDirectoriesAndDatabases() {
    String name = "0407636e3d61646d6e"; // cn=admn
    assertThat(unnamed("30 16 020101 60 11 020103 " + name + " 80 03 736563"))
        .isEqualTo(Exchange.hex("30 16 020101 60 11 020103 " + name + " 80 03 2a2a2a"));
    assertThat(unnamed("30 84 00000016 02020101 60 84 00000011 020103 " + name + " 80 03 7365"))
        .isEqualTo(
            Exchange.hex("30 84 00000016 02020101 60 84 00000011 020103 " + name + " 80 03 2a2a"));
    String search = "30 0c 020102 63 07 0400 0a0102 0a0100";
    assertThat(unnamed(search)).isEqualTo(Exchange.hex(search));

    String start = "00000012 00030000 7573657200 626f6200 00";
    assertThat(unnamed(start + " 70 00000008 73656300 51 00000005 00"))
        .isEqualTo(Exchange.hex(start + " 70 00000008 2a2a2a2a 2a 2a2a2a2a 2a"));
    assertThat(unnamed("00000008 04d2162f " + start + " 70 00000008 736563"))
        .isEqualTo(Exchange.hex("00000008 04d2162f " + start + " 70 00000008 2a2a2a"));
    assertThat(unnamed(start + " 51 00000005 00"))
        .isEqualTo(Exchange.hex(start + " 51 00000005 00"));
  }

  private static byte[] unnamed(String hex) {
    return Redaction.payload(Exchange.hex(hex), null, null, true);
  }

  @Test
  void shouldBlankMqttPasswordsBehindManyProperties() {
    String properties = "26 0001 61 007f " + "62".repeat(127); // 133 octets
    byte[] connect =
        Exchange.hex(
            "10 a001 0004 4d515454 05 c2 003c 8501 "
                + properties
                + " 0003 636964 0003 626f62 0003 736563");
    byte[] shown = Redaction.payload(connect, "mqtt", null, true);
    assertThat(shown).hasSize(connect.length);
    assertThat(new String(shown, StandardCharsets.ISO_8859_1))
        .contains("cid")
        .doesNotContain("sec")
        .doesNotContain("bob");
  }

  /** Whatever is cut where: no exception, the same length. */
  @ParameterizedTest
  @ValueSource(strings = {"telnet", "socks", "mqtt", "http", "imap"})
  void shouldStandAnyPrefix(String protocol) {
    assertAnyPrefix(protocol, "10 ff7f 0004 4d515454 05 c2 003c 7f 0003 636964 fffa ff ff fb");
    assertAnyPrefix(protocol, "30 84 ff000016 020101 60 84 ffffff11 020103 0484ffffffff 80 847f");
    assertAnyPrefix(protocol, "00 0000ff 00030000 7573657200 626f6200 00 70 ffffffff 7365");
    assertAnyPrefix(protocol, "2a390d0a 24360d0a 41555448 0d0a 24393939393939393939390d0a 61");
    assertThat(Redaction.payload(null, protocol, null, true)).isNull();
  }

  private static void assertAnyPrefix(String protocol, String hex) {
    byte[] whole = Exchange.hex(hex);
    for (int first = 0; first < 256; first++) {
      for (int length = 1; length <= whole.length; length++) {
        byte[] bytes = java.util.Arrays.copyOf(whole, length);
        bytes[0] = (byte) first;
        assertThat(Redaction.payload(bytes, protocol, null, first % 2 == 0)).hasSize(length);
      }
    }
  }
}
