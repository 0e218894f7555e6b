package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.initlab.experiment.Study;

/**
 * Two runs side by side: their cells joined, their trials paired by repeat, their numbers compared.
 * All of it is SQL; this process holds counts and the rows that it is asked for. It is not a
 * verdict: which of two runs is better depends on the metric.
 */
public final class Comparison {

  /** One of the two: its tables' names begin so. */
  public enum Side {
    A,
    B;

    private String prefix() {
      return name().toLowerCase(java.util.Locale.ROOT) + "_";
    }
  }

  /**
   * What is compared.
   *
   * @param metrics metrics, each with all its parts
   * @param step after how many updates; empty for the last measured step of each trial
   * @param onlyFinite whether pairs of which a number is missing or not finite are left out rather
   *     than leave the cell without a difference
   */
  public record Question(List<String> metrics, OptionalLong step, boolean onlyFinite) {

    public Question {
      metrics = List.copyOf(metrics);
    }
  }

  /**
   * Cells, by the axes that both runs share, and trials.
   *
   * @param both cells with trials in both runs
   * @param pairs pairs of trials in them
   * @param unpaired trials in them whose repeat the other run does not have, by run
   * @param only cells with trials in one run only, by run
   */
  public record Cells(long both, long pairs, Map<Side, Long> unpaired, Map<Side, Long> only) {}

  /**
   * How much is the same.
   *
   * @param equalPairs pairs of trials that ended alike and whose every number is equal to the bit
   * @param equalNumbers numbers of those trials, of one run
   * @param numbers numbers of all paired trials: of a pair, of the run that has more of them
   */
  public record Equality(long equalPairs, long equalNumbers, long numbers) {}

  private final SparkSession spark;
  private final Pairing pairing;
  private final Map<Side, Study> studies;

  private Comparison(SparkSession spark, Study a, Study b) {
    this.spark = spark;
    this.pairing = Pairing.of(a, b);
    this.studies = Map.of(Side.A, a, Side.B, b);
  }

  /**
   * Opens two run folders.
   *
   * @param folderA URI of the first
   * @param folderB URI of the second
   */
  public static Comparison of(
      Study a, String folderA, Study b, String folderB, SparkSession spark) {
    Comparison comparison = new Comparison(spark.newSession(), a, b);
    comparison.register(Side.A, folderA);
    comparison.register(Side.B, folderB);
    comparison.join();
    return comparison;
  }

  private void register(Side side, String folder) {
    SqlFunctions.register(spark);
    UDF1<Double, Long> bits = Double::doubleToLongBits;
    spark.udf().register("bits", bits, DataTypes.LongType);
    Views.registerPlain(spark, folder, side.prefix());
    List<String> columns = new ArrayList<>(pairing.shared());
    (side == Side.A ? pairing.onlyA() : pairing.onlyB())
        .forEach(axis -> columns.add(axis + " AS " + side.prefix() + axis));
    keep(
        side.prefix() + "cells",
        "SELECT id AS trial, shard, repeat, outcome, steps, 1 AS one"
            + columns.stream().map(c -> ", " + c).collect(Collectors.joining())
            + " FROM "
            + side.prefix()
            + "winning_trials");
    spark
        .sql(
            """
            SELECT m.trial, m.metric, m.step, m.layer, m.bin, m.value
            FROM %1$sstored_measurements m
            JOIN %1$scells t ON m.trial = t.trial AND m.shard = t.shard
            """
                .formatted(side.prefix()))
        .createOrReplaceTempView(side.prefix() + "measurements");
  }

  private void keep(String view, String sql) {
    keep(spark, view, sql);
  }

  /**
   * Registers rows that are worked out now, and once. A view of views would be planned anew
   * wherever it is named, and plans of plans take longer than the work.
   */
  static void keep(SparkSession spark, String view, String sql) {
    spark.sql(sql).localCheckpoint().createOrReplaceTempView(view);
  }

  private void join() {
    keep(
        "pairs",
        "SELECT a.trial AS a_trial, b.trial AS b_trial, a.outcome AS a_outcome,"
            + " b.outcome AS b_outcome, a.steps AS a_steps, b.steps AS b_steps"
            + list(", ", "a.", pairing.shared())
            + list(", ", "a.a_", pairing.onlyA())
            + list(", ", "b.b_", pairing.onlyB())
            + " FROM a_cells a JOIN b_cells b ON a.repeat = b.repeat AND "
            + equal(pairing.shared()));
  }

  /** How cells are paired. */
  public Pairing pairing() {
    return pairing;
  }

  /** Counts cells and pairs. */
  public Cells cells() {
    Row cells =
        spark
            .sql(
                """
                SELECT count_if(a.n > 0 AND b.n > 0), count_if(b.n IS NULL), count_if(a.n IS NULL),
                  coalesce(sum(CASE WHEN b.n > 0 THEN a.n END), 0),
                  coalesce(sum(CASE WHEN a.n > 0 THEN b.n END), 0)
                """
                    + joinedCells())
            .head();
    Row pairs =
        spark
            .sql("SELECT count(*), count(DISTINCT a_trial), count(DISTINCT b_trial) FROM pairs")
            .head();
    return new Cells(
        cells.getLong(0),
        pairs.getLong(0),
        Map.of(
            Side.A, cells.getLong(3) - pairs.getLong(1),
            Side.B, cells.getLong(4) - pairs.getLong(2)),
        Map.of(Side.A, cells.getLong(1), Side.B, cells.getLong(2)));
  }

  private String joinedCells() {
    return " FROM "
        + grouped(Side.A)
        + " a FULL OUTER JOIN "
        + grouped(Side.B)
        + " b ON "
        + equal(pairing.shared());
  }

  private String grouped(Side side) {
    String keys = "one" + list(", ", "", pairing.shared());
    return "(SELECT "
        + keys
        + ", count(*) AS n FROM "
        + side.prefix()
        + "cells GROUP BY "
        + keys
        + ")";
  }

  /** The first cells that only this run has, with the number of their trials as {@code trials}. */
  public Results.Rows only(Side side, int most) {
    String own = side == Side.A ? "a." : "b.";
    String other = side == Side.A ? "b." : "a.";
    List<String> columns = new ArrayList<>();
    pairing.shared().forEach(axis -> columns.add(own + axis));
    columns.add(own + "n AS trials");
    return rows(
        spark.sql(
            "SELECT "
                + String.join(", ", columns)
                + joinedCells()
                + " WHERE "
                + other
                + "n IS NULL"
                + (pairing.shared().isEmpty() ? "" : " ORDER BY ")
                + list("", ", ", own, pairing.shared())),
        most);
  }

  /** Compares every number of the paired trials, by a fingerprint of each trial's numbers. */
  public Equality equality() {
    Row row =
        spark
            .sql(
                """
                SELECT count_if(same), coalesce(sum(CASE WHEN same THEN n END), 0),
                  coalesce(sum(n), 0)
                FROM (
                  SELECT a_outcome = b_outcome AND a.n <=> b.n AND a.print <=> b.print AS same,
                    greatest(coalesce(a.n, 0), coalesce(b.n, 0)) AS n
                  FROM pairs LEFT JOIN %s a ON a_trial = a.trial LEFT JOIN %s b ON b_trial = b.trial)
                """
                    .formatted(prints(Side.A), prints(Side.B)))
            .head();
    return new Equality(row.getLong(0), row.getLong(1), row.getLong(2));
  }

  /** The exclusive or of 64-bit hashes, so that the order of rows does not matter. */
  private static String prints(Side side) {
    return "(SELECT trial, count(*) AS n, bit_xor(xxhash64(metric, step, layer, bin, bits(value)))"
        + " AS print FROM "
        + side.prefix()
        + "measurements GROUP BY trial)";
  }

  /** The names of all metrics that a run measured. */
  public Set<String> metrics(Side side) {
    return new TreeSet<>(
        spark
            .sql("SELECT DISTINCT metric FROM " + side.prefix() + "measurements")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList());
  }

  /** Asks a question; the answer is worked out once, whatever is asked of it. */
  public Differences differences(Question question) {
    return Differences.of(spark, pairing, studies, question);
  }

  static Results.Rows rows(Dataset<Row> query, int most) {
    Table table = Table.of(query, most);
    boolean cut = table.rows().size() > most;
    return new Results.Rows(
        table.columns(), cut ? table.rows().subList(0, most) : table.rows(), cut);
  }

  private static String equal(List<String> columns) {
    return "a.one = b.one"
        + columns.stream().map(c -> " AND a." + c + " <=> b." + c).collect(Collectors.joining());
  }

  private static String list(String before, String prefix, List<String> columns) {
    return columns.stream().map(c -> before + prefix + c).collect(Collectors.joining());
  }

  private static String list(String before, String between, String prefix, List<String> columns) {
    return columns.stream().map(c -> prefix + c).collect(Collectors.joining(between, before, ""));
  }
}
