package org.initlab.experiment.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What a study would measure if its claims were true, as formulas, and what would contradict each
 * claim: a file of {@code src/test/resources/worlds}.
 *
 * <pre>
 * scale: small                # of the study, if not in full
 * repeats: 4                  # if fewer than the study's
 * columns: {gaussian: "scheme LIKE '%normal'"}
 * metrics:
 *   - {metric: loss, steps: 'array(0, steps)', layers: array(0), bins: array(-1), where: 'depth = 30', value: '0.5 + 0.01 * noise'}
 * survives: {claim: why it holds though the trials of one repeat diverged}
 * contradictions:
 *   claim:
 *     - {says: It trains all the same., metric: loss, where: 'step > 0', value: 0.2 * value}
 * </pre>
 *
 * <p>Formulas are SQL over a trial's columns, those named under {@code columns}, {@code step},
 * {@code layer}, {@code bin} (-1 if the metric names no {@code bins}) and {@code noise}, which has
 * the mean 0 and the variance 1 and is the same each time; contradictions also know {@code value}.
 * Where that gives null the row is left out. {@code metric} of a contradiction is a pattern of
 * LIKE.
 */
public final class World {

  /** A change of the tables that makes a claim false. */
  public record Contradiction(String says, String metric, String where, String value) {}

  private static final String NOISE =
      "sqrt(12) * (pmod(xxhash64(repeat, metric, step, layer, architecture, scheme, calibrator,"
          + " activation, depth, width, learning_rate), 100003) / 100002 - 0.5) AS noise";

  private final String text;
  private final Optional<String> scale;
  private final Optional<Integer> repeats;
  private final Map<String, String> columns;
  private final Map<String, String> survives;
  private final List<Map<String, Object>> metrics;
  private final Map<String, List<Contradiction>> contradictions;

  private World(String text) {
    this.text = text;
    Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    scale = Optional.ofNullable((String) file.get("scale"));
    repeats = Optional.ofNullable((Integer) file.get("repeats"));
    columns = texts(file.get("columns"));
    survives = texts(file.get("survives"));
    metrics = maps(file.get("metrics"));
    contradictions = new LinkedHashMap<>();
    ((Map<?, ?>) file.get("contradictions"))
        .forEach(
            (claim, list) ->
                contradictions.put(
                    claim.toString(),
                    maps(list).stream()
                        .map(
                            c ->
                                new Contradiction(
                                    text(c, "says", null),
                                    text(c, "metric", "%"),
                                    text(c, "where", "true"),
                                    text(c, "value", null)))
                        .toList()));
  }

  /** Reads the file. */
  public static World read(Path file) throws IOException {
    return new World(Files.readString(file));
  }

  public Optional<String> scale() {
    return scale;
  }

  /** Claims that hold though the trials of one repeat diverged, with the reason. */
  public Map<String, String> survives() {
    return survives;
  }

  /** By claim. */
  public Map<String, List<Contradiction>> contradictions() {
    return contradictions;
  }

  /** The tables of a study in this world, in a session of their own. */
  public Tables of(Study study, SparkSession spark) {
    SparkSession own = spark.newSession();
    SqlFunctions.register(own);
    OnePartition.set(own);
    StructType type = columns(study);
    List<Row> rows = new ArrayList<>();
    for (Trial trial : study.trials()) {
      if (trial.repeat() < repeats.orElse(Integer.MAX_VALUE)) {
        rows.add(row(trial, type));
      }
    }
    keep(own.createDataFrame(rows, type), "trials");
    List<String> parts = metrics.stream().map(this::rule).toList();
    keep(own.sql(String.join(" UNION ALL ", parts)), "world");
    int most = Math.min(study.repeats(), repeats.orElse(Integer.MAX_VALUE));
    return new Tables(own, repeated(study, most));
  }

  private static Study repeated(Study study, int repeats) {
    return new Study(
        study.name(),
        study.question(),
        study.paper(),
        study.seed(),
        repeats,
        study.grid(),
        study.measure(),
        study.select(),
        study.claims(),
        study.figures());
  }

  /** In one partition, so that no query shuffles; rows within a plan would be compared often. */
  private static void keep(Dataset<Row> rows, String view) {
    rows.coalesce(1).localCheckpoint(true).createOrReplaceTempView(view);
  }

  /** Those of a trial that a formula or a claim names: the fewer, the sooner Spark has its plan. */
  private StructType columns(Study study) {
    String all =
        NOISE
            + "steps"
            + study.select().map(select -> "outcome" + study.grid().axes()).orElse("")
            + text
            + study.claims().stream().map(Study.Claim::sql).collect(Collectors.joining());
    return new StructType(
        Arrays.stream(Views.trials().fields())
            .filter(f -> f.name().equals("id") || all.contains(f.name()))
            .toArray(StructField[]::new));
  }

  private static Row row(Trial trial, StructType type) {
    Object[] values = new Object[type.size()];
    int i = 0;
    for (StructField field : type.fields()) {
      values[i++] =
          switch (field.name()) {
            case "id" -> trial.id().hex();
            case "study" -> trial.study();
            case "repeat" -> trial.repeat();
            case "seed" -> trial.seed();
            case "outcome" -> "completed";
            case "seconds" -> 1.0;
            default -> argument(trial, field.name());
          };
    }
    return RowFactory.create(values);
  }

  private static Object argument(Trial trial, String name) {
    String value = trial.cell().get(name);
    if (value == null) {
      return null;
    }
    return switch (Argument.of(name).orElseThrow().kind()) {
      case TEXT -> value;
      case INTEGER -> Long.valueOf(value);
      case NUMBER -> Double.valueOf(value);
    };
  }

  private String rule(Map<String, Object> rule) {
    StringBuilder more = new StringBuilder();
    columns.forEach(
        (name, formula) -> more.append(", ").append(formula).append(" AS ").append(name));
    return "SELECT *, double("
        + text(rule, "value", null)
        + ") AS value FROM (SELECT *, "
        + NOISE
        + " FROM (SELECT *, '"
        + text(rule, "metric", null)
        + "' AS metric, bigint(s) AS step, int(l) AS layer, int(b) AS bin FROM (SELECT *"
        + more
        + " FROM trials) LATERAL VIEW explode("
        + text(rule, "layers", "array(0)")
        + ") AS l LATERAL VIEW explode("
        + text(rule, "steps", "array(0)")
        + ") AS s LATERAL VIEW explode("
        + text(rule, "bins", "array(-1)")
        + ") AS b) WHERE "
        + text(rule, "where", "true")
        + ")";
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> maps(Object list) {
    return (List<Map<String, Object>>) list;
  }

  private static Map<String, String> texts(Object map) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (map != null) {
      ((Map<?, ?>) map).forEach((key, value) -> texts.put(key.toString(), value.toString()));
    }
    return texts;
  }

  private static String text(Map<String, Object> map, String key, String otherwise) {
    Object value = map.get(key);
    return value == null ? otherwise : value.toString();
  }

  /** The tables, as they are and changed; one change at a time. */
  public static final class Tables {

    private static final String PLACE = "metric, step, layer, bin";

    /** What only a study's choices know. */
    private static final Pattern OF_CHOICES = Pattern.compile("selected|choices|candidates");

    private final SparkSession spark;
    private final Study study;
    private final String arguments;
    private boolean chosen;

    private Tables(SparkSession spark, Study study) {
      this.spark = spark;
      this.study = study;
      arguments =
          Arrays.stream(spark.table("trials").columns())
              .filter(column -> !column.equals("id"))
              .collect(Collectors.joining(", "));
      spark.table("trials").createOrReplaceTempView("all_trials");
      asTheyAre();
      named("measurements", "SELECT trial, %s, value FROM results".formatted(PLACE));
      named("compared_measurements", Views.COMPARED);
      Views.join(
          spark,
          (view, sql) -> {
            if (!view.equals("results")) {
              named(view, sql);
            }
          });
    }

    /** By its text: planned when it is asked, of what its tables then are. */
    private void named(String view, String query) {
      spark.sql("CREATE TEMPORARY VIEW " + view + " AS " + query);
    }

    /** Every number is as the world's formulas say. */
    public void asTheyAre() {
      change(new Contradiction("", "%", "false", "value"));
    }

    /** This is so instead. */
    public void change(Contradiction to) {
      view("trials", "SELECT * FROM all_trials");
      measure(
          "CASE WHEN metric LIKE '%s' AND (%s) THEN double(%s) ELSE value END"
              .formatted(to.metric(), to.where(), to.value()));
    }

    /** No trial has run. */
    public void empty() {
      view("trials", "SELECT * FROM all_trials WHERE false");
      measure("null");
    }

    /** What a claim's query says to these tables. */
    public Verdict verdict(Study.Claim claim) {
      if (!chosen && OF_CHOICES.matcher(claim.sql()).find()) {
        Choices.register(spark, study);
        chosen = true;
      }
      return Verdict.of(claim, spark);
    }

    private void measure(String value) {
      view(
          "results",
          "SELECT * FROM (SELECT id AS trial, %s, %s AS value, %s FROM world) WHERE value IS NOT NULL"
              .formatted(PLACE, value, arguments));
      chosen = false;
    }

    private void view(String name, String query) {
      spark.sql(query).createOrReplaceTempView(name);
    }
  }
}
