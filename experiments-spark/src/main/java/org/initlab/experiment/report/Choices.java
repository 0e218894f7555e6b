package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Select;
import org.initlab.experiment.Study;

/**
 * The views of a study that chooses, see {@link Select}, in SQL like all others. What was planned
 * decides, so that a trial that has not run is missed.
 *
 * <ul>
 *   <li>{@code candidates}: a row a cell of all axes: {@code validation}, the metric's mean over
 *       repeats with {@code low} and {@code high}, and {@code rank} among those of its place;
 *   <li>{@code choices}: a row a cell of the other axes: the value chosen, the same numbers, the
 *       runner-up, and {@code edge} where the best may lie beyond what was tried;
 *   <li>{@code selected_trials}, {@code selected}, {@code selected_finals}: what {@code trials},
 *       {@code results} and {@code finals} have of the chosen trials.
 * </ul>
 *
 * <p>A trial that diverged, failed, or has not run is lost. It counts as an error above every
 * number, so fewer lost trials come first, then the smaller mean; a choice is made also where each
 * value lost some, and then has no mean. Of means that are equal in single precision the smaller
 * value wins, or the first of a study's list of names.
 */
record Choices(Study study, Select select) {

  /** The views, the last first. */
  private static final List<String> VIEWS =
      List.of("selected_finals", "selected", "selected_trials", "choices", "candidates", "planned");

  private static final String CANDIDATES =
      """
      WITH measured AS (
        SELECT {T.AXES}, m.value
        FROM trials t JOIN measurements m ON m.trial = t.id
        WHERE t.outcome = 'completed' AND t.repeat < {N} AND abs(m.value) < double('Infinity')
          AND m.metric = '{BY}' AND m.step = {STEP}L AND m.layer = 0 AND m.bin = -1),
      tried AS (
        SELECT {P.AXES}, {P.PLACES}, {N} - count(m.value) AS lost,
          sort_array(collect_list(m.value)) AS values
        FROM planned p LEFT JOIN measured m ON {P = M}
        GROUP BY {P.AXES}, {P.PLACES})
      SELECT {AXES}, IF(lost = 0, c.mean, null) AS validation, IF(lost = 0, c.low, null) AS low,
        IF(lost = 0, c.high, null) AS high, lost, {N} AS repeats,
        coalesce(float(c.mean), 0) AS mean, {PLACES},
        row_number() OVER (PARTITION BY {REST} ORDER BY lost, float(c.mean), {PLACES}) AS rank
      FROM (SELECT *, ci(values) AS c FROM tried)
      """;

  private static final String CHOICES =
      """
      SELECT {AXES}, validation, low, high, lost, repeats, tried, runner_up, runner_up_validation,
        runner_up_lost, tied, edge, edge IS NOT NULL AS at_edge
      FROM (
        SELECT {AXES}, validation, low, high, lost, repeats, rank,
          count(*) OVER place AS tried,
          lead({LABEL}) OVER ranked AS runner_up,
          lead(validation) OVER ranked AS runner_up_validation,
          lead(lost) OVER ranked AS runner_up_lost,
          coalesce(lead(lost) OVER ranked = lost AND lead(mean) OVER ranked = mean, false) AS tied,
          nullif(concat_ws(', ', {EDGES}), '') AS edge
        FROM candidates
        WINDOW place AS (PARTITION BY {REST}), ranked AS (PARTITION BY {REST} ORDER BY rank))
      WHERE rank = 1
      """;

  /** Registers the views; those that they are made of are there. */
  static void register(SparkSession spark, Study study) {
    study.select().ifPresent(select -> new Choices(study, select).register(spark));
  }

  /** Drops them. */
  static void release(SparkSession spark) {
    VIEWS.forEach(view -> spark.catalog().dropTempView(view));
  }

  private void register(SparkSession spark) {
    spark.createDataFrame(planned(), type()).createOrReplaceTempView("planned");
    spark.sql(filled(CANDIDATES)).createOrReplaceTempView("candidates");
    // A row a cell, made once: every query over what was chosen would choose again.
    Dataset<Row> choices = spark.sql(filled(CHOICES));
    spark
        .createDataFrame(choices.collectAsList(), choices.schema())
        .createOrReplaceTempView("choices");
    String same = " x LEFT SEMI JOIN choices c ON " + all(a -> "x." + a + " <=> c." + a, " AND ");
    spark.sql("SELECT * FROM trials" + same).createOrReplaceTempView("selected_trials");
    spark.sql("SELECT * FROM results" + same).createOrReplaceTempView("selected");
    spark.sql("SELECT * FROM finals" + same).createOrReplaceTempView("selected_finals");
  }

  private String filled(String sql) {
    List<String> rest = select.rest(study.grid());
    Map<String, String> holes =
        Map.of(
            "{T.AXES}", all(a -> "t." + a, ", "),
            "{P.AXES}", all(a -> "p." + a, ", "),
            "{AXES}", all(a -> a, ", "),
            "{P.PLACES}", chosen(a -> "p." + place(a), ", "),
            "{PLACES}", chosen(Choices::place, ", "),
            "{P = M}", all(a -> "p." + a + " <=> m." + a, " AND "),
            "{REST}", rest.isEmpty() ? "1" : String.join(", ", rest),
            "{LABEL}", label(),
            "{EDGES}", chosen(Choices::edge, ", "));
    String filled =
        sql.replace("{N}", Integer.toString(study.repeats()))
            .replace("{BY}", select.by())
            .replace("{STEP}", Long.toString(select.step(study.measure())));
    for (Map.Entry<String, String> hole : holes.entrySet()) {
      filled = filled.replace(hole.getKey(), hole.getValue());
    }
    return filled;
  }

  /** SQL for a value's name, or that of several values. */
  String label() {
    return select.axes().size() == 1
        ? "CAST(" + select.axes().get(0) + " AS STRING)"
        : "concat_ws(', ', " + chosen(a -> "concat('" + a + " ', " + a + ")", ", ") + ")";
  }

  /** SQL for what is amiss with a value's place; 0 is no edge from below, being the least. */
  private static String edge(String axis) {
    String least = "min(" + place(axis) + ") OVER place";
    String most = "max(" + place(axis) + ") OVER place";
    boolean text = kind(axis) == Argument.Kind.TEXT;
    return "CASE WHEN "
        + least
        + " = "
        + most
        + " THEN 'the only "
        + axis
        + "'"
        + (text
            ? ""
            : (" WHEN %1$s = %2$s THEN 'the highest %4$s'"
                    + " WHEN %1$s = %3$s AND %1$s <> 0 THEN 'the lowest %4$s'")
                .formatted(place(axis), most, least, axis))
        + " END";
  }

  /** Where a value stands among others: a number by its size, a name by its place in the study. */
  private static String place(String axis) {
    return "place_of_" + axis;
  }

  private String all(Function<String, String> sql, String between) {
    return study.grid().axes().stream()
        .map(Axis::name)
        .map(sql)
        .collect(Collectors.joining(between));
  }

  private String chosen(Function<String, String> sql, String between) {
    return select.axes().stream().map(sql).collect(Collectors.joining(between));
  }

  private static Argument.Kind kind(String axis) {
    return Argument.of(axis).orElseThrow().kind();
  }

  private StructType type() {
    StructType type = new StructType();
    for (Axis axis : study.grid().axes()) {
      type = type.add(axis.name(), Views.type(kind(axis.name())));
    }
    for (String axis : select.axes()) {
      type = type.add(place(axis), DataTypes.DoubleType);
    }
    return type;
  }

  private List<Row> planned() {
    List<Row> rows = new ArrayList<>();
    for (Map<String, String> cell : study.grid().cells()) {
      List<Object> row = new ArrayList<>();
      study.grid().axes().forEach(axis -> row.add(value(axis.name(), cell.get(axis.name()))));
      for (String name : select.axes()) {
        row.add(placeOf(name, cell.get(name)));
      }
      rows.add(RowFactory.create(row.toArray()));
    }
    return rows;
  }

  private double placeOf(String name, String text) {
    return kind(name) != Argument.Kind.TEXT
        ? Double.parseDouble(text)
        : study.grid().axes().stream()
            .filter(axis -> axis.name().equals(name))
            .findFirst()
            .map(axis -> axis.values().indexOf(text))
            .orElseThrow();
  }

  private static Object value(String axis, String text) {
    return switch (kind(axis)) {
      case TEXT -> text;
      case INTEGER -> Long.valueOf(text);
      case NUMBER -> Double.valueOf(text);
    };
  }
}
