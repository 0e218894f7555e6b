package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.store.ParquetStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A study whose axis is the precision: what is refused, planned, run and reported. */
class PrecisionStudyTest {

  @RegisterExtension private final Said said = new Said();

  @TempDir private Path folder;

  private Path study(String... changed) throws IOException {
    String text =
        """
        question: Does rounding explain the divergence?
        seed: 3
        repeats: 2
        fixed:
          dataset: mnist-6k
          scheme: normal(stddev=1)
          activation: relu
          depth: 90
          width: 32
          learning_rate: 1.0e-100
          steps: 3
          test_examples: 50
          probe_examples: 20
        axes:
          precision: [float32, float64]
        measure: {metrics: [loss], at: [0, 3]}
        claims:
          - id: rounding
            source: nowhere
            says: Only the largest float ends it.
            sql: >
              SELECT count_if(precision = 'float32' AND outcome = 'diverged') AS measured,
              count_if(precision = 'float64' AND outcome = 'completed') AS reference,
              measured = 2 AND reference = 2 AS holds, 2 AS n FROM trials
        """;
    for (int i = 0; i < changed.length; i += 2) {
      assertThat(text).contains(changed[i]);
      text = text.replace(changed[i], changed[i + 1]);
    }
    Path study = Files.createDirectories(folder.resolve("studies").resolve("precisions"));
    Files.writeString(study.resolve("study.yaml"), text);
    return study;
  }

  private void assertRefused(String says, String... changed) throws IOException {
    Path out = folder.resolve("runs");
    said.reset();
    assertThat(Main.run("run", study(changed).toString(), "--out", out.toString()))
        .isEqualTo(Exit.USAGE);
    assertThat(said.toString()).contains(says);
    assertThat(out).doesNotExist();
  }

  @Test
  void whatNoEngineTrainsIsRefusedBeforeAnyWork() throws IOException {
    assertRefused(
        "engine fused trains in float32, and precision is float64. Allowed there: auto, double."
            + " Maybe double.",
        "  depth: 90",
        "  engine: fused\n  depth: 90");
    assertRefused(
        "engine double trains in float64, and precision is float32. Allowed there: auto, ",
        "  depth: 90",
        "  engine: double\n  depth: 90");
    assertRefused(
        "study.yaml:15: precision 'flot64' is not known. Allowed: float32, float64. Maybe"
            + " float64.",
        "float32, float64",
        "float32, flot64");
    assertRefused("Maybe precision.", "  precision:", "  precison:");
  }

  @Test
  void aPlanKnowsTheEngineOfEach() throws IOException {
    assertThat(Main.run("plan", study().toString())).isEqualTo(Exit.DONE);
    assertThat(said.toString()).contains("trials    4").contains("fused").contains("double");
  }

  @Test
  @Tag("slow")
  void bothPrecisionsOfARunAreInItsReport() throws Exception {
    Path out = folder.resolve("out");
    Child run =
        Child.start(
            folder, "run", study().toString(), "--out", out.toString(), "--master", "local[2]");
    assertThat(run.exit()).as(run.said()).isZero();
    assertThat(run.said()).contains("4/4 done, 2 diverged");
    Path place = RunTables.only(out);
    assertThat(ParquetStore.of(place).rows())
        .extracting(Row::outcome)
        .containsExactlyInAnyOrder("completed", "completed", "diverged", "diverged");
    Path report = place.resolve("report");
    assertThat(Files.readString(report.resolve("tables/claims.csv"))).contains(",reproduced,");
    assertThat(Files.readAllLines(report.resolve("figures/outcomes.csv")))
        .hasSize(3)
        .anyMatch(row -> row.contains("float32") && row.contains("diverged"))
        .anyMatch(row -> row.contains("float64") && row.contains("completed"));
  }
}
