package dev.forensics.indexer.detect;

import dev.forensics.indexer.detect.user.FlowField;
import dev.forensics.indexer.detect.user.FlowFields;
import java.util.List;
import java.util.Locale;

/** Writes docs/rules.md from the rules themselves. */
public final class RulesPage {
  private static final String HEAD =
      """
      # Rules

      Made from the rules' own descriptions; a test keeps this page in step.
      Each alarm names its rule in `rule.id`. A rule is switched off by its id in `detection.disabled_rules`.

      | id | severity | what |
      | --- | --- | --- |
      """;

  private static final String OWN_RULES =
      """

      # Rules of your own

      A YAML file, named by `detection.rules`. Each rule is looked at when a flow, or a numbered segment of a long one, ends.
      `id`, `name`, `severity` and `when` are needed; `description`, `reference`, `category`, `version`, `rationale`, `techniques` and `benign_causes` are not.

      ```yaml
      rules:
        - id: ssh-to-the-internet
          name: SSH to the internet
          severity: medium            # informational, low, medium, high, critical
          description: SSH left the company's networks.
          reference: https://wiki.example.com/ssh
          techniques: [T1021.004]
          when:
            all:
              - {field: network.protocol, is: ssh}
              - not: {field: destination.ip, cidr: [10.0.0.0/8, "fd00::/8"]}
              - any:
                  - {field: network.bytes, gt: 1_000_000}
                  - {field: destination.port, in: [443, 8443]}
      ```

      A condition is `all` (a list), `any` (a list), `not` (one condition), or a `field` with one operator:
      `is` and `in` (equal to the value, to one of the values; text without regard to case; addresses may be networks),
      `in_file` (equal to one of the values in a file, one a line, at most a million; its name counts from the folder of the rules),
      `matches` (a regular expression that is found in a text, in [RE2's syntax](https://github.com/google/re2/wiki/Syntax): it takes time in line with the text's length, whatever the pattern, and has no back references and no look-around; its length times its repetition counts is at most 20,000),
      `cidr` (networks), `gt` and `lt` (whole numbers).
      Where a field has several values, one that fits is enough; where it has none, the condition does not hold.

      | field | type | meaning |
      | --- | --- | --- |
      """;

  private static final String SUPPRESSIONS =
      """

      # Suppressions

      A YAML file, named by `detection.suppressions`. A suppressed alarm is still written and counted: `forensics.alarm.suppressed` gives the reason.
      At least one of `rule`, `destination`, `organization`, `path`, `user_agent` is needed, and all that are given must hold. `reason` and `expires` are always needed.
      `destination_file` names a file with one address or network a line. The first entry of the file that holds gives the reason. Both YAML files are at most 3 MiB and 10,000 entries; long lists stand in files of their own.

      ```yaml
      suppressions:
        - rule: http-on-https-port          # one id or a list
          destination: [198.51.100.0/24]    # addresses or networks of the server
          organization: Example Hosting     # holder of the server's registered prefix
          path: /health*                    # every request of the connection must match; * is anything
          user_agent: "probe/*"             # the same
          reason: our own health check, until the load balancer is replaced
          expires: 2027-01-31               # the last day, UTC
      ```

      The expiry date is compared with **packet time**, not with today's date: reading old captures again gives the same documents, whenever that is done.

      In both files unknown keys and ids of rules that do not exist are refused, and all faults are told at once, each with its line.
      """;

  private RulesPage() {}

  /** The page for these rules, in their order. */
  public static String markdown(List<RuleInfo> rules) {
    StringBuilder page = new StringBuilder(16_384).append(HEAD);
    for (RuleInfo rule : rules) {
      row(page, "[`" + rule.id() + "`](#" + rule.id() + ")", severity(rule), rule.name());
    }
    rules.forEach(rule -> section(page, rule));
    page.append(OWN_RULES);
    for (FlowField field : FlowFields.all()) {
      String type = field.type().name().toLowerCase(Locale.ROOT);
      row(page, "`" + field.name() + "`", type, field.meaning());
    }
    return page.append(SUPPRESSIONS).toString();
  }

  private static void section(StringBuilder page, RuleInfo rule) {
    page.append("\n## ").append(rule.id()).append("\n\n");
    page.append("**").append(rule.name()).append("** (").append(severity(rule)).append(", ");
    page.append(rule.category()).append(", version ").append(rule.version()).append(")\n\n");
    page.append(rule.description()).append("\n\n");
    page.append("Why it matters: ").append(rule.rationale()).append("\n\n");
    if (!rule.benignCauses().isEmpty()) {
      page.append("Known benign causes:\n\n");
      rule.benignCauses().forEach(cause -> page.append("- ").append(cause).append('\n'));
      page.append('\n');
    }
    page.append("Reference: <").append(rule.reference()).append(">");
    if (!rule.techniques().isEmpty()) {
      page.append(" | ATT&CK: ").append(String.join(", ", rule.techniques()));
    }
    page.append('\n');
  }

  private static String severity(RuleInfo rule) {
    return rule.severity().name().toLowerCase(Locale.ROOT);
  }

  private static void row(StringBuilder page, String first, String second, String third) {
    page.append("| ").append(first).append(" | ").append(second).append(" | ").append(third);
    page.append(" |\n");
  }
}
