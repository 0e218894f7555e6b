package org.initlab.experiment.report;

import static org.initlab.experiment.report.Text.brief;
import static org.initlab.experiment.report.Text.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Select;
import org.initlab.experiment.Study;

/**
 * What a study chose, a row a cell of the other axes.
 *
 * @param study that chose
 * @param select what it chooses
 * @param table the rows of the view {@code choices}
 */
record ChoiceTable(Study study, Select select, Table table) {

  /** Rows that a page shows; the CSV file has all. */
  private static final int MOST = 200;

  /** The choices of a study that makes some, whose views are registered. */
  static ChoiceTable of(Study study, Select select, SparkSession spark) {
    List<String> order = new ArrayList<>(select.rest(study.grid()));
    order.addAll(select.axes());
    return new ChoiceTable(
        study,
        select,
        Table.of(
            spark.sql("SELECT * FROM choices ORDER BY " + String.join(", ", order)),
            Drawing.MOST_ROWS));
  }

  /** All columns, numbers in full precision. */
  String csv() {
    return table.csv();
  }

  /** {@code Learning rate, chosen on validation error}. */
  static String title(Select select) {
    String axes =
        select.axes().stream().map(ChoiceTable::plain).collect(Collectors.joining(" and "));
    return axes.substring(0, 1).toUpperCase(Locale.ROOT)
        + axes.substring(1)
        + ", chosen on "
        + plain(select.by());
  }

  private static String plain(String name) {
    return name.replace('_', ' ');
  }

  /** A section of a page. */
  String section() {
    List<String> rest = select.rest(study.grid());
    String heads =
        names(rest)
            + names(select.axes())
            + """
              <th class="number">%s</th><th class="number">Interval</th><th class="number">n</th>\
              <th>Runner-up</th><th class="number">its %s</th><th>Remark</th>"""
                .formatted(html(plain(select.by())), html(plain(select.by())));
    String rows =
        IntStream.range(0, Math.min(MOST, table.rows().size()))
            .mapToObj(i -> row(i, rest))
            .collect(Collectors.joining());
    String more =
        table.rows().size() > MOST
            ? "<p>And %,d more in <code>tables/choices.csv</code>.</p>\n"
                .formatted(table.rows().size() - MOST)
            : "";
    return """
        <section>
        <h2>%s</h2>
        <p class="source">%s</p>
        <div class="wide"><table class="choices">
        <thead><tr>%s</tr></thead>
        <tbody>
        %s</tbody>
        </table></div>
        %s</section>
        """
        .formatted(html(title(select)), html(says()), heads, rows, more);
  }

  private String says() {
    return "Of each row's candidates the one with the least mean "
        + plain(select.by())
        + " over "
        + study.repeats()
        + " repeats after update "
        + select.step(study.measure())
        + ", on examples that are neither learned nor tested. Who lost a trial comes after who lost"
        + " none; of equals the smaller value wins. Also as tables/choices.csv.";
  }

  private static String names(List<String> axes) {
    return axes.stream().map(a -> "<th>" + html(plain(a)) + "</th>").collect(Collectors.joining());
  }

  private String row(int i, List<String> rest) {
    StringBuilder row = new StringBuilder("<tr>");
    rest.forEach(a -> row.append("<td>").append(shown(i, a)).append("</td>"));
    select
        .axes()
        .forEach(a -> row.append("<td class=\"chosen\">").append(shown(i, a)).append("</td>"));
    String lost = lost(i, "lost");
    number(row, lost.isEmpty() ? shown(i, "validation") : lost);
    number(row, text(i, "low").isEmpty() ? "" : shown(i, "low") + " to " + shown(i, "high"));
    number(row, shown(i, "repeats"));
    row.append("<td>").append(shown(i, "runner_up")).append("</td>");
    String alsoLost = lost(i, "runner_up_lost");
    number(row, alsoLost.isEmpty() ? shown(i, "runner_up_validation") : alsoLost);
    return row.append("<td>").append(remark(i)).append("</td></tr>\n").toString();
  }

  private static void number(StringBuilder row, String html) {
    row.append("<td class=\"number\">").append(html).append("</td>");
  }

  /** {@code 2 of 5 lost}, or nothing. */
  private String lost(int i, String column) {
    String lost = text(i, column);
    return lost.isEmpty() || lost.equals("0")
        ? ""
        : "%s of %d lost".formatted(lost, study.repeats());
  }

  private String remark(int i) {
    List<String> remarks = new ArrayList<>();
    if (!text(i, "edge").isEmpty()) {
      remarks.add(
          "<span class=\"edge\">%s tried: range too narrow?</span>"
              .formatted(html(plain(text(i, "edge")))));
    }
    if (text(i, "tied").equals("true")) {
      remarks.add("tied with the runner-up");
    }
    return String.join("; ", remarks);
  }

  private String shown(int i, String column) {
    return html(brief(text(i, column)));
  }

  private String text(int i, String column) {
    Object value = table.rows().get(i).get(table.columns().indexOf(column));
    return value == null ? "" : value.toString();
  }
}
