package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code initlab reproduce} on two little studies of papers, beside one that has none. */
@Tag("slow")
class ReproduceTest {

  private static final String STUDY =
      """
      question: Does %1$s keep its signal?
      %2$s
      seed: 5
      repeats: 2
      fixed: {dataset: mnist-6k, width: 8, depth: 2, learning_rate: 0.1, batch: 4, steps: 3}
      axes:
        scheme: [glorot_uniform, he_normal]
      measure: {metrics: [loss, activation_moments], at: [0, 3]}
      claims:
        - id: more-than-nothing
          source: Figure 1 <b>
          says: There is a loss.
          sql: SELECT c.mean AS measured, 2.3 AS reference, c.mean > 0 AS holds, c.low AS low, c.high AS high, c.n AS n
            FROM (SELECT ci(collect_list(value)) AS c FROM results WHERE metric = 'loss' AND step = 0)
        - id: less-than-nothing
          source: Figure 2
          says: There is none.
          sql: SELECT avg(value) AS measured, 0 AS reference, avg(value) < 0 AS holds, count(*) AS n
            FROM results WHERE metric = 'loss' AND step = 0
      figures: []
      """;

  @TempDir private Path folder;

  @BeforeEach
  void studies() throws IOException {
    String scales = "scales: {small: {repeats: 1}}\n";
    write("late-2015", "paper: {cite: Late 2015, title: Signals}", scales);
    write("early-2010", "paper: {cite: Early 2010, title: Depth}", "");
    write("mine", "# no paper", "");
  }

  private void write(String name, String paper, String scales) throws IOException {
    Path study = Files.createDirectories(folder.resolve("studies").resolve(name));
    Files.writeString(study.resolve("study.yaml"), STUDY.formatted(name, paper) + scales);
  }

  private Child reproduce(String... more) throws IOException {
    String[] all = new String[more.length + 5];
    all[0] = "reproduce";
    all[1] = "--studies";
    all[2] = folder.resolve("studies").toString();
    all[3] = "--out";
    all[4] = folder.resolve("out").toString();
    System.arraycopy(more, 0, all, 5, more.length);
    return Child.start(folder, all);
  }

  @Test
  void allPapersBecomeOneReportAndNothingIsDoneTwice() throws Exception {
    Child first = reproduce("--master", "local[2]");
    assertThat(first.exit()).as(first.said()).isEqualTo(Exit.DONE);
    assertThat(first.said())
        .contains("early-2010: 4 trials", "late-2015-small: 2 trials")
        .contains("2 of 4 claims of 2 studies reproduced")
        .doesNotContain("mine");
    Path report = folder.resolve("out/reproduction-small");
    String page = Files.readString(report.resolve("index.html"));
    assertThat(page)
        .contains("Early 2010", "Late 2015", "Figure 1 &lt;b&gt;", "not reproduced")
        .contains("id=\"study-early-2010\"", "id=\"study-late-2015-small\"")
        .contains("id=\"figure-early-2010-loss-curves\"")
        .contains("data-spec=\"spec-late-2015-small-loss-curves\"");
    assertThat(page.indexOf("Early 2010")).isLessThan(page.indexOf("Late 2015"));
    assertThat(Files.readAllLines(report.resolve("tables/claims.csv"))).hasSize(5);
    assertThat(report.resolve("tables/claims.tex")).content().contains("\\begin{longtable}");

    assertThat(report.resolve("tables/papers.md"))
        .content()
        .contains("| Early 2010 | early-2010 | ")
        .endsWith(" |\n")
        .contains("| **all** |  | 2 |");
    assertThat(Files.readAllLines(report.resolve("tables/claims.md"))).hasSize(6);
    assertThat(report.resolve("tables/claims.md")).content().contains("Figure 1 \\<b\\>");

    Child second = reproduce("--no-data");
    assertThat(second.exit()).as(second.said()).isEqualTo(Exit.DONE);
    assertThat(second.said())
        .contains("early-2010: all 4 trials are done.")
        .contains("late-2015-small: all 2 trials are done.");
    assertThat(Files.readString(report.resolve("index.html")))
        .contains("data-spec=\"spec-late-2015-small-loss-curves\"", "<summary>Query</summary>")
        .doesNotContain("<summary>Data</summary>")
        .hasSizeLessThan(page.length());
    assertThat(page).contains("<summary>Data</summary>");
  }

  @Test
  void whatIsMisspeltRunsNothing() throws Exception {
    Child name = reproduce("late-2051");
    assertThat(name.exit()).isEqualTo(Exit.USAGE);
    assertThat(name.said()).contains("'late-2051' is not known", "Maybe late-2015");
    Child none = reproduce("mine");
    assertThat(none.exit()).isEqualTo(Exit.USAGE);
    Child scale = reproduce("--scale", "smal");
    assertThat(scale.exit()).isEqualTo(Exit.USAGE);
    assertThat(scale.said()).contains("Allowed: paper, small", "Maybe small");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
