package org.initlab.experiment.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.initlab.experiment.report.Results.Rows;

/** Rows of differences in a terminal: columns in which no row says anything are left out. */
record DifferenceTable(List<String> axes, Rows rows) {

  String text() {
    boolean layers = any("layer", 0);
    boolean bins = any("bin", -1);
    boolean lost = anyLostElsewhere();
    List<String> headings = new ArrayList<>();
    headings.add("Metric");
    axes.forEach(
        axis ->
            headings.add(
                axis.startsWith("a_") || axis.startsWith("b_")
                    ? axis.substring(2) + " in " + axis.substring(0, 1).toUpperCase(Locale.ROOT)
                    : axis));
    if (layers) {
      headings.add("Layer");
    }
    if (bins) {
      headings.add("Bin");
    }
    Set<Integer> words = new HashSet<>();
    words.add(0);
    for (int i = 0; i < axes.size(); i++) {
      String axis = axes.get(i);
      if (rows.rows().stream().anyMatch(row -> value(row, axis) instanceof String)) {
        words.add(i + 1);
      }
    }
    headings.addAll(
        List.of("A", "B", "B - A", "95 % interval", "p", "Pairs", "Diverged A", "Diverged B"));
    if (lost) {
      headings.addAll(List.of("Lost A", "Lost B"));
    }
    TextTable table = new TextTable(words, headings.toArray(String[]::new));
    for (List<Object> row : rows.rows()) {
      table.row(cells(row, layers, bins, lost).toArray(String[]::new));
    }
    return table.text();
  }

  private List<String> cells(List<Object> row, boolean layers, boolean bins, boolean lost) {
    List<String> cells = new ArrayList<>();
    cells.add(String.valueOf(value(row, "metric")));
    axes.forEach(axis -> cells.add(String.valueOf(value(row, axis))));
    if (layers) {
      cells.add(String.valueOf(value(row, "layer")));
    }
    if (bins) {
      cells.add(String.valueOf(value(row, "bin")));
    }
    cells.add(number(value(row, "a")));
    cells.add(number(value(row, "b")));
    cells.add(number(value(row, "difference")));
    cells.add(
        value(row, "low") == null
            ? "-"
            : "[" + number(value(row, "low")) + ", " + number(value(row, "high")) + "]");
    cells.add(p(value(row, "holm")));
    long pairs = count(row, "pairs");
    long finite = count(row, "finite");
    cells.add(finite == pairs ? whole(pairs) : whole(finite) + " of " + whole(pairs));
    cells.add(whole(count(row, "diverged_a")));
    cells.add(whole(count(row, "diverged_b")));
    if (lost) {
      cells.add(whole(count(row, "lost_a")));
      cells.add(whole(count(row, "lost_b")));
    }
    return cells;
  }

  private boolean any(String column, int usual) {
    return rows.rows().stream().anyMatch(row -> ((Number) value(row, column)).intValue() != usual);
  }

  /** Whether numbers are lost otherwise than by divergence. */
  private boolean anyLostElsewhere() {
    return rows.rows().stream()
        .anyMatch(
            row ->
                count(row, "lost_a") != count(row, "diverged_a")
                    || count(row, "lost_b") != count(row, "diverged_b"));
  }

  private Object value(List<Object> row, String column) {
    return row.get(rows.columns().indexOf(column));
  }

  private long count(List<Object> row, String column) {
    return ((Number) value(row, column)).longValue();
  }

  private static String whole(long number) {
    return ComparisonText.whole(number);
  }

  private static String p(Object p) {
    if (p == null) {
      return "-";
    }
    double value = ((Number) p).doubleValue();
    return value < 1e-4
        ? "<0.0001"
        : String.format(Locale.ROOT, value < 0.001 ? "%.4f" : "%.3f", value);
  }

  /** Four digits. */
  private static String number(Object number) {
    if (number == null) {
      return "-";
    }
    double value = ((Number) number).doubleValue();
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    return size >= 1e-3 && size < 1e4
        ? String.format(Locale.ROOT, "%.4g", value)
        : String.format(Locale.ROOT, "%.2e", value);
  }
}
