package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.init.Activation;
import org.initlab.init.Site;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way back against finite differences in double. */
class StackedGradientsTest {

  private static final int ROWS = 3;
  private static final int[] LAYERS = {784, 5, 5, 10};

  /**
   * Two trials; the second's loss is probed along its own gradient in each kernel and each bias.
   */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void gradientsAreTheSlopesOfTheLoss(Activation activation) throws Exception {
    for (Loss loss : Loss.values()) {
      List<Setup> setups = List.of(setup(activation, loss, 0), setup(activation, loss, 1));
      try (Stack stack = new Stack(setups)) {
        List<Parameters> first = setups.stream().map(StackedGradientsTest::parameters).toList();
        stack.networks().set(0, first.get(0));
        stack.networks().set(1, first.get(1));
        double found = stack.losses(1)[1];
        stack.update(1);
        Parameters after = stack.networks().get(1);
        double[][] w = doubles(first.get(1));
        double[][] step = doubles(after);
        Examples batch = setups.get(1).emptyBatch();
        batch.fill(setups.get(1).training(), 1);
        assertThat(found).isCloseTo(mean(activation, loss, w, batch), within(2e-6 * found));
        for (int part = 0; part < w.length; part++) {
          double squares = 0;
          for (int i = 0; i < w[part].length; i++) {
            // A rate of 1: the step is the gradient.
            step[part][i] = w[part][i] - step[part][i];
            squares += step[part][i] * step[part][i];
          }
          double norm = Math.sqrt(squares);
          double h = 1e-6 / norm;
          double up = mean(activation, loss, moved(w, part, step[part], h), batch);
          double down = mean(activation, loss, moved(w, part, step[part], -h), batch);
          assertThat((up - down) / 2e-6)
              .as("%s, %s, part %s", activation, loss, part)
              .isCloseTo(norm, within(1e-4 * norm + 1e-7));
        }
      }
    }
  }

  private static Setup setup(Activation activation, Loss loss, int repeat) throws Exception {
    var trial =
        Trials.of(
            List.of(),
            List.of(),
            "width",
            "5",
            "batch",
            Integer.toString(ROWS),
            "activation",
            activation.title(),
            "loss",
            loss.title(),
            "learning_rate",
            "1.0",
            "steps",
            "5");
    return Setup.of(
        org.initlab.experiment.Trial.of("test", trial.cell(), repeat, 3, trial.measure()),
        Datasets.MNIST_6K.load(Optional.empty()));
  }

  /** Kernels as drawn; biases that are not 0, so that no unit sits on a kink. */
  private static Parameters parameters(Setup setup) {
    List<float[]> kernels = setup.first().kernels();
    List<float[]> biases = new ArrayList<>();
    for (Site site : setup.sites()) {
      float[] bias = new float[(int) site.shape().out()];
      for (int j = 0; j < bias.length; j++) {
        bias[j] = 0.01f * (j + 1);
      }
      biases.add(bias);
    }
    return new Parameters(kernels, biases);
  }

  /** Kernel, bias, kernel, bias, ... */
  private static double[][] doubles(Parameters parameters) {
    double[][] all = new double[2 * parameters.kernels().size()][];
    for (int i = 0; i < all.length; i++) {
      float[] part = i % 2 == 0 ? parameters.kernels().get(i / 2) : parameters.biases().get(i / 2);
      all[i] = new double[part.length];
      for (int k = 0; k < part.length; k++) {
        all[i][k] = part[k];
      }
    }
    return all;
  }

  private static double[][] moved(double[][] w, int part, double[] direction, double by) {
    double[][] all = w.clone();
    all[part] = w[part].clone();
    for (int i = 0; i < direction.length; i++) {
      all[part][i] += by * direction[i];
    }
    return all;
  }

  private static double mean(Activation f, Loss loss, double[][] w, Examples batch) {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] z = new double[LAYERS[0]];
      for (int i = 0; i < z.length; i++) {
        z[i] = batch.x()[row * z.length + i];
      }
      for (int layer = 1; layer < LAYERS.length; layer++) {
        double[] s = w[2 * layer - 1].clone();
        for (int i = 0; i < z.length; i++) {
          for (int j = 0; j < s.length; j++) {
            s[j] += z[i] * w[2 * layer - 2][i * s.length + j];
          }
        }
        z = s;
        for (int j = 0; j < s.length && layer < LAYERS.length - 1; j++) {
          z[j] = f.of(s[j]);
        }
      }
      sum += cost(loss, z, batch.labels()[row]);
    }
    return sum / ROWS;
  }

  private static double cost(Loss loss, double[] s, int label) {
    double total = 0;
    for (double x : s) {
      total += Math.exp(x);
    }
    if (loss == Loss.CROSS_ENTROPY) {
      return Math.log(total) - s[label];
    }
    double squares = 0;
    for (int k = 0; k < s.length; k++) {
      double g = Math.exp(s[k]) / total - (k == label ? 1 : 0);
      squares += g * g;
    }
    return squares / 2;
  }
}
