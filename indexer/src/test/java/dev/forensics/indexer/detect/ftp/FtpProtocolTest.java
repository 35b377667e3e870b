package dev.forensics.indexer.detect.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.InspectedExchange;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import dev.forensics.indexer.detect.login.CleartextLogin;
import dev.forensics.indexer.detect.login.CleartextLogins;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "TYPE mykey\r\n".getBytes(StandardCharsets.US_ASCII),
        "PORT 5000\r\n".getBytes(StandardCharsets.US_ASCII),
        "530 Login incorrect.\r\n".getBytes(StandardCharsets.US_ASCII),
        "\n".getBytes(StandardCharsets.US_ASCII),
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

  /**
   * Joined in its middle: the words of a reply tell FTP from SMTP and NNTP, and who the server is.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "530 Login authentication failed | ftp",
        "230 Login successful. | ftp",
        "200 NOOP command successful | ftp",
        "331 Please specify the password. | ftp",
        "227 Entering Passive Mode (192,0,2,1,4,1). | ftp",
        "226 Transfer complete. | ftp",
        "150 Opening BINARY mode data connection for a (5 bytes). | ftp",
        "250 2.1.0 Sender OK | smtp",
        "530 5.7.0 Must issue a STARTTLS command first | smtp",
        "200 news.example.com ready, posting allowed | ",
        "230 list of new articles follows | ",
        "211 12 1 12 misc.test | ",
        "354 End data with <CR><LF>.<CR><LF> | smtp"
      })
  void shouldKnowRepliesInTheMiddle(String reply, String name) {
    InspectedExchange run = new InspectedExchange(4_000);
    run.flow().midstream = true;
    run.play(Exchange.tcp().server(reply.strip() + "\r\n")).end(EndReason.IDLE);
    assertThat(run.facts().protocol()).isEqualTo(name);
    assertThat(run.flow().opener).isEqualTo(Direction.ORIGINATOR);
    assertThat(run.verdicts()).isEmpty();
  }

  @Test
  void shouldStopWhereTlsBegins() {
    FlowFacts facts = TLS.parse(protocol());
    assertThat(facts.get(FtpFacts.class).startTls).isTrue();
    assertThat(facts.get(CleartextLogins.class)).isNull();
  }
}
