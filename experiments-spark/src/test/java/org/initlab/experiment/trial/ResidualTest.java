package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.TrialResult;
import org.initlab.init.Activation;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Residual networks against the textbook in double precision. */
class ResidualTest {

  private static final int INPUTS = 5;
  private static final int WIDTH = 6;
  private static final int CLASSES = 4;
  private static final int EXAMPLES = 3;
  private static final double STEP = 1e-5;

  private static final float[] X = numbers("x", INPUTS * EXAMPLES);
  private static final int[] LABELS = {2, 0, 3};

  private static float[] numbers(String name, int n) {
    Key key = Key.of(23).at(name);
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) ((2 * key.uniform(i) - 1) * 0.9);
    }
    return numbers;
  }

  /** A stream, two blocks, an output layer: six layers. */
  private static List<Link> links(Activation f, float gate) {
    return List.of(
        Link.plain(Activation.IDENTITY),
        Link.plain(f),
        new Link(Activation.IDENTITY, 1, gate),
        Link.plain(f),
        new Link(Activation.IDENTITY, 3, gate),
        Link.plain(Activation.IDENTITY));
  }

  private static Parameters parameters() {
    List<float[]> kernels = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int layer = 1; layer <= 6; layer++) {
      int out = layer == 6 ? CLASSES : WIDTH;
      kernels.add(numbers("w" + layer, (layer == 1 ? INPUTS : WIDTH) * out));
      biases.add(numbers("b" + layer, out));
    }
    return new Parameters(kernels, biases);
  }

  /** Mean cross-entropy of x, W1 x + b1, then x + g (V f(W x + b) + a) twice, then W6 x + b6. */
  private static double loss(Activation f, double[][] w, double[][] b, double[] gates) {
    double sum = 0;
    for (int e = 0; e < EXAMPLES; e++) {
      double[] x = new double[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        x[i] = X[e * INPUTS + i];
      }
      double[] stream = dense(x, w[0], b[0]);
      for (int block = 0; block < 2; block++) {
        double[] inside = dense(stream, w[1 + 2 * block], b[1 + 2 * block]);
        double[] bent = Arrays.stream(inside).map(f::of).toArray();
        double[] branch = dense(bent, w[2 + 2 * block], b[2 + 2 * block]);
        for (int i = 0; i < WIDTH; i++) {
          stream[i] += gates[block] * branch[i];
        }
      }
      double[] s = dense(stream, w[5], b[5]);
      sum += Math.log(Arrays.stream(s).map(Math::exp).sum()) - s[LABELS[e]];
    }
    return sum / EXAMPLES;
  }

  private static double[] dense(double[] x, double[] w, double[] b) {
    double[] s = b.clone();
    for (int i = 0; i < x.length; i++) {
      for (int o = 0; o < b.length; o++) {
        s[o] += x[i] * w[i * b.length + o];
      }
    }
    return s;
  }

  private static double[][] doubles(List<float[]> arrays) {
    return arrays.stream()
        .map(
            a -> {
              double[] copy = new double[a.length];
              for (int i = 0; i < a.length; i++) {
                copy[i] = a[i];
              }
              return copy;
            })
        .toArray(double[][]::new);
  }

  private interface Losses {
    double now();
  }

  private static double slope(double[] at, int i, Losses loss) {
    double kept = at[i];
    at[i] = kept + STEP;
    double above = loss.now();
    at[i] = kept - STEP;
    double below = loss.now();
    at[i] = kept;
    return (above - below) / (2 * STEP);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void gradientsAreTheDifferencesOfTheLoss(Activation f) {
    Parameters parameters = parameters();
    double[][] w = doubles(parameters.kernels());
    double[][] b = doubles(parameters.biases());
    double[] gates = {0.7f, 0.7f};
    Losses loss = () -> loss(f, w, b, gates);
    try (DenseNetwork network = new DenseNetwork(parameters, links(f, 0.7f));
        DensePass pass = DensePass.look(network, EXAMPLES)) {
      System.arraycopy(X, 0, pass.activations(0), 0, X.length);
      pass.forward();
      assertThat(pass.loss(Loss.CROSS_ENTROPY, LABELS)).isCloseTo(loss.now(), within(1e-6));
      pass.backward((layer, products, d) -> products.backward());
      for (int layer = 1; layer <= 6; layer++) {
        float[] kernel = pass.kernelGradient(layer, 1f / EXAMPLES);
        for (int i = 0; i < kernel.length; i++) {
          assertThat((double) kernel[i])
              .as("kernel %s, %s", layer, i)
              .isCloseTo(slope(w[layer - 1], i, loss), within(3e-6));
        }
        float[] d = pass.gradients(layer);
        int units = network.units(layer);
        for (int j = 0; j < units; j++) {
          double sum = 0;
          for (int e = 0; e < EXAMPLES; e++) {
            sum += d[e * units + j];
          }
          assertThat(sum / EXAMPLES)
              .as("bias %s, %s", layer, j)
              .isCloseTo(slope(b[layer - 1], j, loss), within(3e-6));
        }
      }
      for (int block = 0; block < 2; block++) {
        assertThat((double) pass.gateGradient(3 + 2 * block) / EXAMPLES)
            .as("gate %s", block)
            .isCloseTo(slope(gates, block, loss), within(3e-6));
      }
    }
  }

  private static TrialResult run(String architecture, String depth, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("architecture", architecture, "depth", depth, "steps", "150", "batch", "20"));
    all.addAll(List.of(more));
    return Trials.run(
        Trials.of(
            List.of(
                "loss", "activation_moments", "jacobian_singular_values", "activation_histogram"),
            List.of(0L, 150L),
            all.toArray(String[]::new)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"residual_mlp", "rezero_mlp"})
  void residualNetworksLearn(String architecture) {
    TrialResult result = run(architecture, "4", "learning_rate", "0.02");
    assertThat(result.outcome()).isEqualTo(new Outcome.Completed());
    assertThat(Trials.value(result, "loss", 150, 0))
        .isLessThan(0.8 * Trials.value(result, "loss", 0, 0));
  }

  /** Bachlechner et al. 2020: with gates at 0 a network of any depth begins as the identity. */
  @Test
  void reZeroKeepsTheStreamAsItIs() {
    TrialResult deep = run("rezero_mlp", "40", "activation", "relu", "learning_rate", "0.02");
    double first = Trials.value(deep, "activation_moments/std", 0, 1);
    assertThat(Trials.value(deep, "activation_moments/std", 0, 81)).isEqualTo(first);
    assertThat(deep.outcome()).isEqualTo(new Outcome.Completed());
    // Without the gates the stream's variance doubles with each block, or nearly so.
    TrialResult open =
        run(
            "residual_mlp",
            "40",
            "activation",
            "relu",
            "scheme",
            "he_normal",
            "steps",
            "0",
            "learning_rate",
            "0.02");
    assertThat(Trials.value(open, "activation_moments/second_moment", 0, 81))
        .isGreaterThan(1e6 * Trials.value(open, "activation_moments/second_moment", 0, 1));
  }

  @Test
  void metricsLeaveOutWhatHasNoMeaningForASum() {
    TrialResult result = run("residual_mlp", "1", "steps", "0");
    assertThat(
            result.measurements().stream()
                .filter(m -> m.metric().equals("jacobian_singular_values") && m.step() == 0)
                .map(m -> m.layer()))
        .containsExactly(2);
    assertThat(
            result.measurements().stream()
                .filter(m -> m.metric().equals("activation_histogram") && m.layer() > 0)
                .map(m -> m.layer())
                .distinct())
        .containsExactly(2);
  }
}
