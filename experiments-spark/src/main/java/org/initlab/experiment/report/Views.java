package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Study;
import org.initlab.experiment.store.Place;

/**
 * The views that claims and figures ask.
 *
 * <ul>
 *   <li>{@code trials}: a row a trial, the row that counts; every argument is a column;
 *   <li>{@code measurements}: trial, metric, step, layer, bin, value, of those rows only;
 *   <li>{@code results}: measurements beside all columns of their trial;
 *   <li>{@code finals}: a row a trial and metric, {@code loss} and {@code error} after the last
 *       update; NaN, in SQL greater than every number, if the trial did not get there;
 *   <li>{@code compared}: the results that theory predicts, with the column {@code predicted}.
 * </ul>
 *
 * <p>A study that chooses has those of {@link Choices}, too.
 */
final class Views {

  /** The columns of the table of measurements. */
  static final StructType MEASUREMENTS =
      new StructType()
          .add("trial", DataTypes.StringType)
          .add("metric", DataTypes.StringType)
          .add("step", DataTypes.LongType)
          .add("layer", DataTypes.IntegerType)
          .add("bin", DataTypes.IntegerType)
          .add("value", DataTypes.DoubleType);

  /**
   * A finished row first, of those the first, of failed ones the last, as the store counts them;
   * shards of one name hold the same rows.
   */
  private static final String WINNERS =
      """
      SELECT * FROM (
        SELECT *, row_number() OVER (
          PARTITION BY id
          ORDER BY outcome = 'failed',
            CASE WHEN outcome = 'failed' THEN -unix_micros(finished_at)
              ELSE unix_micros(finished_at) END,
            shard DESC) AS place
        FROM %sstored_trials)
      WHERE place = 1
      """;

  private static final String MEASURED =
      """
      SELECT m.trial, m.metric, m.step, m.layer, m.bin, m.value
      FROM %1$sstored_measurements m
      JOIN %1$swinning_trials t ON m.trial = t.id AND m.shard = t.shard
      """;

  /**
   * Joined once, for all claims and figures that lay theory over experiment. The metric stands
   * first among the keys: so rows are kept sorted by it, and who asks for one metric reads only its
   * own.
   */
  static final String COMPARED =
      """
      SELECT m.*, p.predicted
      FROM measurements m JOIN (
        SELECT trial, substr(metric, length('predicted/') + 1) AS metric, step, layer, bin,
          value AS predicted
        FROM measurements WHERE metric LIKE 'predicted/%') p
      ON m.metric = p.metric AND m.layer = p.layer AND m.trial = p.trial AND m.step = p.step
        AND m.bin = p.bin
      """;

  /** What a trial ended with: one that diverged ended, too. */
  private static final String FINALS =
      """
      SELECT t.id AS trial, k.metric, coalesce(m.value, double('NaN')) AS value%s
      trials t CROSS JOIN (VALUES ('loss'), ('error')) AS k(metric)
      LEFT JOIN measurements m ON m.trial = t.id AND m.metric = k.metric AND m.step = t.steps
      """;

  /** Views whose rows stay in memory once read. */
  private static final List<String> KEPT =
      List.of("compared_measurements", "measurements", "winning_trials");

  /** Bytes of shards from which on compiled code saves more than its compilation costs. */
  private static final long LARGE = 4L << 20;

  private static final Map<String, String> COMPILED =
      Map.of("spark.sql.codegen.wholeStage", "true", "spark.sql.codegen.factoryMode", "FALLBACK");

  private Views() {}

  /** The columns of the table of trials. */
  static StructType trials() {
    StructType type =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("study", DataTypes.StringType)
            .add("repeat", DataTypes.IntegerType)
            .add("seed", DataTypes.LongType)
            .add("outcome", DataTypes.StringType)
            .add("diverged_at", DataTypes.LongType)
            .add("error", DataTypes.StringType)
            .add("seconds", DataTypes.DoubleType)
            .add("finished_at", DataTypes.TimestampType)
            .add("host", DataTypes.StringType);
    for (Argument argument : Argument.values()) {
      type = type.add(argument.key(), type(argument.kind()));
    }
    return type;
  }

  /** The type of a column that holds an argument. */
  static DataType type(Argument.Kind kind) {
    if (kind == Argument.Kind.TEXT) {
      return DataTypes.StringType;
    }
    return kind == Argument.Kind.INTEGER ? DataTypes.LongType : DataTypes.DoubleType;
  }

  /** Registers a study's views and the functions in a session; what is read often is kept. */
  static void register(SparkSession spark, String runFolder, Study study) {
    register(spark, runFolder);
    Choices.register(spark, study);
  }

  /** The same of no study in particular; both tables are kept once read. */
  static void register(SparkSession spark, String runFolder) {
    SqlFunctions.register(spark);
    stored(spark, runFolder, "");
    if (bytes(spark.table("stored_measurements")) >= LARGE) {
      Map<String, String> usual = new TreeMap<>();
      COMPILED.keySet().forEach(key -> usual.put(key, spark.conf().get(key)));
      COMPILED.forEach(spark.conf()::set);
      keep(spark, Dataset::cache);
      usual.forEach(spark.conf()::set);
      join(spark, rows -> rows);
    } else if (OnePartition.suits(spark)) {
      OnePartition.set(spark);
      for (String stored : List.of("stored_trials", "stored_measurements")) {
        OnePartition.of(spark.table(stored)).createOrReplaceTempView(stored);
      }
      keep(spark, OnePartition::kept);
      join(spark, OnePartition::of);
    } else {
      keep(spark, Dataset::cache);
      join(spark, rows -> rows);
    }
  }

  private static void join(SparkSession spark, UnaryOperator<Dataset<Row>> told) {
    join(spark, (view, sql) -> told.apply(spark.sql(sql)).createOrReplaceTempView(view));
  }

  private static long bytes(Dataset<Row> stored) {
    return stored.queryExecution().optimizedPlan().stats().sizeInBytes().longValue();
  }

  /** Plans the reading of the tables, as the session is set now. */
  private static void keep(SparkSession spark, UnaryOperator<Dataset<Row>> kept) {
    kept.apply(spark.sql(WINNERS.formatted(""))).createOrReplaceTempView("winning_trials");
    spark.table("winning_trials").drop("place", "shard").createOrReplaceTempView("trials");
    kept.apply(spark.sql(MEASURED.formatted(""))).createOrReplaceTempView("measurements");
    kept.apply(spark.sql(COMPARED)).createOrReplaceTempView("compared_measurements");
  }

  /**
   * Registers {@code trials} and {@code measurements} alone, their names behind a prefix, for
   * questions that are asked once: nothing is kept, and each reads only the columns and the metrics
   * that it names.
   */
  static void registerPlain(SparkSession spark, String runFolder, String prefix) {
    stored(spark, runFolder, prefix);
    spark.sql(WINNERS.formatted(prefix)).createOrReplaceTempView(prefix + "winning_trials");
    spark
        .table(prefix + "winning_trials")
        .drop("place", "shard")
        .createOrReplaceTempView(prefix + "trials");
    spark.sql(MEASURED.formatted(prefix)).createOrReplaceTempView(prefix + "measurements");
  }

  private static void stored(SparkSession spark, String runFolder, String prefix) {
    String folder = new Place(runFolder).plain(); // Spark takes a percent sign for itself
    read(spark, folder + "/trials", trials()).createOrReplaceTempView(prefix + "stored_trials");
    read(spark, folder + "/measurements", MEASUREMENTS)
        .createOrReplaceTempView(prefix + "stored_measurements");
  }

  /**
   * Registers the views that join the two tables, which are there.
   *
   * @param register registers the view of a name with a query
   */
  static void join(SparkSession spark, BiConsumer<String, String> register) {
    List<String> columns = new ArrayList<>();
    for (String column : spark.table("trials").columns()) {
      if (!column.equals("id")) {
        columns.add("t." + column);
      }
    }
    String whole = ", " + String.join(", ", columns) + " FROM ";
    String joined = "SELECT m.*" + whole + "%s m JOIN trials t ON m.trial = t.id";
    register.accept("results", joined.formatted("measurements"));
    register.accept("compared", joined.formatted("compared_measurements"));
    register.accept("finals", FINALS.formatted(whole));
  }

  /** Lets go of what {@link #register} kept. */
  static void release(SparkSession spark) {
    Choices.release(spark);
    for (String view :
        new String[] {
          "finals",
          "compared",
          "compared_measurements",
          "results",
          "measurements",
          "trials",
          "winning_trials",
          "stored_measurements",
          "stored_trials"
        }) {
      if (KEPT.contains(view)) {
        spark.table(view).unpersist();
      }
      spark.catalog().dropTempView(view);
    }
  }

  private static Dataset<Row> read(SparkSession spark, String folder, StructType type) {
    try {
      return spark
          .read()
          .schema(type)
          .parquet(folder)
          .selectExpr("*", "_metadata.file_name AS shard");
    } catch (Exception e) {
      if (e instanceof AnalysisException none && "PATH_NOT_FOUND".equals(none.getCondition())) {
        return spark.createDataFrame(List.of(), type.add("shard", DataTypes.StringType));
      }
      throw e;
    }
  }
}
