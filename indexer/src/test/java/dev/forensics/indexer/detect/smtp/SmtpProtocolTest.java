package dev.forensics.indexer.detect.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import dev.forensics.indexer.detect.login.CleartextLogin;
import dev.forensics.indexer.detect.login.CleartextLogins;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpProtocolTest extends ProtocolContract {
  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final Exchange PLAIN =
      Exchange.tcp()
          .server("220 mail.example.com ESMTP Postfix\r\n")
          .client("EHLO laptop.example.com\r\n")
          .server("250-mail.example.com\r\n250 AUTH PLAIN LOGIN\r\n")
          .client("AUTH PLAIN " + base64("\0alice\0s3cret") + "\r\n")
          .server("235 2.7.0 Authentication successful\r\n")
          .client("MAIL FROM:<alice@example.com>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\n")
          .server("250 ok\r\n250 ok\r\n354 go\r\n")
          .client("Subject: x\r\n\r\nAUTH PLAIN eHg=\r\n.\r\nQUIT\r\n")
          .server("250 queued\r\n221 bye\r\n");

  private static final Exchange LOGIN =
      Exchange.tcp()
          .server("220 ready\r\n")
          .client("HELO box\r\n")
          .server("250 box\r\n")
          .client("AUTH LOGIN\r\n")
          .server("334 VXNlcm5hbWU6\r\n")
          .client(base64("carol") + "\r\n")
          .server("334 UGFzc3dvcmQ6\r\n")
          .client(base64("s3cret") + "\r\n")
          .server("535 5.7.8 Error\r\n");

  private static final Exchange STARTTLS =
      Exchange.tcp()
          .server("220 mx ESMTP\r\n")
          .client("EHLO a\r\nSTARTTLS\r\n")
          .server("250 STARTTLS\r\n220 2.0.0 Ready to start TLS\r\n")
          .client(new byte[] {0x16, 3, 1, 0, 5});

  @Override
  protected Protocol protocol() {
    return new SmtpProtocol();
  }

  @Override
  protected List<Exchange> conversations() {
    return List.of(PLAIN, LOGIN, STARTTLS);
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        "220 (vsFTPd 3.0.5)\r\n".getBytes(StandardCharsets.US_ASCII),
        "220 ready\r\n331 password\r\n".getBytes(StandardCharsets.US_ASCII),
        "EHLO\0".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldReportPlainAndIgnoreTheMessageText() throws IllegalAccessException {
    FlowFacts facts = PLAIN.parse(protocol());
    assertThat(facts.get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("smtp", "AUTH PLAIN", "alice", true, true));
    SmtpFacts smtp = facts.get(SmtpFacts.class);
    assertThat(smtp.mailFrom).isEqualTo("<alice@example.com>");
    assertThat(smtp.recipients).containsExactly("<bob@example.com>");
    assertThat(smtp.messages).isEqualTo(1);
    assertThat(dev.forensics.indexer.detect.FactsText.of(facts)).doesNotContain("s3cret");
  }

  @Test
  void shouldReportLogin() {
    assertThat(LOGIN.parse(protocol()).get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("smtp", "AUTH LOGIN", "carol", true, false));
  }

  @Test
  void shouldStopWhereTlsBegins() {
    assertThat(STARTTLS.parse(protocol()).get(SmtpFacts.class).startTls).isTrue();
  }
}
