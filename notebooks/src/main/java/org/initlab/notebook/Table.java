package org.initlab.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.initlab.init.named.Nearest;

/**
 * Rows under names. A cell shows the first of them, with a count of the rest; {@link #all} shows
 * every row.
 *
 * @param columns names
 * @param rows values in the order of the columns; null where there is none
 * @param most how many rows a cell shows
 */
public record Table(List<String> columns, List<List<Object>> rows, int most) implements Shown.Self {

  /** Rows that a cell shows. */
  private static final int SHOWN = 20;

  public Table {
    columns = List.copyOf(columns);
    rows =
        rows.stream()
            .map(row -> java.util.Collections.unmodifiableList(new ArrayList<>(row)))
            .toList();
    for (List<Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "A row of %d values does not fit %d columns.".formatted(row.size(), columns.size()));
      }
    }
  }

  /** A table that shows its first 20 rows. */
  public Table(List<String> columns, List<List<Object>> rows) {
    this(columns, rows, SHOWN);
  }

  /** The same table, showing all its rows. */
  public Table all() {
    return new Table(columns, rows, rows.size());
  }

  /** The first rows. */
  public Table head(int count) {
    return new Table(columns, rows.subList(0, Math.min(count, rows.size())), count);
  }

  /** The number of rows. */
  public int size() {
    return rows.size();
  }

  /** The rows in which a column has this value; numbers are equal by value. */
  public Table where(String column, Object value) {
    int at = place(column);
    Predicate<List<Object>> same = row -> same(row.get(at), value);
    return new Table(columns, rows.stream().filter(same).toList(), most);
  }

  private static boolean same(Object a, Object b) {
    return a instanceof Number x && b instanceof Number y
        ? x.doubleValue() == y.doubleValue()
        : Objects.equals(a, b);
  }

  /** The numbers of a column; NaN where there is none. */
  public double[] numbers(String column) {
    int at = place(column);
    return rows.stream().mapToDouble(row -> number(row.get(at), column)).toArray();
  }

  private static double number(Object value, String column) {
    if (value == null) {
      return Double.NaN;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(
        "Column " + column + " holds '" + value + "', which is no number.");
  }

  /** The values of a column as text. */
  public List<String> texts(String column) {
    int at = place(column);
    return rows.stream().map(row -> String.valueOf(row.get(at))).toList();
  }

  /** The number in the table's only row. */
  public double number(String column) {
    if (rows.size() != 1) {
      throw new IllegalArgumentException(
          "number(\"%s\") needs a table of one row, and this one has %,d; numbers(\"%s\") gives all."
              .formatted(column, rows.size(), column));
    }
    return numbers(column)[0];
  }

  private int place(String column) {
    int at = columns.indexOf(column);
    if (at < 0) {
      throw new IllegalArgumentException(Nearest.unknown("column", column, columns));
    }
    return at;
  }

  @Override
  public Shown shown() {
    List<List<Object>> first = rows.subList(0, Math.min(most, rows.size()));
    String rest =
        rows.size() > first.size()
            ? String.format(
                Locale.ROOT,
                "%,d of %,d rows are shown; all() shows every one.",
                first.size(),
                rows.size())
            : "";
    return Shown.of(html(first, rest), text(first, rest));
  }

  private String html(List<List<Object>> first, String rest) {
    StringBuilder out =
        new StringBuilder("<div style=\"overflow-x: auto\"><table class=\"initlab\">");
    out.append("<thead><tr>");
    columns.forEach(c -> out.append("<th>").append(Shown.escaped(c)).append("</th>"));
    out.append("</tr></thead>\n<tbody>");
    for (List<Object> row : first) {
      out.append("<tr>");
      for (Object value : row) {
        String align = value instanceof Number ? "right" : "left";
        out.append("<td style=\"text-align: ").append(align).append("\">");
        out.append(Shown.escaped(Numbers.brief(value))).append("</td>");
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody></table></div>")
        .append(rest.isEmpty() ? "" : "<p><em>" + rest + "</em></p>")
        .toString();
  }

  private String text(List<List<Object>> first, String rest) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns);
    first.forEach(row -> cells.add(row.stream().map(Numbers::brief).toList()));
    int[] widths = new int[columns.size()];
    for (List<String> row : cells) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    return cells.stream()
            .map(
                row -> {
                  StringBuilder line = new StringBuilder();
                  for (int c = 0; c < widths.length; c++) {
                    line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length() + 2));
                  }
                  return line.toString().stripTrailing();
                })
            .collect(Collectors.joining("\n"))
        + (rest.isEmpty() ? "" : "\n" + rest);
  }
}
