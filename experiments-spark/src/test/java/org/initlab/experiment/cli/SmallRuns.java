package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Study;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.store.RunFolder;
import org.initlab.experiment.trial.TrainingRunner;

/**
 * Runs of a second: real trials, trained here. Those of {@code normal(stddev=1.0e15)} diverge at
 * once.
 */
final class SmallRuns {

  private static final String YAML =
      """
      question: Does it learn?
      seed: 7
      repeats: 3
      fixed: {dataset: mnist-6k, depth: 2, activation: relu, learning_rate: 0.1, batch: 20, steps: 30,
        test_examples: 100, probe_examples: 20}
      axes:
        scheme: [glorot_uniform, he_normal, normal(stddev=1.0e15)]
        width: [8, 16]
      measure:
        metrics: [loss, error, activation_moments, steps_to_target]
        at: [0, 10, 30]
        target: {error: 0.8}
      claims:
        - id: half
          source: Section 1 & 50 % of "it"
          says: χ₁ ≤ 1 for σ_w² < 2 | é
          sql: SELECT 0.5 AS measured, 0.25 AS reference, true AS holds, 3 AS n
      """;

  private SmallRuns() {}

  /** A run with the study as it is. */
  static Path plain(Path folder) throws IOException, StudyException {
    return run(folder, "plain", YAML, r -> r);
  }

  /** One of another rate and other widths, whose last trial was not run. */
  static Path other(Path folder) throws IOException, StudyException {
    return run(folder, "other", otherYaml(), results -> results.subList(0, results.size() - 1));
  }

  /** The plain one again, in which one number of one trial is the next double. */
  static Path touched(Path folder) throws IOException, StudyException {
    return run(folder, "plain", YAML, SmallRuns::touched);
  }

  /** Of widths that no other run has. */
  static Path apart(Path folder) throws IOException, StudyException {
    return run(
        folder, "apart", YAML.replace("[8, 16]", "[5, 6]"), results -> results.subList(0, 1));
  }

  private static String otherYaml() {
    return YAML.replace("learning_rate: 0.1", "learning_rate: 0.05").replace("[8, 16]", "[8, 24]");
  }

  private static List<TrialResult> touched(List<TrialResult> results) {
    List<TrialResult> touched = new ArrayList<>(results);
    TrialResult one = results.get(0);
    List<Measurement> numbers = new ArrayList<>(one.measurements());
    Measurement m = numbers.get(3);
    numbers.set(
        3, new Measurement(m.metric(), m.step(), m.layer(), m.bin(), Math.nextUp(m.value())));
    touched.set(0, new TrialResult(one.trial(), one.outcome(), one.seconds(), numbers));
    return touched;
  }

  private static Path run(
      Path folder, String name, String yaml, UnaryOperator<List<TrialResult>> stored)
      throws IOException, StudyException {
    Path source = Files.createDirectories(folder.resolve("studies").resolve(name));
    Files.writeString(source.resolve("study.yaml"), yaml);
    Study study = StudyFile.read(source, Optional.empty(), Vocabulary.known());
    Path place = folder.resolve(study.runName());
    RunFolder run = RunFolder.of(place).create();
    run.writeStudy(StudyFile.write(study));
    Provenances.add(run, Provenances.now(study, "none", Optional.empty()));
    TrainingRunner runner = new TrainingRunner(null);
    List<TrialResult> results = new ArrayList<>();
    study.trials().forEach(trial -> results.add(runner.run(trial)));
    run.store().put(stored.apply(results));
    return place;
  }
}
