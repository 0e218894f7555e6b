package org.initlab.experiment.report;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Study;

/**
 * The tables of a run folder, to be asked in SQL: {@code trials}, {@code measurements} and {@code
 * results}, as claims and figures see them. It shows what was stored when it was opened.
 */
public final class Results implements AutoCloseable {

  private final SparkSession spark;

  /**
   * Rows that a query gave.
   *
   * @param columns names
   * @param rows values in the order of the columns; null where there is none
   * @param cut whether there were more
   */
  public record Rows(List<String> columns, List<List<Object>> rows, boolean cut) {}

  private Results(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Opens the tables of a run folder.
   *
   * @param runFolder its URI, on any file system that Hadoop knows
   * @param study that filled it, for the views of what it chooses; nothing if that is not known
   * @param spark the session whose executors read it
   */
  public static Results open(String runFolder, Optional<Study> study, SparkSession spark) {
    SparkSession own = spark.newSession();
    study.ifPresentOrElse(
        known -> Views.register(own, runFolder, known), () -> Views.register(own, runFolder));
    return new Results(own);
  }

  /**
   * Asks a query.
   *
   * @param most rows that are fetched
   * @throws IllegalArgumentException with one line that says why, if the query cannot be answered
   */
  public Rows sql(String query, int most) {
    Table table;
    try {
      table = Table.of(spark.sql(query), most);
    } catch (Exception e) { // AnalysisException is checked, and not declared by Spark
      throw new IllegalArgumentException("The query failed: " + Text.firstLine(e), e);
    }
    boolean cut = table.rows().size() > most;
    return new Rows(table.columns(), cut ? table.rows().subList(0, most) : table.rows(), cut);
  }

  @Override
  public void close() {
    Views.release(spark);
  }
}
