package dev.forensics.indexer.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: left-aligned text, right-aligned numbers, columns as wide as needed. */
final class TextTable {
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    this.headings = List.of(headings);
  }

  void row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell == null ? "" : PlainText.line(cell.toString()));
    }
    rows.add(row);
  }

  void print(PrintStream out) {
    int[] widths = widths();
    print(out, headings, widths);
    StringBuilder rule = new StringBuilder();
    for (int width : widths) {
      rule.append("-".repeat(width)).append("  ");
    }
    out.println(rule.toString().stripTrailing());
    rows.forEach(row -> print(out, row, widths));
  }

  private void print(PrintStream out, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      String padding = " ".repeat(widths[i] - cell.length());
      boolean right = isNumeric(i);
      line.append(right ? padding + cell : cell + padding).append("  ");
    }
    out.println(line.toString().stripTrailing());
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty()
        && rows.stream().allMatch(row -> row.get(column).matches("(\\d[\\d,]*(\\.\\d+)?)?"))
        && rows.stream().anyMatch(row -> !row.get(column).isEmpty());
  }

  private int[] widths() {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = headings.get(i).length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }
}
