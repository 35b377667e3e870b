package dev.forensics.indexer.detect.imap;

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

class ImapProtocolTest extends ProtocolContract {
  private static final Exchange QUOTED =
      Exchange.tcp()
          .server("* OK [CAPABILITY IMAP4rev1] ready\r\n")
          .client("a1 LOGIN \"alice b\" \"s3cret\"\r\n")
          .server("a1 OK logged in\r\n");

  private static final Exchange LITERAL =
      Exchange.tcp()
          .server("* OK IMAP4rev1 server ready\r\n")
          .client("A1 LOGIN {5}\r\n")
          .server("+ go\r\n")
          .client("carol {6}\r\n")
          .server("+ go\r\n")
          .client("s3cret\r\n")
          .server("A1 NO [AUTHENTICATIONFAILED] no\r\n");

  private static final Exchange PLAIN =
      Exchange.tcp()
          .server("* OK hello there\r\n")
          .client("x1 AUTHENTICATE PLAIN\r\n")
          .server("+ \r\n")
          .client("AGRhdmUAczNjcmV0\r\n")
          .server("x1 OK done\r\n");

  @Override
  protected Protocol protocol() {
    return new ImapProtocol();
  }

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        QUOTED,
        LITERAL,
        PLAIN,
        Exchange.tcp().server("* OK hi there\r\n").client("1 STARTTLS\r\n").server("1 OK go\r\n"));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        "230 Login successful.\r\n".getBytes(StandardCharsets.US_ASCII),
        "530 Login authentication failed\r\n".getBytes(StandardCharsets.US_ASCII),
        "200 NOOP command successful\r\n".getBytes(StandardCharsets.US_ASCII),
        "215 LIST follows\r\n".getBytes(StandardCharsets.US_ASCII),
        "srv-1 LOGIN alice 192.0.2.1\r\n".getBytes(StandardCharsets.US_ASCII),
        "a1 login of alice was refused\r\n".getBytes(StandardCharsets.US_ASCII),
        "GET /LOGIN HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII),
        "* 3 EXISTS\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldReadQuotedArguments() throws IllegalAccessException {
    FlowFacts facts = QUOTED.parse(protocol());
    assertThat(facts.get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("imap", "LOGIN", "alice b", true, true));
    assertThat(dev.forensics.indexer.detect.FactsText.of(facts)).doesNotContain("s3cret");
  }

  @Test
  void shouldReadLiterals() throws IllegalAccessException {
    FlowFacts facts = LITERAL.parse(protocol());
    assertThat(facts.get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("imap", "LOGIN", "carol", true, false));
    assertThat(dev.forensics.indexer.detect.FactsText.of(facts)).doesNotContain("s3cret");
  }

  @Test
  void shouldReadSaslPlain() {
    assertThat(PLAIN.parse(protocol()).get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("imap", "AUTHENTICATE PLAIN", "dave", true, true));
  }
}
