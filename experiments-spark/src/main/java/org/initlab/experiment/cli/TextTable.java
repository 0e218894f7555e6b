package org.initlab.experiment.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A table in a terminal: columns as wide as their widest cell, words to the left. */
final class TextTable {

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> words;

  /**
   * An empty table.
   *
   * @param words the columns that stand to the left; all others stand to the right
   */
  TextTable(Set<Integer> words, String... headings) {
    this.words = words;
    rows.add(List.of(headings));
  }

  void row(String... cells) {
    rows.add(Arrays.asList(cells));
  }

  /** The lines, the second of them a rule, each ended. */
  String text() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String format = "%" + (words.contains(c) ? "-" : "") + Math.max(1, widths[c]) + "s  ";
        line.append(String.format(Locale.ROOT, format, rows.get(r).get(c)));
      }
      String text = line.toString().stripTrailing();
      out.append(text).append('\n');
      if (r == 0) {
        out.append("-".repeat(text.length())).append('\n');
      }
    }
    return out.toString();
  }

  /** Three digits, or all of a whole number. */
  static String number(double x) {
    if (Double.isNaN(x)) {
      return "";
    }
    if (Double.isInfinite(x)) {
      return "infinite";
    }
    if (x == Math.rint(x) && Math.abs(x) < 1e7) {
      return String.format(Locale.ROOT, "%,d", (long) x);
    }
    return Math.abs(x) >= 0.001 && Math.abs(x) < 1000
        ? String.format(Locale.ROOT, "%.3g", x)
        : String.format(Locale.ROOT, "%.1e", x);
  }
}
