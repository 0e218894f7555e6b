package org.initlab.experiment.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;

/**
 * The answer of a study: one page that needs no network, the rows of its figures and its claims as
 * tables.
 */
public final class Report {

  /** The page's body, for a page of several studies. */
  static final String BODY = "body.html";

  /** The report in brief, for other programs. */
  static final String SUMMARY = "summary.json";

  private static final Set<String> CONTENT =
      Set.of("index.html", BODY, SUMMARY, "figures", "tables");

  private final Study study;
  private final String runFolder;
  private final SparkSession spark;
  private final Map<String, String> provenance;

  private Report(
      Study study, String runFolder, SparkSession spark, Map<String, String> provenance) {
    this.study = study;
    this.runFolder = runFolder.endsWith("/") ? runFolder.replaceAll("/+$", "") : runFolder;
    this.spark = spark.newSession(); // views and functions of our own
    this.provenance = new TreeMap<>(provenance);
  }

  /**
   * The report of what a run folder holds.
   *
   * @param runFolder URI of the run folder
   * @param provenance where the numbers come from, for the page's last table
   */
  public static Report of(
      Study study, String runFolder, SparkSession spark, Map<String, String> provenance) {
    return new Report(study, runFolder, spark, provenance);
  }

  /** Writes the report without pictures beside its page. */
  public Summary write(Path out) throws IOException {
    return write(out, false);
  }

  /**
   * Writes the report; an older one is replaced when the new one is whole.
   *
   * @param out folder of the report; not one that holds anything else
   * @param pictures whether each figure is also written as SVG, which takes some seconds each
   */
  public Summary write(Path out, boolean pictures) throws IOException {
    WholeFolder target = new WholeFolder(out, CONTENT);
    target.refuseForeign();
    Views.register(spark, runFolder, study);
    try {
      List<Verdict> verdicts =
          Verdict.corrected(
              study.claims().parallelStream().map(c -> Verdict.of(c, spark)).toList());
      List<Study.Figure> figures = new ArrayList<>(study.figures());
      figures.addAll(StandardFigures.of(study));
      List<Drawing> drawings = figures.parallelStream().map(f -> Drawing.of(f, spark)).toList();
      Summary summary = new Summary(counts(), verdicts, figures(drawings));
      Optional<ChoiceTable> choices = study.select().map(s -> ChoiceTable.of(study, s, spark));
      Page page = new Page(study, summary, choices, drawings, Failure.of(study, spark), provenance);
      Map<String, String> files = files(page, Digest.of(study, summary, seconds()));
      if (pictures) {
        files.putAll(Svg.files(drawings));
      }
      target.replace(files);
      return summary;
    } finally {
      Views.release(spark);
    }
  }

  private Summary.Counts counts() {
    Set<String> planned =
        study.trials().stream().map(Trial::id).map(id -> id.hex()).collect(Collectors.toSet());
    Map<String, Long> by = new HashMap<>();
    for (Row row : spark.sql("SELECT id, outcome FROM trials").collectAsList()) {
      by.merge(planned.contains(row.getString(0)) ? row.getString(1) : "beyond", 1L, Long::sum);
    }
    return new Summary.Counts(
        planned.size(),
        by.getOrDefault("completed", 0L),
        by.getOrDefault("diverged", 0L),
        by.getOrDefault("failed", 0L),
        by.getOrDefault("beyond", 0L));
  }

  private double seconds() {
    Row row = spark.sql("SELECT sum(seconds) FROM trials").head();
    return row.isNullAt(0) ? 0 : row.getDouble(0);
  }

  private static Summary.Figures figures(List<Drawing> drawings) {
    Map<Drawing.Kind, Long> by =
        drawings.stream().collect(Collectors.groupingBy(Drawing::kind, Collectors.counting()));
    return new Summary.Figures(
        by.getOrDefault(Drawing.Kind.DRAWN, 0L),
        by.getOrDefault(Drawing.Kind.EMPTY, 0L),
        by.getOrDefault(Drawing.Kind.WRONG, 0L));
  }

  private static Map<String, String> files(Page page, Digest digest) {
    List<Verdict> verdicts = page.summary().verdicts();
    Map<String, String> files = new TreeMap<>();
    files.put("index.html", page.whole());
    files.put(BODY, page.body(page.study().name() + "-"));
    files.put(SUMMARY, digest.json());
    files.put("tables/claims.csv", ClaimTable.csv(verdicts));
    files.put("tables/claims.tex", ClaimTable.latex(verdicts));
    page.choices().ifPresent(choices -> files.put("tables/choices.csv", choices.csv()));
    for (Drawing drawing : page.drawings()) {
      if (!drawing.csv().isEmpty()) {
        files.put("figures/" + Page.file(drawing.figure()) + ".csv", drawing.csv());
      }
    }
    return files;
  }
}
