package dev.forensics.indexer.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Rules;
import dev.forensics.indexer.enrich.Attribution;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the built-in rules, or shows one whole. */
@Command(
    name = "rules",
    description = "Lists the built-in rules, or shows one.",
    mixinStandardHelpOptions = true)
final class RulesCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "RULE", description = "Id of a rule to show whole.")
  private String id;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    List<RuleInfo> rules =
        Rules.builtIn(DetectionSettings.defaults(), Attribution.NONE).stream()
            .map(DetectionRule::info)
            .filter(rule -> id == null || rule.id().equals(id))
            .toList();
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("no rule '" + id + "'; forensics rules lists them");
    }
    if (json) {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(System.out, rules);
      System.out.println();
    } else if (id != null) {
      show(rules.get(0));
    } else {
      list(rules);
    }
    return ExitCode.DONE;
  }

  private static void list(List<RuleInfo> rules) {
    TextTable table = new TextTable("rule", "severity", "what");
    rules.forEach(rule -> table.row(rule.id(), lower(rule), rule.name()));
    table.print(System.out);
  }

  private static void show(RuleInfo rule) {
    System.out.println(rule.id() + " (" + lower(rule) + "): " + rule.name());
    System.out.println();
    System.out.println("What   " + rule.description());
    System.out.println("Why    " + rule.rationale());
    if (!rule.techniques().isEmpty()) {
      System.out.println("ATT&CK " + String.join(", ", rule.techniques()));
    }
    System.out.println("See    " + rule.reference());
    rule.benignCauses().forEach(cause -> System.out.println("Benign " + cause));
  }

  private static String lower(RuleInfo rule) {
    return rule.severity().name().toLowerCase(Locale.ROOT);
  }
}
