package org.initlab.experiment.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.MetadataBuilder;
import org.initlab.experiment.Study;

/**
 * The tables of a run for other programs: rows stream from its shards into one file each, and this
 * process holds none of them.
 */
public final class Export {

  private final Study study;
  private final String folder;
  private final SparkSession spark;

  private Export(Study study, String folder, SparkSession spark) {
    this.study = study;
    this.folder = folder;
    this.spark = spark.newSession();
    SqlFunctions.register(this.spark);
    Views.registerPlain(this.spark, folder, "");
  }

  /**
   * What a run folder holds.
   *
   * @param folder its URI
   */
  public static Export of(Study study, String folder, SparkSession spark) {
    return new Export(study, folder, spark);
  }

  /**
   * Writes a table.
   *
   * @param metrics metrics whose measurements are wanted; all of them if empty
   */
  public void write(Sheet sheet, List<String> metrics, FlatFile format, OutputStream out)
      throws IOException {
    format.write(documented(sheet, metrics), out);
  }

  /** Parquet's columns carry their documentation as comments. */
  private Dataset<Row> documented(Sheet sheet, List<String> metrics) {
    Dataset<Row> rows = spark.sql(sql(sheet, metrics));
    for (Sheet.Column column : sheet.columns(study)) {
      String unit = column.unit().isEmpty() ? "" : " (" + column.unit() + ")";
      rows =
          rows.withColumn(
              column.name(),
              rows.col(column.name())
                  .as(
                      column.name(),
                      new MetadataBuilder().putString("comment", column.says() + unit).build()));
    }
    return rows;
  }

  private String sql(Sheet sheet, List<String> metrics) {
    List<String> order = new ArrayList<>();
    study.grid().axes().forEach(axis -> order.add("t." + axis.name()));
    order.add("t.repeat");
    order.add("t.id");
    String from = " FROM trials t";
    if (sheet == Sheet.MEASUREMENTS) {
      order.addAll(List.of("m.metric", "m.step", "m.layer", "m.bin"));
      from = " FROM measurements m JOIN trials t ON m.trial = t.id" + where(metrics);
    }
    String columns =
        sheet.columns(study).stream()
            .map(c -> c.sql() + " AS " + c.name())
            .collect(Collectors.joining(", "));
    return "SELECT " + columns + from + " ORDER BY " + String.join(", ", order);
  }

  private static String where(List<String> metrics) {
    return metrics.isEmpty() ? "" : " WHERE " + new Chosen(metrics, OptionalLong.empty()).named();
  }

  /**
   * Trials with their numbers, one after another.
   *
   * @param ids which trials
   * @param metrics metrics whose numbers are wanted, bins included; if empty, those of all metrics
   *     but what lies in bins
   */
  public Iterator<StoredTrial> trials(Collection<String> ids, List<String> metrics) {
    SparkSession own = spark.newSession(); // with a number of partitions of its own
    Views.registerPlain(own, folder, "");
    return StoredTrials.of(
        own,
        ids,
        metrics.isEmpty() ? "bin = -1" : new Chosen(metrics, OptionalLong.empty()).named());
  }

  /** What the columns of both tables hold, a line a column, as CSV. */
  public String columns() {
    List<List<Object>> lines = new ArrayList<>();
    for (Sheet sheet : Sheet.values()) {
      for (Sheet.Column column : sheet.columns(study)) {
        lines.add(List.of(sheet.title(), column.name(), column.unit(), column.says()));
      }
    }
    return new Table(List.of("table", "column", "unit", "holds"), lines).csv();
  }

  /** The names of all metrics that were measured. */
  public List<String> metrics() {
    return spark
        .sql("SELECT DISTINCT metric FROM measurements ORDER BY metric")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /**
   * The cells as a LaTeX table.
   *
   * @throws IllegalArgumentException if there is nothing for it, or too much
   */
  public String cellsAsLatex(List<String> metrics) {
    return CellTable.latex(study, spark, metrics);
  }

  /** The study's claims with their verdicts as a LaTeX table. */
  public String claimsAsLatex() {
    SparkSession own = spark.newSession();
    Views.register(own, folder, study);
    try {
      return ClaimTable.latex(
          Verdict.corrected(study.claims().stream().map(c -> Verdict.of(c, own)).toList()));
    } finally {
      Views.release(own);
    }
  }
}
