package dev.forensics.indexer.detect.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import dev.forensics.indexer.detect.login.CleartextLogin;
import dev.forensics.indexer.detect.login.CleartextLogins;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FtpProtocolTest extends ProtocolContract {
  private static final Exchange LOGIN =
      Exchange.tcp()
          .server("220 (vsFTPd 3.0.5)\r\n")
          .client("USER alice\r\n")
          .server("331 Please specify the password.\r\n")
          .client("PASS s3cret\r\n")
          .server("230 Login successful.\r\n")
          .client("SYST\r\n")
          .server("215 UNIX Type: L8\r\n")
          .client("RETR plan.pdf\r\nQUIT\r\n");

  private static final Exchange NAMELESS =
      Exchange.tcp()
          .server("220-Welcome\r\n to the files\r\n220 Ready\r\n")
          .client("user bob\r\npass x\r\nPASV\r\n")
          .server("331 Password\r\n530 Login incorrect.\r\n");

  private static final Exchange TLS =
      Exchange.tcp()
          .server("220 FTP\r\n")
          .client("AUTH TLS\r\n")
          .server("234 Proceed with negotiation.\r\n")
          .client(new byte[] {0x16, 3, 1, 0, 5});

  @Override
  protected Protocol protocol() {
    return new FtpProtocol();
  }

  @Override
  protected List<Exchange> conversations() {
    return List.of(LOGIN, NAMELESS, TLS);
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        "220 mail.example.com ESMTP\r\n".getBytes(StandardCharsets.US_ASCII),
        "220 ready\r\n250 ok\r\n".getBytes(StandardCharsets.US_ASCII),
        "USER a\r\nPASS b\r\nSTAT\r\n".getBytes(StandardCharsets.US_ASCII),
        "USER bro * * :x\r\nNICK bro\r\n".getBytes(StandardCharsets.US_ASCII),
        "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldReportALoginWithoutItsPassword() throws IllegalAccessException {
    FlowFacts facts = LOGIN.parse(protocol());
    assertThat(facts.get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("ftp", "USER/PASS", "alice", true, true));
    assertThat(facts.get(FtpFacts.class).files).containsExactly("RETR plan.pdf");
    assertThat(dev.forensics.indexer.detect.FactsText.of(facts)).doesNotContain("s3cret");
  }

  @Test
  void shouldSayThatALoginWasRefused() {
    CleartextLogins logins = NAMELESS.parse(protocol()).get(CleartextLogins.class);
    assertThat(logins.logins())
        .containsExactly(new CleartextLogin("ftp", "USER/PASS", "bob", true, false));
    assertThat(logins.refused).isEqualTo(1);
  }

  @Test
  void shouldStopWhereTlsBegins() {
    FlowFacts facts = TLS.parse(protocol());
    assertThat(facts.get(FtpFacts.class).startTls).isTrue();
    assertThat(facts.get(CleartextLogins.class)).isNull();
  }
}
