package org.initlab.experiment.report;

import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Study;

/**
 * What the results say to a claim. Numbers are text in full precision, empty where the query gave
 * none.
 *
 * @param claim the claim
 * @param word the verdict
 * @param measured what was measured
 * @param reference what the claim expects
 * @param low lower end of the interval of what was measured
 * @param high its upper end
 * @param n repeats behind it
 * @param p p-value for the claim, corrected by {@link Holm} for the study's other ones
 * @param note a remark of the query, or why there is no better verdict
 */
public record Verdict(
    Study.Claim claim,
    Word word,
    String measured,
    String reference,
    String low,
    String high,
    String n,
    String p,
    String note) {

  /** A claim whose corrected p-value is above this is not settled. */
  static final double LEVEL = 0.05;

  /** The verdicts. */
  public enum Word {
    REPRODUCED("reproduced"),
    NOT_REPRODUCED("not reproduced"),
    INCONCLUSIVE("inconclusive"),
    ERROR("error");

    private final String says;

    Word(String says) {
      this.says = says;
    }

    /** As people read it. */
    public String says() {
      return says;
    }
  }

  /** Asks the claim's query. */
  static Verdict of(Study.Claim claim, SparkSession spark) {
    try {
      return of(claim, Table.of(spark.sql(claim.sql()), 1));
    } catch (Exception e) { // AnalysisException is checked, and not declared by Spark
      return without(claim, Word.ERROR, Text.firstLine(e));
    }
  }

  private static Verdict of(Study.Claim claim, Table table) {
    if (!table.has("holds")) {
      return without(claim, Word.ERROR, "The query gives no column named holds.");
    }
    if (table.rows().isEmpty()) {
      return without(claim, Word.INCONCLUSIVE, "No data: the query gives no row.");
    }
    if (table.rows().size() > 1) {
      return without(claim, Word.ERROR, "The query gives more than one row.");
    }
    Object holds = table.first("holds");
    if (holds != null && !(holds instanceof Boolean)) {
      return without(claim, Word.ERROR, "The column holds is not true, false or null: " + holds);
    }
    Word word = word((Boolean) holds);
    String note = text(table.first("note"));
    // In SQL, NaN is greater than every number: such a comparison says nothing.
    if (isNaN(table.first("measured")) || isNaN(table.first("reference"))) {
      word = Word.INCONCLUSIVE;
      note = (note + " A number compared is not a number (NaN).").strip();
    }
    return new Verdict(
        claim,
        word,
        text(table.first("measured")),
        text(table.first("reference")),
        text(table.first("low")),
        text(table.first("high")),
        text(table.first("n")),
        text(table.first("p")),
        note);
  }

  /**
   * The verdicts with their p-values corrected for each other. One that holds and whose p-value is
   * then above {@link #LEVEL} is inconclusive.
   */
  static List<Verdict> corrected(List<Verdict> verdicts) {
    List<Verdict> tested = verdicts.stream().filter(v -> number(v.p).isPresent()).toList();
    double[] corrected =
        Holm.corrected(tested.stream().mapToDouble(v -> number(v.p).getAsDouble()).toArray());
    return verdicts.stream()
        .map(v -> tested.contains(v) ? v.with(corrected[tested.indexOf(v)]) : v)
        .toList();
  }

  private Verdict with(double corrected) {
    boolean open = word == Word.REPRODUCED && corrected > LEVEL;
    String chance = open ? " The difference may be chance (p above " + LEVEL + ")." : "";
    return new Verdict(
        claim,
        open ? Word.INCONCLUSIVE : word,
        measured,
        reference,
        low,
        high,
        n,
        Double.toString(corrected),
        (note + chance).strip());
  }

  private static OptionalDouble number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private static Word word(Boolean holds) {
    if (holds == null) {
      return Word.INCONCLUSIVE;
    }
    return holds ? Word.REPRODUCED : Word.NOT_REPRODUCED;
  }

  private static boolean isNaN(Object value) {
    return value instanceof Double d && d.isNaN() || value instanceof Float f && f.isNaN();
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static Verdict without(Study.Claim claim, Word word, String note) {
    return new Verdict(claim, word, "", "", "", "", "", "", note);
  }
}
