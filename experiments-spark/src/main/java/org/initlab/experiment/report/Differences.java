package org.initlab.experiment.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Study;

/**
 * The differences of paired repeats, a row a pair of cells, metric, layer and bin: {@code a} and
 * {@code b}, the means; {@code difference}, the mean of B - A over the pairs, {@code low} and
 * {@code high}, its 95 % interval ({@link Interval} below 10 pairs, {@link Bootstrap} from there
 * on); {@code p}, two-sided by {@link PairedTest#student}, and {@code holm}, the same corrected for
 * all rows that have one ({@link Holm}).
 *
 * <p>Beside them counts: {@code pairs} in the cells, {@code finite} ones with two finite numbers,
 * {@code lost_a} and {@code lost_b} without one, {@code diverged_...} and {@code failed_...} trials
 * among them. Where a number is lost there is neither mean nor difference, unless the question is
 * of finite pairs only.
 */
public final class Differences {

  private static final String ALL = "differences";

  /** Where the intervals of the bootstrap begin to cover what they should. */
  private static final int ENOUGH = 10;

  private final SparkSession spark;
  private final Pairing pairing;

  private Differences(SparkSession spark, Pairing pairing) {
    this.spark = spark;
    this.pairing = pairing;
  }

  static Differences of(
      SparkSession spark,
      Pairing pairing,
      Map<Comparison.Side, Study> studies,
      Comparison.Question question) {
    String cell =
        "to_json(struct(1 AS one"
            + pairing.columns().stream().map(c -> ", " + c).collect(Collectors.joining())
            + "))";
    spark.sql("SELECT *, " + cell + " AS cell FROM pairs").createOrReplaceTempView("paired");
    for (Comparison.Side side : Comparison.Side.values()) {
      values(spark, side.name().toLowerCase(java.util.Locale.ROOT), studies.get(side), question);
    }
    String columns = String.join(", ", pairing.columns());
    String keys = (columns.isEmpty() ? "" : columns + ", ") + "metric, layer, bin";
    Comparison.keep(spark, "numbers", NUMBERS.formatted(keys));
    Comparison.keep(spark, "grouped", GROUPED.formatted(keys, kept(question), ENOUGH));
    Comparison.keep(spark, ALL, CORRECTED.formatted(keys));
    return new Differences(spark, pairing);
  }

  private static String kept(Comparison.Question question) {
    return question.onlyFinite() ? "finite" : "true";
  }

  /**
   * Every place at which a pair may have a number: where a trial of its cell measured one at any
   * step, and in every cell for what is measured of the network as a whole.
   */
  private static final String NUMBERS =
      """
      WITH seen AS (
        SELECT DISTINCT cell, metric, layer, bin FROM (
          SELECT p.cell, m.metric, m.layer, m.bin FROM paired p JOIN a_measured m
            ON p.a_trial = m.trial
          UNION ALL
          SELECT p.cell, m.metric, m.layer, m.bin FROM paired p JOIN b_measured m
            ON p.b_trial = m.trial)),
      places AS (
        SELECT * FROM seen
        UNION
        SELECT c.cell, s.metric, s.layer, s.bin FROM (SELECT DISTINCT cell FROM paired) c
        CROSS JOIN (SELECT DISTINCT metric, layer, bin FROM seen WHERE layer = 0 AND bin = -1) s)
      SELECT %s, a_outcome, b_outcome, a.value AS a, b.value AS b
      FROM (
        SELECT p.*, l.metric, l.layer, l.bin FROM paired p JOIN places l ON p.cell = l.cell) x
      LEFT JOIN (SELECT trial AS at, metric AS am, layer AS al, bin AS ab, value FROM a_measured
          WHERE counts) a
        ON a_trial = at AND metric = am AND layer = al AND bin = ab
      LEFT JOIN (SELECT trial AS bt, metric AS bm, layer AS bl, bin AS bb, value FROM b_measured
          WHERE counts) b
        ON b_trial = bt AND metric = bm AND layer = bl AND bin = bb
      """;

  /** Sorted, since neither sums nor resamples may depend on the order in which rows arrive. */
  private static final String GROUPED =
      """
      SELECT *,
        CASE WHEN size(d) >= %3$d THEN bootstrap_ci(d) ELSE ci(d) END AS c,
        2 * least(p_above_0(d), 1 - p_above_0(d)) AS p
      FROM (
        SELECT %1$s,
          ci(sort_array(collect_list(a) FILTER (WHERE %2$s))).mean AS a,
          ci(sort_array(collect_list(b) FILTER (WHERE %2$s))).mean AS b,
          sort_array(collect_list(CASE WHEN finite THEN b - a ELSE double('NaN') END)
            FILTER (WHERE %2$s)) AS d,
          count(*) AS pairs, count_if(finite) AS finite,
          count_if(NOT a_is) AS lost_a, count_if(NOT b_is) AS lost_b,
          count_if(a_outcome = 'diverged') AS diverged_a,
          count_if(b_outcome = 'diverged') AS diverged_b,
          count_if(a_outcome = 'failed') AS failed_a, count_if(b_outcome = 'failed') AS failed_b
        FROM (
          SELECT *, a_is AND b_is AS finite FROM (
            SELECT %1$s, a_outcome, b_outcome,
              coalesce(a, double('NaN')) AS a, coalesce(b, double('NaN')) AS b,
              abs(coalesce(a, double('NaN'))) < double('Infinity') AS a_is,
              abs(coalesce(b, double('NaN'))) < double('Infinity') AS b_is
            FROM numbers))
        GROUP BY %1$s)
      """;

  /** Holm's correction over all rows, as {@link Holm} has it for a few. */
  private static final String CORRECTED =
      """
      SELECT %1$s, a, b, c.mean AS difference, c.low, c.high, p,
        CASE WHEN p IS NOT NULL
          THEN least(1.0D, max((tests - place + 1) * p) OVER (ORDER BY place)) END AS holm,
        pairs, finite, lost_a, lost_b, diverged_a, diverged_b, failed_a, failed_b
      FROM (
        SELECT *, count(p) OVER () AS tests,
          row_number() OVER (ORDER BY p NULLS LAST, %1$s) AS place
        FROM grouped)
      """;

  /** What a run measured of the question's metrics, and whether it is the number that counts. */
  private static void values(
      SparkSession spark, String side, Study study, Comparison.Question question) {
    Chosen chosen = new Chosen(question.metrics(), question.step());
    Comparison.keep(
        spark,
        side + "_measured",
        """
        SELECT m.trial, m.metric, m.layer, m.bin, m.value, %3$s AS counts
        FROM %1$s_measurements m
        JOIN (SELECT DISTINCT %1$s_trial AS trial, %2$s AS last FROM pairs) t
          ON m.trial = t.trial
        WHERE %4$s
        """
            .formatted(
                side, chosen.last(study, side + "_steps"), Chosen.counts("last"), chosen.named()));
  }

  /** The first rows in the order of the axes, as the class says. */
  public Results.Rows inOrder(int most) {
    return Comparison.rows(ordered(), most);
  }

  /** The first rows in the order of their p-values; equal ones by the size of the difference. */
  public Results.Rows byP(int most) {
    return Comparison.rows(
        spark.sql(
            "SELECT * FROM " + ALL + " ORDER BY p NULLS LAST, abs(difference) DESC NULLS LAST"),
        most);
  }

  /**
   * What came of a metric.
   *
   * @param rows its rows
   * @param below rows whose corrected p-value is below the level, B being below A
   * @param above the same with B above A
   * @param lost rows with a lost number
   */
  public record Count(String metric, long rows, long below, long above, long lost) {}

  /** What came of each metric that has rows, at this level. */
  public List<Count> counts(double level) {
    return spark
        .sql(
            """
            SELECT metric, count(*), count_if(holm < %1$s AND difference < 0),
              count_if(holm < %1$s AND difference > 0), count_if(finite < pairs)
            FROM differences GROUP BY metric ORDER BY metric
            """
                .formatted(level))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Count(
                    row.getString(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4)))
        .toList();
  }

  /** Writes all rows as CSV, in the order of the axes, numbers in full precision. */
  public void csv(OutputStream out) throws IOException {
    FlatFile.CSV.write(ordered(), out);
  }

  private Dataset<Row> ordered() {
    String columns = String.join(", ", pairing.columns());
    return spark.sql(
        "SELECT * FROM "
            + ALL
            + " ORDER BY metric"
            + (columns.isEmpty() ? "" : ", " + columns)
            + ", layer, bin");
  }
}
