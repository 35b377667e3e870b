package dev.forensics.indexer.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.capture.SkippedFile;
import dev.forensics.indexer.index.SinkCounts;
import dev.forensics.indexer.pipeline.IngestReport;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** Tells what a run did: messages on standard error, the summary on standard output. */
final class Summary {
  private static final double NANOS_PER_SECOND = 1e9;

  private Summary() {}

  static void print(IngestReport report, boolean json, PrintStream out) throws IOException {
    report.skipped().stream().filter(Summary::isOfInterest).forEach(Summary::skipped);
    long others = report.skipped().stream().filter(file -> !isOfInterest(file)).count();
    if (others > 0) {
      System.err.println("skipped: " + others + " files in folders that are no captures");
    }
    report.warnings().forEach(warning -> System.err.println("warning: " + PlainText.line(warning)));
    report
        .failures()
        .forEach(failure -> System.err.println("failed: " + PlainText.line(failure.problem())));
    if (json) {
      out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree(report)));
    } else {
      text(report, out);
    }
  }

  /** Folders hold all kinds of files; those that are no captures are only counted. */
  private static boolean isOfInterest(SkippedFile file) {
    return switch (file.reason()) {
      case HIDDEN, NOT_A_CAPTURE, NOT_REGULAR -> false;
      default -> true;
    };
  }

  private static void skipped(SkippedFile file) {
    String detail = file.detail().isEmpty() ? "" : " (" + file.detail() + ")";
    System.err.println(
        PlainText.line("skipped: " + file.path() + ": " + file.reason().words() + detail));
  }

  private static void text(IngestReport report, PrintStream out) {
    double seconds = report.nanos() / NANOS_PER_SECOND;
    SinkCounts documents = report.documents();
    line(out, "captures", report.captures(), "failed " + report.failures().size());
    line(
        out,
        "packets",
        report.packets(),
        String.format(
            Locale.ROOT, "= %,d decoded + %,d stopped", report.decoded(), report.stopped()));
    report.stops().forEach((stop, count) -> line(out, "  " + stop, count, ""));
    line(out, "bytes", report.bytes(), "");
    line(out, "flows", report.flows(), "");
    line(out, "alarms", report.alarms(), "");
    report.bounds().forEach((bound, count) -> line(out, "  " + bound, count, "a bound of memory"));
    line(
        out,
        "documents",
        documents.accepted(),
        String.format(
            Locale.ROOT,
            "= %,d indexed + %,d duplicate + %,d dead-lettered",
            documents.indexed(),
            documents.duplicates(),
            documents.deadLettered()));
    out.printf(
        Locale.ROOT,
        "%-24s %15.2f  %,.0f packets/s%n",
        "seconds",
        seconds,
        report.packets() / seconds);
  }

  private static void line(PrintStream out, String name, long value, String more) {
    String line = String.format(Locale.ROOT, "%-24s %,15d  %s", name, value, more);
    out.println(line.stripTrailing());
  }

  private static ObjectNode tree(IngestReport report) {
    ObjectNode tree = new ObjectMapper().createObjectNode();
    tree.put("captures", report.captures());
    tree.put("packets", report.packets());
    tree.put("decoded", report.decoded());
    tree.put("stopped", report.stopped());
    ObjectNode stops = tree.putObject("stops");
    report.stops().forEach(stops::put);
    tree.put("bytes", report.bytes());
    tree.put("flows", report.flows());
    tree.put("alarms", report.alarms());
    ObjectNode bounds = tree.putObject("bounds");
    report.bounds().forEach(bounds::put);
    ObjectNode memory = tree.putObject("memory");
    report
        .memory()
        .forEach(
            (kind, use) ->
                memory.putObject(kind).put("peak", use.peak()).put("limit", use.limit()));
    SinkCounts counts = report.documents();
    ObjectNode documents = tree.putObject("documents");
    documents.put("accepted", counts.accepted());
    documents.put("indexed", counts.indexed());
    documents.put("duplicate", counts.duplicates());
    documents.put("dead_lettered", counts.deadLettered());
    documents.put("retries", counts.retries());
    tree.put("seconds", report.nanos() / NANOS_PER_SECOND);
    tree.put("packets_per_second", report.packets() * NANOS_PER_SECOND / report.nanos());
    report.failures().forEach(failure -> tree.withArray("failures").add(failure.problem()));
    report.warnings().forEach(tree.withArray("warnings")::add);
    return tree;
  }
}
