package org.initlab.experiment.report;

import java.io.IOException;
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
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.store.ParquetStore;

/** A run whose numbers come from formulas: 54 trials, some diverged, two failed, one not run. */
final class ToyRun {

  private static final List<Long> AT = List.of(0L, 1L, 3L, 10L, 30L, 100L, 300L, 1000L);

  static final Study.Claim GROWS =
      new Study.Claim(
          "grows",
          "Section 4.2, figure 6",
          "With the <standard> scheme, the error of the deepest networks is above that of glorot.",
          """
          SELECT s.c.mean AS measured, g.c.mean AS reference, s.c.low, s.c.high, s.c.n,
            s.c.mean > g.c.mean AS holds
          FROM (SELECT ci(collect_list(value)) AS c FROM results WHERE metric = 'error'
                AND step = 1000 AND depth = 5 AND width = 100 AND scheme = 'standard') s
          CROSS JOIN (SELECT ci(collect_list(value)) AS c FROM results WHERE metric = 'error'
                AND step = 1000 AND depth = 5 AND width = 100 AND scheme = 'glorot_uniform') g
          """);

  private ToyRun() {}

  /** The session of the command line. */
  static SparkSession spark() {
    SparkSession spark = Cluster.open("local[2]").session();
    spark.sparkContext().setLogLevel("ERROR");
    return spark;
  }

  static Study study(List<Study.Claim> claims, List<Study.Figure> figures) {
    return new Study(
        "toy-depth",
        "Up to which depth & width does each scheme still train a tanh network?",
        Optional.of(
            new Study.Paper(
                "Glorot & Bengio 2010",
                "Understanding the difficulty of training deep feedforward neural networks",
                "https://proceedings.mlr.press/v9/glorot10a.html")),
        7,
        3,
        new Grid(
            Map.of(
                "dataset", "shapeset-3x2", "learning_rate", "0.01", "steps", "1000", "batch", "10"),
            List.of(
                new Axis("scheme", List.of("standard", "glorot_uniform", "orthogonal")),
                new Axis("depth", List.of("1", "3", "5")),
                new Axis("width", List.of("100", "300"))),
            List.of()),
        new Measure(List.of("loss", "error", "activation_moments"), AT, Map.of()),
        claims,
        figures);
  }

  static void store(Study study, Path run) throws IOException {
    List<Trial> trials = study.trials();
    List<TrialResult> results = new ArrayList<>();
    for (int i = 0; i < trials.size() - 1; i++) {
      results.add(result(trials.get(i), i));
    }
    ParquetStore store = ParquetStore.of(run);
    store.put(List.of(failed(trials.get(0)))); // then run again below
    for (int from = 0; from < results.size(); from += 10) {
      store.put(results.subList(from, Math.min(from + 10, results.size())));
    }
  }

  private static TrialResult failed(Trial trial) {
    return new TrialResult(
        trial, new Outcome.Failed("java.lang.OutOfMemoryError: <heap>\n\tat x"), 1, List.of());
  }

  private static TrialResult result(Trial trial, int i) {
    if (i == 20 || i == 31) {
      return failed(trial);
    }
    double rate =
        Map.of("standard", 0.5, "glorot_uniform", 1.0, "orthogonal", 1.4).get(trial.text("scheme"));
    int depth = trial.integer("depth");
    boolean wild =
        trial.text("scheme").equals("standard") && depth == 5 && trial.integer("width") == 300;
    boolean diverges = wild && trial.repeat() < 2;
    List<Measurement> m = new ArrayList<>();
    for (long step : AT) {
      if (diverges && step > 30) {
        break;
      }
      double noise = 1 + 0.06 * Math.sin(i * 7.3 + step);
      double left = Math.exp(-rate * Math.log1p(step) / (2 + depth));
      m.add(new Measurement("loss", step, 0, -1, 2.2 * left * noise));
      m.add(new Measurement("error", step, 0, -1, 0.89 * left * noise));
      for (int layer = 1; step == 0 && layer <= depth; layer++) {
        double std = Math.pow(0.4 + 0.4 * rate, layer) * noise;
        m.add(new Measurement("activation_moments/std", step, layer, -1, std));
      }
    }
    Outcome outcome = diverges ? new Outcome.Diverged(77) : new Outcome.Completed();
    return new TrialResult(trial, outcome, 0.5, m);
  }
}
