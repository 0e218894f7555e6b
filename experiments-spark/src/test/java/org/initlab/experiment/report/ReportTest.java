package org.initlab.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Study;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.RunFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReportTest {

  private static SparkSession spark;

  @TempDir static Path shared;
  @TempDir Path parent;

  private static Path run;

  @BeforeAll
  static void storeOnce() throws IOException {
    spark = ToyRun.spark();
    run = shared.resolve("a run, 50 %"); // a URI writes such names with percent signs
    ToyRun.store(ToyRun.study(List.of(), List.of()), run);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Study.Claim claim(String sql) {
    return new Study.Claim("c", "Table 1", "So & so.", sql);
  }

  private Summary write(Study study) throws IOException {
    return Report.of(study, RunFolder.of(run).uri(), spark, Map.of("commit", "abc<def>"))
        .write(parent.resolve("report"));
  }

  private Verdict verdict(String sql) throws IOException {
    return write(ToyRun.study(List.of(claim(sql)), List.of())).verdicts().get(0);
  }

  private String page() throws IOException {
    return Files.readString(parent.resolve("report/index.html"));
  }

  /**
   * Resampling goes by place, and which place a repeat has depends on the order of stored files.
   */
  @Test
  void statisticsDoNotDependOnTheOrderOfRows() throws IOException {
    Verdict verdict =
        verdict(
            """
            SELECT a.low AS measured, b.low AS reference,
              a = b AND p_above_0_by_signs(x) = p_above_0_by_signs(reverse(x)) AS holds, 23 AS n
            FROM (SELECT bootstrap_ci(x) AS a, bootstrap_ci(reverse(x)) AS b, x
              FROM (SELECT transform(sequence(1, 23), i -> sqrt(i) % 1 - 0.4) AS x))
            """);
    assertThat(verdict.word()).isEqualTo(Verdict.Word.REPRODUCED);
  }

  @Test
  void countsAndJudges() throws IOException {
    Study study = ToyRun.study(List.of(ToyRun.GROWS), List.of());
    Summary summary = write(study);

    assertThat(summary.counts()).isEqualTo(new Summary.Counts(54, 49, 2, 2, 0));
    assertThat(summary.counts().missing()).isEqualTo(1);
    assertThat(summary.verdicts().get(0).word()).isEqualTo(Verdict.Word.REPRODUCED);
    assertThat(summary.verdicts().get(0).n()).isEqualTo("3");
    assertThat(summary.figures()).isEqualTo(new Summary.Figures(4, 0, 0));
    assertThat(page())
        .contains(
            "With the &lt;standard&gt; scheme", "abc&lt;def&gt;", "OutOfMemoryError: &lt;heap&gt;")
        .doesNotContain("OutOfMemoryError: <heap>");
    try (Stream<Path> files = Files.list(parent)) {
      assertThat(files).containsExactly(parent.resolve("report"));
    }
    assertThat(parent.resolve("report/tables/claims.csv"))
        .content()
        .contains("grows,", "reproduced");
    assertThat(parent.resolve("report/tables/claims.tex"))
        .content()
        .contains("\\toprule", "\\textless{}standard\\textgreater{}");
  }

  @Test
  void divergedTrialsAreNotAveragedAway() throws IOException {
    write(ToyRun.study(List.of(), List.of()));
    assertThat(parent.resolve("report/figures/error-by-depth-and-width.csv"))
        .content()
        .startsWith("series,depth,width,error,low,high,n,diverged,label\n")
        .contains("standard,5,300,,,,3,2,2/3 div.\n");
  }

  @Test
  void everyVerdictIsToldNotThrown() throws IOException {
    assertThat(verdict("SELECT 1 AS measured, 2 AS reference, false AS holds").word())
        .isEqualTo(Verdict.Word.NOT_REPRODUCED);
    assertThat(
            verdict("SELECT 1 AS measured, 2 AS reference, CAST(null AS BOOLEAN) AS holds").word())
        .isEqualTo(Verdict.Word.INCONCLUSIVE);
    assertThat(verdict("SELECT true AS holds FROM trials WHERE false").word())
        .isEqualTo(Verdict.Word.INCONCLUSIVE);
    assertThat(verdict("SELECT double('NaN') AS measured, double('NaN') > 3 AS holds").word())
        .isEqualTo(Verdict.Word.INCONCLUSIVE);
    assertThat(verdict("SELECT true AS holds FROM trials").note()).contains("more than one row");
    assertThat(verdict("SELECT 1 AS measured").word()).isEqualTo(Verdict.Word.ERROR);
    Verdict wrong = verdict("SELECT nonsense FROM trials");
    assertThat(wrong.word()).isEqualTo(Verdict.Word.ERROR);
    assertThat(wrong.note()).contains("nonsense");
    assertThat(page()).contains("nonsense");
  }

  @Test
  void figuresWithoutAPictureSayWhy() throws IOException {
    Study study =
        ToyRun.study(
            List.of(),
            List.of(
                new Study.Figure("none", "Nothing", "", "SELECT * FROM trials WHERE false", "{}"),
                new Study.Figure("bad-sql", "Bad", "", "SELECT x FROM nowhere", "{}"),
                new Study.Figure("bad-json", "Bad", "", "SELECT 1 AS x", "{mark"),
                new Study.Figure("many", "Many", "", "SELECT id FROM range(20001)", "{}")));
    assertThat(write(study).figures()).isEqualTo(new Summary.Figures(4, 1, 3));
    assertThat(page()).contains("No data: ", "nowhere", "is not JSON", "Too many rows: ");
  }

  @Test
  void aRunWithoutResultsHasAReport() throws IOException {
    Study study = ToyRun.study(List.of(ToyRun.GROWS), List.of());
    Path empty = parent.resolve("empty");
    for (int i = 0; i < 2; i++) {
      Summary summary =
          Report.of(study, RunFolder.of(empty).uri(), spark, Map.of()).write(parent.resolve("r"));
      assertThat(summary.counts()).isEqualTo(new Summary.Counts(54, 0, 0, 0, 0));
      assertThat(summary.verdicts().get(0).word()).isEqualTo(Verdict.Word.INCONCLUSIVE);
      assertThat(summary.figures()).isEqualTo(new Summary.Figures(0, 4, 0));
      RunFolder.of(empty).create();
    }
  }

  /** Every figure that is drawn is a picture, too, of the size of its page. */
  @Test
  void figuresAsPictures() throws IOException {
    Study study = ToyRun.study(List.of(), List.of());
    Summary summary =
        Report.of(study, RunFolder.of(run).uri(), spark, Map.of())
            .write(parent.resolve("pictures"), true);
    try (Stream<Path> files = Files.list(parent.resolve("pictures/figures"))) {
      List<Path> pictures = files.filter(f -> f.toString().endsWith(".svg")).toList();
      assertThat(pictures).hasSize((int) summary.figures().drawn()).isNotEmpty();
      for (Path picture : pictures) {
        assertThat(Files.readString(picture))
            .startsWith("<svg xmlns=")
            .contains("viewBox=\"0 0 ")
            .doesNotContain("NaN");
      }
    }
  }

  @Test
  void measurementsOfAShardThatLostDoNotCount() throws IOException {
    Study study = ToyRun.study(List.of(), List.of());
    Path twice = parent.resolve("twice");
    ToyRun.store(study, twice);
    ParquetStore store = ParquetStore.of(twice);
    long before = store.measurements(study.trials().get(1).id()).size();
    Study.Claim once =
        claim(
            "SELECT count(*) AS measured, "
                + before
                + " AS reference, count(*) = "
                + before
                + " AS holds FROM measurements WHERE trial = '"
                + study.trials().get(1).id().hex()
                + "'");
    store.put(
        List.of(
            new org.initlab.experiment.TrialResult(
                study.trials().get(1),
                new org.initlab.experiment.Outcome.Failed("late twin"),
                1,
                List.of(new org.initlab.experiment.Measurement("loss", 5, 0, -1, 1)))));
    Verdict verdict =
        Report.of(
                ToyRun.study(List.of(once), List.of()), RunFolder.of(twice).uri(), spark, Map.of())
            .write(parent.resolve("r"))
            .verdicts()
            .get(0);
    assertThat(verdict.word()).isEqualTo(Verdict.Word.REPRODUCED);
  }

  @Test
  void replacesAReportButNothingElse() throws IOException {
    Study study = ToyRun.study(List.of(), List.of());
    write(study);
    write(study);
    assertThat(parent.resolve("report/index.html")).exists();
    Files.writeString(parent.resolve("report/thesis.tex"), "years of work");
    assertThatIOException().isThrownBy(() -> write(study)).withMessageContaining("thesis.tex");
  }
}
