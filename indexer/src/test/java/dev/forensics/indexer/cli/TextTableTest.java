package dev.forensics.indexer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void shouldAlignTextLeftAndNumbersRight() {
    TextTable table = new TextTable("destination", "alarms");
    table.row("149.154.167.51", 7);
    table.row("192.0.2.1", 1234);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    table.print(new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            destination     alarms
            --------------  ------
            149.154.167.51       7
            192.0.2.1         1234
            """);
  }
}
