package org.initlab.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Grid;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Theory beside what is measured, and the slope of a coordinate check, from known numbers. */
@Tag("slow")
class StandardFiguresTest {

  private static final Study STUDY =
      new Study(
          "overlay",
          "Is theory drawn?",
          Optional.empty(),
          7,
          2,
          new Grid(
              Map.of("dataset", "mnist-6k", "depth", "2", "learning_rate", "0.1", "steps", "4"),
              List.of(
                  new Axis("scheme", List.of("standard", "mup")),
                  new Axis("activation", List.of("relu", "tanh")),
                  new Axis("width", List.of("10", "100", "1000"))),
              List.of()),
          new Measure(List.of("length", "coordinate_check"), List.of(0L, 4L), Map.of()),
          List.of(),
          List.of());

  private static List<Measurement> rows(Trial trial) {
    List<Measurement> rows = new ArrayList<>();
    double power = trial.text("scheme").equals("mup") ? 0 : 0.5;
    for (int layer = 1; layer <= 3; layer++) {
      rows.add(new Measurement("length", 0, layer, -1, layer + trial.repeat()));
      if (trial.text("activation").equals("relu")) {
        rows.add(new Measurement("predicted/length", 0, layer, -1, layer + 0.25));
      }
      rows.add(
          new Measurement(
              "coordinate_check", 4, layer, -1, Math.pow(trial.integer("width"), power)));
    }
    return rows;
  }

  @Test
  void theoryIsDrawnWhereItIsThereAndSlopesAreThoseOfTheWidth(@TempDir Path parent)
      throws Exception {
    ParquetStore.of(parent)
        .put(
            STUDY.trials().stream()
                .map(t -> new TrialResult(t, new Outcome.Completed(), 1, rows(t)))
                .toList());
    try (SparkSession spark = ToyRun.spark()) {
      Summary summary =
          Report.of(STUDY, RunFolder.of(parent).uri(), spark, Map.of())
              .write(parent.resolve("report"));
      assertThat(summary.figures()).isEqualTo(new Summary.Figures(3, 0, 0));
    }
    List<String> lengths = Files.readAllLines(parent.resolve("report/figures/length.csv"));
    assertThat(lengths).hasSize(1 + 2 * 2 * 3);
    assertThat(lengths)
        .anyMatch(line -> line.startsWith("relu,1,standard,1,1.5,") && line.endsWith(",2,0,1.25"))
        .anyMatch(line -> line.startsWith("tanh,2,mup,3,3.5,") && line.endsWith(",2,0,"));
    String check = Files.readString(parent.resolve("report/figures/coordinate-check.csv"));
    assertThat(check.lines()).hasSize(1 + 2 * 2 * 3 * 3);
    assertThat(check.lines().filter(l -> l.contains("standard") && l.contains(",1000,")))
        .hasSize(6)
        .allMatch(line -> line.endsWith(",slope 0.50"));
    assertThat(check.lines().filter(l -> l.contains("mup") && l.contains(",1000,")))
        .hasSize(6)
        .allMatch(line -> line.endsWith(",slope 0.00"));
    String page = Files.readString(parent.resolve("report/index.html"));
    assertThat(page).contains("\"datum\":\"theory\"");
  }
}
