package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.junit.jupiter.api.Test;

/** What single precision gets wrong, and double precision tells. */
class RoundingTest {

  private static TrialResult run(String precision, int steps, String... more) {
    List<String> all =
        new ArrayList<>(List.of("precision", precision, "steps", Integer.toString(steps)));
    all.addAll(List.of(more));
    List<Long> at = LongStream.rangeClosed(0, steps).boxed().toList();
    return Trials.run(Trials.of(List.of("loss"), at, all.toArray(String[]::new)));
  }

  private static double[] trainingLosses(TrialResult result) {
    return result.measurements().stream()
        .filter(m -> m.metric().equals("loss/train"))
        .mapToDouble(Measurement::value)
        .toArray();
  }

  /**
   * Gradients shrink by some 45 a layer, to 1e-66 in the first: a float has none below 1e-45. So
   * biases, which start at 0, stay there in single precision, and in double precision do not.
   */
  @Test
  void gradientsThatVanishBelowAllFloats() throws IOException {
    String[] deep = {
      "scheme", "normal(stddev=0.005)", "depth", "40", "width", "20", "learning_rate", "0.1"
    };
    Trial trial = Trials.of(List.of(), List.of(), deep);
    Setup setup = Setup.of(trial, Datasets.MNIST_6K.load(Optional.empty()));
    DoubleNetwork exact = new DoubleNetwork(setup, setup.first());
    Examples batch = setup.emptyBatch();
    try (DenseNetwork single = DenseNetwork.first(setup);
        DensePass pass = DensePass.look(single, setup.batch())) {
      batch.fill(setup.training(), 1);
      exact.loss(batch);
      exact.learn(1, 0.1);
      System.arraycopy(batch.x(), 0, pass.activations(0), 0, batch.x().length);
      pass.forward();
      pass.loss(setup.goal(), batch.labels());
      pass.backward((layer, products, d) -> products.backward());
      assertThat(pass.gradients(1)).containsOnly(0);
      for (double bias : exact.weights().bias(1)) {
        assertThat(Math.abs(bias)).isStrictlyBetween(1e-80, 1e-60);
      }
    }
  }

  /**
   * A rate so low that an update is less than half the gap between two floats: the network stands
   * still in single precision, and learns in double precision.
   */
  @Test
  void updatesThatAreLessThanAFloatsLastPlace() {
    String[] slow = {
      "dataset",
      "feature-tree",
      "loss",
      "squared_error",
      "batch",
      "32",
      "learning_rate",
      "1e-11",
      "scheme",
      "bias_free",
      "activation",
      "identity",
      "test_examples",
      "32",
      "probe_examples",
      "32"
    };
    double[] single = trainingLosses(run("float32", 20, slow));
    double[] exact = trainingLosses(run("float64", 20, slow));
    for (int i = 1; i < exact.length; i++) {
      assertThat(exact[i]).isLessThan(exact[i - 1]);
    }
    // Batches come in other orders, so sums of the same losses differ in their last places.
    assertThat(Math.abs(single[0] - single[19])).isLessThan(1e-3 * (exact[0] - exact[19]));
  }

  /** Signals grow fourfold a layer, beyond the largest float, 3.4e38: no divergence of training. */
  @Test
  void signalsBeyondTheLargestFloat() {
    String[] steep = {
      "scheme", "normal(stddev=1)", "depth", "90", "activation", "relu", "learning_rate", "1e-100"
    };
    assertThat(run("float32", 3, steep).outcome()).isEqualTo(new Outcome.Diverged(1));
    TrialResult exact = run("float64", 3, steep);
    assertThat(exact.outcome()).isEqualTo(new Outcome.Completed());
    assertThat(trainingLosses(exact)[0]).isBetween(1e40, 1e80);
  }
}
