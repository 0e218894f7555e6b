package org.initlab.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Grid;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Select;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.RunFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is chosen from tables that are made by hand. */
@Tag("slow")
class ChoicesTest {

  private static final StructType TRIALS =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("repeat", DataTypes.IntegerType)
          .add("outcome", DataTypes.StringType)
          .add("steps", DataTypes.LongType)
          .add("scheme", DataTypes.StringType)
          .add("learning_rate", DataTypes.DoubleType)
          .add("weight_decay", DataTypes.DoubleType);

  private static SparkSession spark;

  private final List<Row> trials = new ArrayList<>();
  private final List<Row> measurements = new ArrayList<>();

  @BeforeAll
  static void open() {
    spark = ToyRun.spark();
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  private static Study study(List<String> axes, Axis... grid) {
    return new Study(
        "chooses",
        "Which?",
        Optional.empty(),
        1,
        3,
        new Grid(Map.of("steps", "100"), List.of(grid), List.of()),
        new Measure(List.of("validation_error", "error"), List.of(0L, 100L), Map.of()),
        Optional.of(new Select(axes, "validation_error")),
        List.of(),
        List.of());
  }

  private static final Study RATES =
      study(
          List.of("learning_rate"),
          new Axis("scheme", List.of("zero", "he")),
          new Axis("learning_rate", List.of("0.01", "0.1", "1.0")));

  /** A value that is null is a trial that diverged; the error is ten times the validation error. */
  private void put(String scheme, double rate, double decay, Double... values) {
    for (int repeat = 0; repeat < values.length; repeat++) {
      String id = scheme + rate + decay + repeat;
      boolean done = values[repeat] != null;
      String outcome = done ? "completed" : "diverged";
      trials.add(RowFactory.create(id, repeat, outcome, 100L, scheme, rate, decay));
      measurements.add(RowFactory.create(id, "validation_error", 0L, 0, -1, 0.0));
      if (done) {
        measurements.add(RowFactory.create(id, "validation_error", 100L, 0, -1, values[repeat]));
        measurements.add(RowFactory.create(id, "error", 100L, 0, -1, 10 * values[repeat]));
      }
    }
  }

  private SparkSession session(Study study) {
    SparkSession own = spark.newSession();
    own.conf().set("spark.sql.shuffle.partitions", "1"); // for a few rows
    SqlFunctions.register(own);
    own.createDataFrame(trials, TRIALS).createOrReplaceTempView("trials");
    own.createDataFrame(measurements, Views.MEASUREMENTS).createOrReplaceTempView("measurements");
    own.sql(Views.COMPARED).createOrReplaceTempView("compared_measurements");
    Views.join(own, (view, sql) -> own.sql(sql).createOrReplaceTempView(view));
    Choices.register(own, study);
    return own;
  }

  /** The rows of a query by the value of their first column. */
  private static Map<Object, Row> rows(SparkSession session, String sql) {
    Map<Object, Row> rows = new LinkedHashMap<>();
    for (Row row : session.sql(sql).collectAsList()) {
      assertThat(rows.put(row.get(0), row)).as("a second row of " + row.get(0)).isNull();
    }
    return rows;
  }

  private Map<Object, Row> choices(Study study) {
    return rows(session(study), "SELECT * FROM choices");
  }

  private static double rate(Row row) {
    return row.<Double>getAs("learning_rate");
  }

  @Test
  void theLeastMeanWinsAndNotTheLuckiestRepeat() {
    put("he", 0.01, 0, 0.5, 0.5, 0.5);
    put("he", 0.1, 0, 0.3, 0.2, 0.4);
    put("he", 1.0, 0, 0.0, 0.9, 0.1);
    put("zero", 0.01, 0, 0.1, 0.1, 0.1);
    put("zero", 0.1, 0, 0.2, 0.2, 0.2);
    put("zero", 1.0, 0, 0.3, 0.3, 0.3);
    Map<Object, Row> choices = choices(RATES);
    assertThat(choices).containsOnlyKeys("he", "zero");
    Row he = choices.get("he");
    assertThat(rate(he)).isEqualTo(0.1);
    assertThat(he.<Double>getAs("validation")).isCloseTo(0.3, within(1e-12));
    assertThat(he.<Double>getAs("low")).isLessThan(0.3);
    assertThat(he.<String>getAs("runner_up")).isEqualTo("1.0");
    assertThat(he.<Double>getAs("runner_up_validation")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(he.<Boolean>getAs("at_edge")).isFalse();
    assertThat(he.<Object>getAs("edge")).isNull();
    assertThat(he.<Integer>getAs("repeats")).isEqualTo(3);
    assertThat(he.<Long>getAs("tried")).isEqualTo(3);
    assertThat(he.<Boolean>getAs("tied")).isFalse();
    assertThat(rate(choices.get("zero"))).isEqualTo(0.01);
    assertThat(choices.get("zero").<String>getAs("edge")).isEqualTo("the lowest learning_rate");
  }

  @Test
  void ofEqualMeansTheSmallerRateWins() {
    put("he", 1.0, 0, 0.2, 0.2, 0.2);
    put("he", 0.1, 0, 0.3, 0.1, 0.2); // whose sum differs in the last bit
    put("he", 0.01, 0, 0.5, 0.5, 0.5);
    put("zero", 0.01, 0, 0.9, 0.9, 0.9);
    put("zero", 0.1, 0, 0.9, 0.9, 0.9);
    put("zero", 1.0, 0, 0.9, 0.9, 0.9);
    Map<Object, Row> choices = choices(RATES);
    assertThat(rate(choices.get("he"))).isEqualTo(0.1);
    assertThat(choices.get("he").<Boolean>getAs("tied")).isTrue();
    assertThat(choices.get("he").<String>getAs("runner_up")).isEqualTo("1.0");
    assertThat(rate(choices.get("zero"))).isEqualTo(0.01);
  }

  @Test
  void whoLostATrialComesAfterWhoLostNone() {
    put("he", 0.01, 0, 0.9, 0.9, 0.9);
    put("he", 0.1, 0, 0.0, 0.0, null);
    put("he", 1.0, 0, null, null, null);
    Row he = choices(RATES).get("he");
    assertThat(rate(he)).isEqualTo(0.01);
    assertThat(he.<String>getAs("runner_up")).isEqualTo("0.1");
    assertThat(he.<Object>getAs("runner_up_validation")).isNull();
    assertThat(he.<Long>getAs("runner_up_lost")).isEqualTo(1);
    SparkSession session = session(RATES);
    List<Row> lost =
        session
            .sql("SELECT lost, validation FROM candidates WHERE scheme = 'he' ORDER BY rank")
            .collectAsList();
    assertThat(lost.stream().map(r -> r.getLong(0))).containsExactly(0L, 1L, 3L);
    assertThat(lost.stream().filter(r -> r.isNullAt(1))).hasSize(2);
  }

  @Test
  void whereAllLostSomeTheFewestLostWinsAndHasNoMean() {
    put("he", 0.01, 0, 0.0, null, null);
    put("he", 0.1, 0, 0.5, 0.5, null);
    put("he", 1.0, 0, 0.4, 0.5, null);
    put("zero", 0.01, 0, null, null, null);
    put("zero", 0.1, 0, null, null, null);
    put("zero", 1.0, 0, null, null, null);
    SparkSession session = session(RATES);
    Map<Object, Row> choices = rows(session, "SELECT * FROM choices");
    assertThat(rate(choices.get("he"))).isEqualTo(1.0);
    assertThat(choices.get("he").<Object>getAs("validation")).isNull();
    assertThat(choices.get("he").<Long>getAs("lost")).isEqualTo(1);
    assertThat(rate(choices.get("zero"))).isEqualTo(0.01);
    assertThat(choices.get("zero").<Long>getAs("lost")).isEqualTo(3);
    // What diverged is among the selected, so that a claim about them misses nothing.
    assertThat(
            session
                .sql(
                    "SELECT count(*), count_if(isnan(value)) FROM selected_finals"
                        + " WHERE metric = 'error'")
                .head())
        .isEqualTo(RowFactory.create(6L, 4L));
  }

  @Test
  void whatIsNoNumberOrHasNotRunIsLost() {
    put("he", 0.01, 0, 0.9, 0.9, 0.9);
    put("he", 0.1, 0, 0.0, 0.0, Double.NaN);
    put("he", 1.0, 0, 0.0, 0.0); // the third repeat has not run
    put("zero", 0.01, 0, 0.0, 0.0, Double.NEGATIVE_INFINITY);
    put("zero", 0.1, 0, 0.9, 0.9, 0.9); // and 1.0 not at all
    Map<Object, Row> choices = choices(RATES);
    assertThat(rate(choices.get("he"))).isEqualTo(0.01);
    assertThat(rate(choices.get("zero"))).isEqualTo(0.1);
    assertThat(choices.get("zero").<Boolean>getAs("at_edge")).isFalse();
    assertThat(choices.get("zero").<Long>getAs("tried")).isEqualTo(3);
  }

  /** A run folder may hold more than the study plans by now. */
  @Test
  void whatIsBeyondThePlanDoesNotChoose() {
    for (String scheme : List.of("he", "zero", "orthogonal")) {
      put(scheme, 0.01, 0, 0.5, 0.5, 0.5, 0.0, 0.0);
      put(scheme, 0.1, 0, 0.4, 0.4, 0.4, 9.0, 9.0);
      put(scheme, 1.0, 0, 0.5, 0.5, 0.5);
      put(scheme, 10.0, 0, 0.0, 0.0, 0.0);
    }
    Map<Object, Row> choices = choices(RATES);
    assertThat(choices).containsOnlyKeys("he", "zero");
    assertThat(rate(choices.get("he"))).isEqualTo(0.1);
    assertThat(choices.get("he").<Double>getAs("validation")).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void selectedAreTheRowsOfTheChosenTrials() {
    put("he", 0.01, 0, 0.5, 0.5, 0.5);
    put("he", 0.1, 0, 0.3, 0.2, 0.4);
    put("zero", 0.01, 0, 0.1, 0.1, 0.1);
    put("zero", 0.1, 0, 0.2, 0.2, 0.2);
    SparkSession session = session(RATES);
    assertThat(
            rows(
                    session,
                    "SELECT scheme, avg(value) FROM selected_finals WHERE metric = 'error' GROUP BY scheme")
                .values())
        .anySatisfy(r -> assertThat(r.getDouble(1)).isCloseTo(3, within(1e-12)))
        .anySatisfy(r -> assertThat(r.getDouble(1)).isCloseTo(1, within(1e-12)));
    assertThat(session.table("selected").columns()).isEqualTo(session.table("results").columns());
    assertThat(session.table("selected").count()).isEqualTo(2 * 3 * 3);
    assertThat(session.table("selected_trials").count()).isEqualTo(2 * 3);
  }

  @Test
  void severalAxesAreChosenTogetherAndNamesInTheStudysOrder() {
    Study two =
        study(
            List.of("weight_decay", "scheme"),
            new Axis("scheme", List.of("zero", "he")),
            new Axis("weight_decay", List.of("0.0", "0.001")),
            new Axis("learning_rate", List.of("0.1")));
    put("he", 0.1, 0, 0.2, 0.2, 0.2);
    put("zero", 0.1, 0, 0.2, 0.2, 0.2);
    put("he", 0.1, 0.001, 0.3, 0.3, 0.3);
    put("zero", 0.1, 0.001, 0.3, 0.3, 0.3);
    List<Row> choices = session(two).sql("SELECT * FROM choices").collectAsList();
    assertThat(choices).hasSize(1);
    assertThat(choices.get(0).<String>getAs("scheme")).isEqualTo("zero");
    assertThat(choices.get(0).<Double>getAs("weight_decay")).isZero();
    assertThat(choices.get(0).<String>getAs("runner_up")).isEqualTo("weight_decay 0.0, scheme he");
    // Nothing is below 0, and a name has no neighbours.
    assertThat(choices.get(0).<Boolean>getAs("at_edge")).isFalse();
  }

  @Test
  void allAxesMayBeChosenAndALoneValueIsTold() {
    Study all = study(List.of("learning_rate"), new Axis("learning_rate", List.of("0.01", "0.1")));
    put("he", 0.01, 0, 0.5, 0.5, 0.5);
    put("he", 0.1, 0, 0.4, 0.4, 0.4);
    List<Row> choices = session(all).sql("SELECT * FROM choices").collectAsList();
    assertThat(choices).hasSize(1);
    assertThat(rate(choices.get(0))).isEqualTo(0.1);
    assertThat(choices.get(0).<String>getAs("edge")).isEqualTo("the highest learning_rate");
    Study lone = study(List.of("learning_rate"), new Axis("learning_rate", List.of("0.1")));
    assertThat(session(lone).sql("SELECT edge FROM choices").head().getString(0))
        .isEqualTo("the only learning_rate");
  }

  @Test
  void aReportShowsWhatWasChosenAndFromWhat(@TempDir Path folder) throws Exception {
    Path run = folder.resolve("run");
    List<TrialResult> results = new ArrayList<>();
    for (Trial trial : RATES.trials()) {
      boolean wild = trial.text("scheme").equals("he") && trial.number("learning_rate") == 1;
      double value = Math.abs(Math.log10(trial.number("learning_rate")) + 1) / 10 + 0.125;
      results.add(
          new TrialResult(
              trial,
              wild ? new Outcome.Diverged(7) : new Outcome.Completed(),
              1,
              wild ? List.of() : List.of(new Measurement("validation_error", 100, 0, -1, value))));
    }
    ParquetStore.of(run).put(results);
    Report.of(RATES, RunFolder.of(run).uri(), spark, Map.of()).write(folder.resolve("report"));
    String page = Files.readString(folder.resolve("report/index.html"));
    assertThat(page)
        .contains("<h2>Learning rate, chosen on validation error</h2>")
        .contains("<td>he</td><td class=\"chosen\">0.1</td><td class=\"number\">0.125</td>")
        .contains("data-spec=\"spec-choices\"");
    assertThat(folder.resolve("report/tables/choices.csv"))
        .content()
        .startsWith("scheme,learning_rate,validation,low,high,lost,repeats,tried,runner_up,")
        .contains("he,0.1,0.125,", "zero,0.1,0.125,");
    assertThat(folder.resolve("report/figures/choices.csv"))
        .content()
        .contains(",1,he,1.0,,,,3,3,false,3/3 lost");
  }
}
