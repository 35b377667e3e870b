package dev.forensics.indexer.detect.user;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Suppression;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.flow.Flow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The user's suppressions. A suppressed alarm is still written and counted, with the reason.
 *
 * <p>The expiry date is compared with packet time, not with today's date: reading the same packets
 * again must give the same documents, whenever that is done.
 */
public final class Suppressions {
  private final SuppressionIndex entries;

  private Suppressions(List<SuppressionEntry> entries) {
    this.entries = new SuppressionIndex(entries);
  }

  /**
   * Reads a file of suppressions.
   *
   * @param known ids of all rules, the user's own among them; an entry may name no other
   * @throws DefinitionException with all faults, each with its line
   * @throws IOException when the file cannot be read
   */
  public static Suppressions load(Path file, Set<String> known) throws IOException {
    return new Suppressions(
        DefinitionFile.load(file, "suppressions", entry -> entry(entry, known::contains)));
  }

  static Suppressions parse(String yaml, Predicate<String> known) throws DefinitionException {
    return new Suppressions(
        DefinitionFile.parse(
            yaml, "suppressions.yml", Path.of(""), "suppressions", entry -> entry(entry, known)));
  }

  /** How many there are. */
  public int size() {
    return entries.size();
  }

  /** What the engine asks of each verdict; organizations are looked up here. */
  public Suppression with(Attribution attribution) {
    return (flow, facts, verdict) -> reason(flow, facts, verdict, attribution);
  }

  private String reason(Flow flow, FlowFacts facts, Verdict verdict, Attribution attribution) {
    SuppressionEntry entry = entries.find(new FlowView(flow, facts, attribution), verdict);
    return entry == null ? null : entry.reason();
  }

  private static SuppressionEntry entry(Entry entry, Predicate<String> known) {
    List<String> rules = entry.texts("rule");
    rules.stream()
        .filter(id -> !known.test(id))
        .forEach(id -> entry.fault("no rule is called " + id));
    List<String> destinations = entry.listed("destination");
    String organization = entry.text("organization");
    String path = entry.text("path");
    String userAgent = entry.text("user_agent");
    if (rules.isEmpty()
        && destinations.isEmpty()
        && organization == null
        && path == null
        && userAgent == null) {
      entry.fault(
          "a suppression needs one of rule, destination, organization, path, user_agent:"
              + " without any it would hide every alarm");
    }
    return new SuppressionEntry(
        rules,
        Networks.parse(entry, destinations),
        organization,
        glob(path),
        glob(userAgent),
        Objects.requireNonNullElse(entry.required("reason"), ""),
        expires(entry));
  }

  private static LocalDate expires(Entry entry) {
    String text = entry.required("expires");
    try {
      return text == null ? LocalDate.EPOCH : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      entry.fault("expires must be a date like 2027-01-31, not " + text);
      return LocalDate.EPOCH;
    }
  }

  private static Glob glob(String text) {
    return text == null ? null : new Glob(text);
  }
}
