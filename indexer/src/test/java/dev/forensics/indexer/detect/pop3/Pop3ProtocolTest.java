package dev.forensics.indexer.detect.pop3;

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

class Pop3ProtocolTest extends ProtocolContract {
  private static final Exchange PIPELINED =
      Exchange.tcp()
          .server("+OK POP3 server ready <1896.697170952@example.com>\r\n")
          .client("USER alice\r\nPASS s3cret\r\nSTAT\r\nRETR 1\r\nQUIT\r\n")
          .server("+OK\r\n-ERR no\r\n-ERR\r\n-ERR\r\n+OK bye\r\n");

  private static final Exchange APOP =
      Exchange.tcp()
          .server("+OK ready <1@x>\r\n")
          .client("APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n")
          .server("+OK maildrop has 1 message\r\n");

  @Override
  protected Protocol protocol() {
    return new Pop3Protocol();
  }

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        PIPELINED,
        APOP,
        Exchange.tcp().client("CAPA\r\nSTLS\r\n").server("+OK CAPA\r\nSTLS\r\n.\r\n+OK Begin\r\n"));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        "+OK\r\n".getBytes(StandardCharsets.US_ASCII),
        "USER a\r\nPASS b\r\nSYST\r\n".getBytes(StandardCharsets.US_ASCII),
        "STAT pid 8837\r\nSTAT uptime 193\r\nEND\r\n".getBytes(StandardCharsets.US_ASCII),
        "TOP secret\r\n".getBytes(StandardCharsets.US_ASCII),
        "DELE file.txt\r\n".getBytes(StandardCharsets.US_ASCII),
        "\r\n".getBytes(StandardCharsets.US_ASCII),
        "CAPABILITY\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldFindTheAnswerOfAPipelinedLogin() throws IllegalAccessException {
    FlowFacts facts = PIPELINED.parse(protocol());
    assertThat(facts.get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("pop3", "USER/PASS", "alice", true, false));
    assertThat(facts.get(Pop3Facts.class).retrieved).isEqualTo(1);
    assertThat(dev.forensics.indexer.detect.FactsText.of(facts)).doesNotContain("s3cret");
  }

  @Test
  void shouldKnowThatApopShowsNoPassword() {
    assertThat(APOP.parse(protocol()).get(CleartextLogins.class).logins())
        .containsExactly(new CleartextLogin("pop3", "APOP", "mrose", false, true));
  }
}
