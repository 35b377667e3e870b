package dev.forensics.indexer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.config.ConfigLoader;
import dev.forensics.indexer.config.IndexerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/operations.md tells every metric and every log line of the service, and no others. */
class OperationsPageTest {
  private static final Path PAGE = Path.of("../docs/operations.md");
  private static final Path SOURCES = Path.of("src/main/java/dev/forensics/indexer");

  /** Rooms whose lines a service prints; embedded Elasticsearch and the other commands are not. */
  private static final List<String> ROOMS =
      List.of(
          "follow",
          "service",
          "schedule",
          "index",
          "evidence",
          "serve",
          "detect",
          "pipeline",
          "flow",
          "document",
          "enrich",
          "capture",
          "decode",
          "cli/RunCommand.java");

  private static final Pattern CALL =
      Pattern.compile("LOG\\s*\\.(warn|info|error)\\(\\s*((?:\"[^\"]*\"\\s*\\+?\\s*)+)");
  private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");

  /** Told as soon as they have occurred, so not at the start. */
  private static final Set<String> LATER =
      Set.of(
          "forensics_bounds_reached_total",
          "forensics_stops_total",
          "jvm_gc_pause_seconds",
          "jvm_gc_pause_seconds_max");

  @TempDir Path folder;

  @Test
  void shouldTellEveryMetric() throws Exception {
    Set<String> registered = new TreeSet<>(LATER);
    Matcher types = Pattern.compile("(?m)^# TYPE (\\S+) ").matcher(scrape());
    while (types.find()) {
      registered.add(types.group(1));
    }
    registered.removeIf(name -> name.startsWith("jvm_gc_concurrent"));

    Set<String> told = new TreeSet<>();
    Matcher names =
        Pattern.compile("`((?:forensics|jvm|process|system)_[a-z0-9_]+)`")
            .matcher(section("## Metrics", "## Alerts"));
    while (names.find()) {
      told.add(names.group(1));
    }
    told.removeIf(name -> name.startsWith("jvm_gc_concurrent")); // some collectors have it

    assertThat(told).isEqualTo(registered);
  }

  @Test
  void shouldAlertOnMetricsThatThereAre() throws Exception {
    String told = section("## Metrics", "## Alerts");
    Matcher used =
        Pattern.compile("\\b(forensics_[a-z_]+)\\b").matcher(section("## Alerts", "## Log lines"));
    while (used.find()) {
      assertThat(told).contains("`" + used.group(1) + "`");
    }
  }

  @Test
  void shouldTellEveryLogLine() throws IOException {
    String told = section("## Log lines", "## What to do when");
    for (Path source : sources()) {
      Matcher calls = CALL.matcher(Files.readString(source));
      while (calls.find()) {
        String text = text(calls.group(2));
        if (!text.replaceAll("sensor=|…", "").isBlank()) {
          assertThat(told)
              .as("%s in %s", calls.group(1), source)
              .contains("| " + calls.group(1).toUpperCase(Locale.ROOT) + " | `" + text);
        }
      }
    }
  }

  private static String text(String literals) {
    StringBuilder text = new StringBuilder();
    Matcher parts = LITERAL.matcher(literals);
    while (parts.find()) {
      text.append(parts.group(1));
    }
    return text.toString().replace("{}", "…").replace("`", "");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(SOURCES)) {
      return all.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !path.toString().contains("embedded"))
          .filter(path -> ROOMS.stream().anyMatch(room -> path.startsWith(SOURCES.resolve(room))))
          .toList();
    }
  }

  private static String section(String from, String to) throws IOException {
    String page = Files.readString(PAGE);
    return page.substring(page.indexOf("\n" + from), page.indexOf("\n" + to));
  }

  private String scrape() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("forensics.yml"), "sensors: [{ name: edge-1, captures: captures }]");
    IndexerConfig config = ConfigLoader.load(file, Map.of());
    InstantSource clock = InstantSource.system();
    try (Evidence evidence = new Evidence(config, clock);
        FollowedSensors sensors = new FollowedSensors(config, "here", evidence);
        ServiceMetrics metrics =
            new ServiceMetrics(
                sensors.all(),
                new ServiceHealth(sensors.all(), evidence.store(), Optional::empty, clock),
                evidence.store(),
                clock)) {
      return metrics.text();
    }
  }
}
