package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.report.Report;
import org.initlab.experiment.report.Verdict;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.RunFolder;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The claims of studies/signal-propagation hold of a world as predicted, and fail of another. */
@Tag("slow")
class SignalPropagationTest {

  /** How a measured number comes of a predicted one. */
  private interface World {
    double ratio(Trial trial, int layer, double noise);

    double correlation(Trial trial, double predicted, double noise);
  }

  /** Deviations of one by the square root of the width; a narrow, deep network drifts. */
  private static final World AS_PREDICTED =
      new World() {
        @Override
        public double ratio(Trial trial, int layer, double noise) {
          double n = trial.integer("width");
          double drift = layer > 100 && n == 50 ? -5.0 * layer / n / 2 : 0;
          return Math.exp(drift + noise / Math.sqrt(n));
        }

        @Override
        public double correlation(Trial trial, double predicted, double noise) {
          return Math.min(
              1, predicted + (predicted > 0.9 ? 0 : noise / Math.sqrt(trial.integer("width"))));
        }
      };

  /** Every layer doubles what it should keep, whatever the width; no two inputs are alike. */
  private static final World OTHERWISE =
      new World() {
        @Override
        public double ratio(Trial trial, int layer, double noise) {
          return Math.pow(2, layer);
        }

        @Override
        public double correlation(Trial trial, double predicted, double noise) {
          return predicted > 0.6 ? predicted - 0.6 : predicted + 0.6;
        }
      };

  private static SparkSession spark;

  @TempDir Path parent;

  @BeforeAll
  static void open() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("claims test")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @Test
  void everyClaimHoldsInTheWorldThatIsPredicted() throws Exception {
    assertThat(verdicts(AS_PREDICTED))
        .hasSizeGreaterThan(8)
        .allSatisfy(v -> assertThat(v.word()).as(v.toString()).isEqualTo(Verdict.Word.REPRODUCED));
  }

  @Test
  void noClaimHoldsInAnother() throws Exception {
    assertThat(verdicts(OTHERWISE))
        .hasSizeGreaterThan(8)
        .allSatisfy(
            v -> assertThat(v.word()).as(v.toString()).isEqualTo(Verdict.Word.NOT_REPRODUCED));
  }

  private List<Verdict> verdicts(World world) throws Exception {
    Study study =
        StudyFile.read(
            Path.of("../studies/signal-propagation"), Optional.of("small"), Vocabulary.known());
    List<TrialResult> results = new ArrayList<>();
    for (Trial trial : study.trials()) {
      boolean deep = trial.integer("depth") == 200;
      if (!deep || List.of("relu", "tanh").contains(trial.text("activation"))) {
        results.add(new TrialResult(trial, new Outcome.Completed(), 1, measurements(trial, world)));
      }
    }
    ParquetStore.of(parent).put(results);
    Study claims =
        new Study(
            study.name(),
            study.question(),
            study.paper(),
            study.seed(),
            study.repeats(),
            study.grid(),
            study.measure(),
            study.claims(),
            List.of());
    return Report.of(claims, RunFolder.of(parent).uri(), spark, Map.of())
        .write(parent.resolve("report"))
        .verdicts();
  }

  private static List<Measurement> measurements(Trial trial, World world) {
    List<Measurement> rows = new ArrayList<>();
    Key key = Key.of(3).at(trial.id().hex());
    int depth = trial.integer("depth");
    double n = trial.integer("width");
    String scheme = trial.text("scheme");
    boolean halves = trial.text("activation").equals("relu") && scheme.equals("glorot_uniform");
    double slope = scheme.equals("standard") ? 1 / 3.0 : scheme.equals("he_normal") ? 1.1 : 1;
    for (int layer = 1; layer <= depth; layer++) {
      double noise = Math.sqrt(3) * (2 * key.uniform(layer) - 1);
      double ratio = world.ratio(trial, layer, noise);
      pair(rows, "length", layer, halves ? Math.pow(0.5, layer) : 1, ratio);
      rows.add(new Measurement("predicted/length/log_std", 0, layer, -1, Math.sqrt(5 * layer / n)));
      pair(rows, "chi1", layer, 0.9, ratio);
      pair(
          rows,
          "gradient_moments/preactivation_std",
          layer,
          Math.pow(slope, (depth - layer) / 2.0),
          depth == 200 && ratio > 2 ? Math.pow(3, -layer) : ratio);
      double c = scheme.equals("torch_default") ? 0.999 : 0.3;
      rows.add(new Measurement("predicted/correlation", 0, layer, -1, c));
      rows.add(new Measurement("correlation", 0, layer, -1, world.correlation(trial, c, noise)));
    }
    return rows;
  }

  private static void pair(
      List<Measurement> rows, String metric, int layer, double predicted, double ratio) {
    rows.add(new Measurement("predicted/" + metric, 0, layer, -1, predicted));
    rows.add(new Measurement(metric, 0, layer, -1, predicted * ratio));
  }
}
