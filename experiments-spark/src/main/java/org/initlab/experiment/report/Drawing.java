package org.initlab.experiment.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Study;

/**
 * A figure with its rows.
 *
 * @param figure the figure
 * @param kind whether there is a picture
 * @param spec Vega-Lite with data; empty if there is no picture
 * @param csv the rows; empty if the query failed or gave too many
 * @param message why there is no picture
 */
record Drawing(Study.Figure figure, Kind kind, String spec, String csv, String message) {

  static final int MOST_ROWS = 20_000;

  enum Kind {
    DRAWN,
    EMPTY,
    WRONG
  }

  /** Asks the figure's query and puts its rows into the figure's specification. */
  static Drawing of(Study.Figure figure, SparkSession spark) {
    Table table;
    try {
      table = Table.of(spark.sql(figure.sql()), MOST_ROWS);
    } catch (Exception e) { // AnalysisException is checked, and not declared by Spark
      return new Drawing(figure, Kind.WRONG, "", "", "The query failed: " + Text.firstLine(e));
    }
    if (table.rows().isEmpty()) {
      return new Drawing(
          figure, Kind.EMPTY, "", table.csv(), "No data: the query of this figure gives no row.");
    }
    if (table.rows().size() > MOST_ROWS) {
      String message =
          String.format(
              java.util.Locale.ROOT,
              "Too many rows: a figure draws at most %,d; aggregate or sample in its query.",
              MOST_ROWS);
      return new Drawing(figure, Kind.WRONG, "", "", message);
    }
    try {
      return new Drawing(figure, Kind.DRAWN, VegaLite.withData(figure, table), table.csv(), "");
    } catch (JsonProcessingException e) {
      String message = "The specification is not JSON: " + e.getOriginalMessage();
      return new Drawing(figure, Kind.WRONG, "", table.csv(), message);
    }
  }
}
