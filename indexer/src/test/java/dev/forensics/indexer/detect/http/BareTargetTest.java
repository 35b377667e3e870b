package dev.forensics.indexer.detect.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.flow.Direction;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line of text may look like a request for a bare word: what follows it tells. */
class BareTargetTest {
  @ParameterizedTest
  @CsvSource({
    "'PUT name HTTP/1.1\r\nHost: h\r\n', YES",
    "'PUT name HTTP/1.1\r\n\r\n', YES",
    "'PUT name HTTP/1.1\n\n', YES",
    "'PUT name HTTP/1.1\r\nHos', MORE",
    "'PUT name HTTP/1.1\r\n', MORE",
    "'put name HTTP/1.1\nthe next line', NO",
    "'delete name HTTP/1.1\r\nNEXT\r\n', NO",
    "'GET /name HTTP/1.1\r\nx y\r\n', YES",
    "'CONNECT h:443 HTTP/1.1\r\nx y\r\n', YES",
    "'HTTP/1.1 200 OK\r\nx y\r\n', YES",
  })
  void shouldWantAFieldBehindABareWord(String text, Match answer) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(
            new HttpProtocol()
                .identify(bytes, 0, bytes.length, Direction.ORIGINATOR, Exchange.tcp().flow()))
        .isEqualTo(answer);
  }
}
