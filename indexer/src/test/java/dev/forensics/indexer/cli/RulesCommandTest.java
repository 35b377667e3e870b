package dev.forensics.indexer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RulesCommandTest {
  /** A message for people: without the name of a class. */
  @Test
  void shouldSayThatThereIsNoSuchRule() {
    StringWriter errors = new StringWriter();
    CommandLine commandLine = IndexerMain.commandLine("rules").setErr(new PrintWriter(errors));
    assertThat(commandLine.execute("rules", "no-such-rule")).isEqualTo(ExitCode.USAGE);
    assertThat(errors.toString())
        .startsWith("forensics: no rule 'no-such-rule'")
        .doesNotContain("Exception");
  }
}
