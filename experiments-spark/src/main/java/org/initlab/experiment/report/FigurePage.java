package org.initlab.experiment.report;

import static org.initlab.experiment.report.Text.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.initlab.experiment.Study;

/**
 * One figure with its rows, as a page that needs no network or as CSV: the report's style for
 * numbers that come from a formula and not from a run.
 *
 * @param figure title, caption and Vega-Lite specification; its query is empty
 * @param columns names of the columns
 * @param rows values in the order of the columns; null where there is none
 */
public record FigurePage(Study.Figure figure, List<String> columns, List<List<Object>> rows) {

  /** The rows, with a line of names first; what is not finite is written as Java writes it. */
  public String csv() {
    return new Table(columns, rows).csv();
  }

  /**
   * The page: the figure, its caption and its rows.
   *
   * @throws IllegalArgumentException if the specification is not a JSON object
   */
  public String page() {
    Table table = new Table(columns, rows);
    Drawing drawing;
    try {
      String spec = VegaLite.withData(figure, table);
      drawing = new Drawing(figure, Drawing.Kind.DRAWN, spec, table.csv(), "");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The specification is not JSON: " + e.getMessage(), e);
    }
    String head =
        """
        <header>
        <p class="kind">InitLab theory</p>
        <h1>%s</h1>
        </header>
        """
            .formatted(html(figure.title()));
    return Frame.around(figure.title(), head + Page.figure(drawing, ""), true);
  }
}
