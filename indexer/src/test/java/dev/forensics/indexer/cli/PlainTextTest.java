package dev.forensics.indexer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  private static final String HOSTILE = "x\u001b[2J\u202e\r\nERROR all is lost\u009b31m.pcap";

  @Test
  void shouldShowControlCharactersAsNumbers() {
    assertThat(PlainText.line(HOSTILE))
        .isEqualTo("x\\u001b[2J\\u202e\\u000d\\u000aERROR all is lost\\u009b31m.pcap");
    assertThat(PlainText.lines("a\nb\u0007")).isEqualTo("a\nb\\u0007");
    assertThat(PlainText.line("Mitschnitt \u00fcber 5 \u20ac.pcap"))
        .isEqualTo("Mitschnitt \u00fcber 5 \u20ac.pcap");
  }

  @Test
  void shouldKeepThemOutOfTables() {
    TextTable table = new TextTable("file");
    table.row(HOSTILE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(3);
  }

  @Test
  void shouldKeepThemOutOfLogLines() {
    LoggerContext context = new LoggerContext();
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout.setPattern(PlainText.logMessage());
    layout.start();
    Logger logger = context.getLogger("test");
    LoggingEvent event =
        new LoggingEvent("test", logger, Level.WARN, "capture={}", null, new Object[] {HOSTILE});
    assertThat(layout.doLayout(event))
        .isEqualTo("capture=x\ufffd[2J\ufffd\ufffd\ufffdERROR all is lost\ufffd31m.pcap");
  }
}
