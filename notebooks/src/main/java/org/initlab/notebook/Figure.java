package org.initlab.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.initlab.experiment.Study;
import org.initlab.experiment.report.FigurePage;

/**
 * A picture of rows: a Vega-Lite specification, with its data. JupyterLab, Notebook 7 and VS Code
 * draw it themselves; the others get HTML that draws it without a network.
 *
 * @param title above the picture
 * @param specification Vega-Lite without data, as JSON
 * @param table the data
 */
public record Figure(String title, String specification, Table table) implements Shown.Self {

  /**
   * A figure of your own.
   *
   * @param specification Vega-Lite as JSON; its fields are the table's columns
   */
  public static Figure of(String title, String specification, Table table) {
    Figure figure = new Figure(title, specification, table);
    figure.page().spec();
    return figure;
  }

  /** The same figure under another title. */
  public Figure titled(String other) {
    return new Figure(other, specification, table);
  }

  /** The whole specification, data and style included, for other programs. */
  public String vegaLite() {
    return page().spec();
  }

  /** Writes a page that needs no network. */
  public Path save(String file) throws IOException {
    return Files.writeString(Path.of(file), page().page());
  }

  private FigurePage page() {
    List<List<Object>> rows = table.rows();
    return new FigurePage(
        new Study.Figure("figure", title, "", "", specification), table.columns(), rows);
  }

  @Override
  public Shown shown() {
    String spec = vegaLite();
    String text = "%s (a figure of %,d rows)".formatted(title, table.size());
    return new Shown("<p>" + Shown.escaped(text) + "</p>", text, Optional.of(spec));
  }
}
