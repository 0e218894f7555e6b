package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Study;

/**
 * The cells of a run for a paper: a row a cell (and layer, where a metric has layers), a column a
 * metric with mean and half the width of its 95 % interval ({@link Interval}), and how many trials
 * diverged. A cell with a lost number has a dash and the count of what is lost.
 */
final class CellTable {

  /** More rows than anybody prints. */
  private static final int MOST = 2_000;

  /** So many lines fit on a page. */
  private static final int PAGE = 45;

  private static final String SQL =
      """
      WITH cells AS (SELECT id AS trial, outcome, %1$s %2$s AS last FROM trials),
      seen AS (
        SELECT m.trial, m.metric, m.layer, m.bin, m.value, %3$s AS counts
        FROM measurements m JOIN cells c ON m.trial = c.trial WHERE %4$s),
      places AS (
        SELECT DISTINCT %1$s metric, layer FROM seen JOIN cells ON seen.trial = cells.trial
          WHERE bin = -1
        UNION
        SELECT %1$s metric, layer FROM (SELECT DISTINCT %1$s 1 AS one FROM cells)
        CROSS JOIN (SELECT DISTINCT metric, layer FROM seen WHERE layer = 0 AND bin = -1))
      SELECT %1$s layer, metric, ci(sort_array(collect_list(coalesce(value, double('NaN'))))) AS c,
        count_if(outcome = 'diverged') AS diverged
      FROM (
        SELECT c.*, p.metric, p.layer FROM cells c JOIN places p ON %5$s) c
      LEFT JOIN (SELECT trial AS t, metric AS m, layer AS l, value FROM seen
          WHERE counts AND bin = -1) s
        ON c.trial = t AND c.metric = m AND c.layer = l
      GROUP BY %1$s layer, metric
      ORDER BY %1$s layer, metric
      """;

  private CellTable() {}

  /**
   * The table in LaTeX.
   *
   * @throws IllegalArgumentException if nothing of the metrics was measured, or more than a table
   *     can hold
   */
  static String latex(Study study, SparkSession spark, List<String> metrics) {
    List<String> axes = study.grid().axes().stream().map(Axis::name).toList();
    Chosen chosen = new Chosen(metrics, OptionalLong.empty());
    String columns = axes.stream().map(a -> a + ", ").collect(Collectors.joining());
    String same =
        axes.isEmpty()
            ? "true"
            : axes.stream().map(a -> "c." + a + " <=> p." + a).collect(Collectors.joining(" AND "));
    List<Row> rows =
        spark
            .sql(
                SQL.formatted(
                    columns,
                    chosen.last(study, "steps"),
                    Chosen.counts("last"),
                    chosen.named(),
                    same))
            .limit(MOST + 1)
            .collectAsList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "no trial measured " + String.join(" or ", metrics) + " without bins.");
    }
    if (rows.size() > MOST) {
      throw new IllegalArgumentException(
          "a LaTeX table of more than "
              + MOST
              + " numbers is not for readers; choose fewer"
              + " metrics with --metric, or write CSV.");
    }
    return latex(axes, rows);
  }

  private static String latex(List<String> axes, List<Row> rows) {
    boolean layers = rows.stream().anyMatch(row -> row.getInt(axes.size()) != 0);
    List<String> keys = new ArrayList<>(axes);
    if (layers) {
      keys.add("layer");
    }
    Set<String> metrics = new LinkedHashSet<>();
    rows.stream().map(row -> row.getString(axes.size() + 1)).sorted().forEach(metrics::add);
    Map<List<String>, Map<String, Row>> table = new LinkedHashMap<>();
    for (Row row : rows) {
      List<String> key = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        key.add(String.valueOf(row.get(i)));
      }
      table
          .computeIfAbsent(key, k -> new LinkedHashMap<>())
          .put(row.getString(axes.size() + 1), row);
    }
    List<String> headings = new ArrayList<>(keys);
    headings.addAll(metrics);
    headings.addAll(List.of("n", "diverged"));
    List<List<String>> lines =
        table.entrySet().stream().map(e -> line(e.getKey(), metrics, e.getValue())).toList();
    String alignment = alignment(keys, metrics.size(), lines);
    return new LatexTable(alignment, headings, lines, lines.size() > PAGE)
        .text(
            "Mean and half the width of its 95 % interval over n trials of a cell; a dash where a"
                + " trial has no finite number");
  }

  private static String alignment(List<String> keys, int metrics, List<List<String>> lines) {
    StringBuilder alignment = new StringBuilder();
    for (int i = 0; i < keys.size(); i++) {
      int column = i;
      boolean numbers = lines.stream().allMatch(l -> l.get(column).matches("[-+.\\dE]+"));
      alignment.append(numbers ? 'r' : 'l');
    }
    return alignment.append("r".repeat(metrics + 2)).toString();
  }

  private static List<String> line(List<String> key, Set<String> metrics, Map<String, Row> cells) {
    List<String> line = new ArrayList<>();
    key.forEach(part -> line.add(LatexText.of(Text.brief(part))));
    long n = 0;
    long diverged = 0;
    for (String metric : metrics) {
      Row row = cells.get(metric);
      if (row == null) {
        line.add("");
        continue;
      }
      Row c = row.getStruct(row.fieldIndex("c"));
      n = Math.max(n, c.getLong(3));
      diverged = Math.max(diverged, row.getLong(row.fieldIndex("diverged")));
      line.add(number(c));
    }
    line.add(Long.toString(n));
    line.add(Long.toString(diverged));
    return line;
  }

  private static String number(Row c) {
    if (c.isNullAt(0)) {
      return "--- (" + c.getLong(4) + " lost)";
    }
    double mean = c.getDouble(0);
    return c.isNullAt(2)
        ? LatexText.number(mean)
        : LatexText.number(mean, c.getDouble(2) - c.getDouble(0));
  }
}
