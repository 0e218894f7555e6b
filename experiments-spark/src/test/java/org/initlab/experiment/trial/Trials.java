package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;

/** Trials for tests: a small network on the shipped part of MNIST, changed where a test says so. */
final class Trials {

  private Trials() {}

  /** A trial whose arguments are as usual but for {@code changes}: name, value, name, value. */
  static Trial of(List<String> metrics, List<Long> at, String... changes) {
    return of(new Measure(metrics, at, Map.of()), changes);
  }

  static Trial of(Measure measure, String... changes) {
    Map<String, String> cell = new TreeMap<>();
    for (Argument argument : Argument.values()) {
      argument.standard().ifPresent(value -> cell.put(argument.key(), value));
    }
    cell.put("dataset", "mnist-6k");
    cell.put("scheme", "glorot_uniform");
    cell.put("depth", "2");
    cell.put("width", "32");
    cell.put("learning_rate", "0.1");
    cell.put("steps", "0");
    cell.put("test_examples", "500");
    cell.put("probe_examples", "100");
    for (int i = 0; i < changes.length; i += 2) {
      cell.put(changes[i], changes[i + 1]);
    }
    return Trial.of("test", cell, 0, 11, measure);
  }

  static TrialResult run(Trial trial) {
    TrialResult result = new TrainingRunner(null).run(trial);
    if (result.outcome() instanceof org.initlab.experiment.Outcome.Failed failed) {
      throw new AssertionError(failed.error());
    }
    return result;
  }

  /** The one value of this row. */
  static double value(TrialResult result, String metric, long step, int layer) {
    return result.measurements().stream()
        .filter(m -> m.metric().equals(metric) && m.step() == step && m.layer() == layer)
        .mapToDouble(Measurement::value)
        .reduce(
            (a, b) -> {
              throw new AssertionError("two rows " + metric);
            })
        .orElseThrow(() -> new AssertionError("no row " + metric + " in layer " + layer));
  }

  /** Each trial's numbers are the same bits one after another and on many threads at once. */
  static void assertSameAloneAndAmongOthers(List<Trial> trials) {
    List<List<Measurement>> alone = trials.stream().map(t -> run(t).measurements()).toList();
    List<List<Measurement>> among =
        trials.parallelStream().map(t -> run(t).measurements()).toList();
    assertThat(among).isEqualTo(alone);
  }
}
