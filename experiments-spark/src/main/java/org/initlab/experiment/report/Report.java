package org.initlab.experiment.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;

/**
 * The answer of a study: one page that needs no network, the rows of its figures and its claims as
 * tables.
 */
public final class Report {

  private static final Set<String> CONTENT = Set.of("index.html", "figures", "tables");

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
    Path target = out.toAbsolutePath().normalize();
    refuseForeign(target);
    Views.register(spark, runFolder);
    try {
      List<Verdict> verdicts =
          study.claims().parallelStream().map(c -> Verdict.of(c, spark)).toList();
      List<Study.Figure> figures = new ArrayList<>(study.figures());
      figures.addAll(StandardFigures.of(study));
      List<Drawing> drawings = figures.parallelStream().map(f -> Drawing.of(f, spark)).toList();
      Summary summary = new Summary(counts(), verdicts, figures(drawings));
      String page =
          new Page(study, summary, drawings, Failure.of(study, spark), provenance).whole();
      swapIn(target, page, verdicts, drawings, pictures);
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

  private static Summary.Figures figures(List<Drawing> drawings) {
    Map<Drawing.Kind, Long> by =
        drawings.stream().collect(Collectors.groupingBy(Drawing::kind, Collectors.counting()));
    return new Summary.Figures(
        by.getOrDefault(Drawing.Kind.DRAWN, 0L),
        by.getOrDefault(Drawing.Kind.EMPTY, 0L),
        by.getOrDefault(Drawing.Kind.WRONG, 0L));
  }

  private static void refuseForeign(Path target) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    try (Stream<Path> files = Files.list(target)) {
      List<String> foreign =
          files
              .map(p -> p.getFileName().toString())
              .filter(n -> !CONTENT.contains(n))
              .sorted()
              .toList();
      if (!foreign.isEmpty()) {
        throw new IOException(
            "A report would replace the folder " + target + ", which holds " + foreign.get(0));
      }
    }
  }

  private static void swapIn(
      Path target, String page, List<Verdict> verdicts, List<Drawing> drawings, boolean pictures)
      throws IOException {
    String mark = target.getFileName() + "-" + UUID.randomUUID();
    Path fresh = target.resolveSibling("." + mark + ".new");
    Path old = target.resolveSibling("." + mark + ".old");
    try {
      Files.createDirectories(fresh.resolve("figures"));
      Files.createDirectories(fresh.resolve("tables"));
      write(fresh.resolve("index.html"), page);
      write(fresh.resolve("tables/claims.csv"), ClaimTable.csv(verdicts));
      write(fresh.resolve("tables/claims.tex"), ClaimTable.latex(verdicts));
      for (Drawing drawing : drawings) {
        if (!drawing.csv().isEmpty()) {
          write(fresh.resolve("figures/" + Page.file(drawing.figure()) + ".csv"), drawing.csv());
        }
      }
      if (pictures) {
        writePictures(fresh.resolve("figures"), drawings);
      }
      if (Files.exists(target)) {
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(fresh);
      delete(old);
    }
  }

  /** A figure that Vega refuses has no picture; the page says why. */
  private static void writePictures(Path folder, List<Drawing> drawings) throws IOException {
    try (Svg svg = new Svg()) {
      for (Drawing drawing : drawings) {
        if (drawing.kind() == Drawing.Kind.DRAWN) {
          String picture;
          try {
            picture = svg.of(drawing.spec());
          } catch (IllegalArgumentException e) {
            continue;
          }
          write(folder.resolve(Page.file(drawing.figure()) + ".svg"), picture);
        }
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> inside;
    try (Stream<Path> files = Files.walk(folder)) {
      inside = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : inside) {
      Files.delete(path);
    }
  }
}
