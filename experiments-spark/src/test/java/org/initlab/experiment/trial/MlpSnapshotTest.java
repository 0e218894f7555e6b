package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.initlab.init.Activation;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Tag("slow")
class MlpSnapshotTest {

  private static final int[] UNITS = {5, 7, 6, 4};
  private static final int EXAMPLES = 3;

  /** Uniform numbers of this deviation. */
  private static float[] numbers(String name, int n, double deviation) {
    Key key = Key.of(17).at(name);
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) ((2 * key.uniform(i) - 1) * Math.sqrt(3) * deviation);
    }
    return numbers;
  }

  private static final Parameters PARAMETERS =
      new Parameters(
          List.of(numbers("w1", 35, 0.6), numbers("w2", 42, 0.6), numbers("w3", 24, 0.6)),
          List.of(numbers("b1", 7, 0.3), numbers("b2", 6, 0.3), numbers("b3", 4, 0.3)));

  private static final Examples DATA =
      new Examples(5, numbers("x", 5 * EXAMPLES, 1), new int[] {2, 0, 3});

  /** The textbook in double precision, with one weight and one pre-activation moved. */
  private static double loss(
      Activation f, Loss loss, int example, int layer, int element, double move, boolean weight) {
    double[] x = new double[5];
    for (int i = 0; i < 5; i++) {
      x[i] = DATA.x()[example * 5 + i];
    }
    for (int l = 1; l <= 3; l++) {
      double[] s = new double[UNITS[l]];
      for (int o = 0; o < s.length; o++) {
        s[o] = PARAMETERS.biases().get(l - 1)[o];
        for (int i = 0; i < x.length; i++) {
          int at = i * s.length + o;
          double moved = weight && l == layer && at == element ? move : 0;
          s[o] += x[i] * (PARAMETERS.kernels().get(l - 1)[at] + moved);
        }
        if (!weight && l == layer && o == element) {
          s[o] += move;
        }
      }
      x = s.clone();
      for (int o = 0; l < 3 && o < s.length; o++) {
        x[o] = f.of(s[o]);
      }
    }
    double sum = 0;
    for (double v : x) {
      sum += Math.exp(v);
    }
    if (loss == Loss.CROSS_ENTROPY) {
      return Math.log(sum) - x[DATA.labels()[example]];
    }
    double cost = 0;
    for (int k = 0; k < 4; k++) {
      double off = Math.exp(x[k]) / sum - (k == DATA.labels()[example] ? 1 : 0);
      cost += off * off / 2;
    }
    return cost;
  }

  private final List<AutoCloseable> open = new ArrayList<>();

  private MlpSnapshot snapshot(Parameters weights, Activation f, Loss loss, Examples examples) {
    return snapshot(weights, f, loss, examples, examples);
  }

  private MlpSnapshot snapshot(
      Parameters weights, Activation f, Loss loss, Examples examples, Examples probe) {
    List<Link> links =
        new ArrayList<>(Collections.nCopies(weights.kernels().size(), Link.plain(f)));
    links.set(links.size() - 1, Link.plain(Activation.IDENTITY));
    DenseNetwork network = new DenseNetwork(weights, links);
    Examples none = new Examples(examples.inputs(), new float[0], new int[0]);
    Probes probes =
        new Probes(
            network,
            f,
            loss,
            examples,
            none,
            probe,
            DrawnBy.unknown(links.size()),
            OptionalDouble.empty());
    open.addAll(List.of(probes, network));
    return new MlpSnapshot(0, Double.NaN, probes);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /** The probe is the first of them, others or all. */
  @Test
  void theHeldOutLossIsThatOfAllExamplesWhateverTheProbe() {
    double mean = 0;
    for (int e = 0; e < EXAMPLES; e++) {
      mean += loss(Activation.TANH, Loss.CROSS_ENTROPY, e, 0, 0, 0, true) / EXAMPLES;
    }
    List<Examples> probes =
        List.of(DATA.part(0, 1), DATA.part(0, 2), DATA.part(1, 2), DATA.part(2, 3), DATA);
    for (Examples probe : probes) {
      MlpSnapshot snapshot = snapshot(PARAMETERS, Activation.TANH, Loss.CROSS_ENTROPY, DATA, probe);
      assertThat(snapshot.heldOutLoss()).isCloseTo(mean, within(1e-6));
      assertThat(snapshot.probeExamples()).isEqualTo(probe.count());
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void gradientsAreTheDifferencesOfTheLoss(Activation activation) {
    for (Loss loss : Loss.values()) {
      MlpSnapshot snapshot = snapshot(PARAMETERS, activation, loss, DATA);
      double step = 1e-5;
      double mean = 0;
      for (int e = 0; e < EXAMPLES; e++) {
        mean += loss(activation, loss, e, 0, 0, 0, true) / EXAMPLES;
      }
      assertThat(snapshot.heldOutLoss()).isCloseTo(mean, within(1e-6));
      for (int layer = 1; layer <= 3; layer++) {
        float[] weight = snapshot.weightGradients(layer);
        for (int i = 0; i < weight.length; i++) {
          double difference = 0;
          for (int e = 0; e < EXAMPLES; e++) {
            difference += loss(activation, loss, e, layer, i, step, true);
            difference -= loss(activation, loss, e, layer, i, -step, true);
          }
          assertThat((double) weight[i])
              .isCloseTo(difference / (2 * step * EXAMPLES), within(2e-6));
        }
        float[] back = snapshot.preActivationGradients(layer);
        for (int i = 0; i < back.length; i++) {
          int e = i / UNITS[layer];
          int unit = i % UNITS[layer];
          double difference =
              loss(activation, loss, e, layer, unit, step, false)
                  - loss(activation, loss, e, layer, unit, -step, false);
          assertThat((double) back[i]).isCloseTo(difference / (2 * step), within(2e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ERF", "SIN", "GELU"}) // DL4J has not these
  void dl4jComputesTheSameNetwork(Activation activation) throws Exception {
    for (Loss loss : Loss.values()) {
      Setup setup =
          Setup.of(
              Trials.of(
                  List.of(), List.of(), "activation", activation.title(), "loss", loss.title()),
              Datasets.MNIST_6K.load(java.util.Optional.empty()));
      Examples data = setup.heldOut(20);
      MultiLayerNetwork dl4j = Dl4jChain.network(setup);
      MlpSnapshot snapshot = snapshot(Dl4jChain.parameters(dl4j, setup), activation, loss, data);
      float[] hot = new float[200];
      for (int i = 0; i < 20; i++) {
        hot[i * 10 + data.labels()[i]] = 1;
      }
      try (INDArray x = Nd4j.create(data.x(), new long[] {20, 784}, 'c');
          INDArray y = Nd4j.create(hot, new long[] {20, 10}, 'c')) {
        List<INDArray> layers = dl4j.feedForward(x, false);
        for (int layer = 1; layer <= 2; layer++) {
          assertClose(layers.get(layer).dup('c').data().asFloat(), snapshot.activations(layer));
        }
        dl4j.setInput(x);
        dl4j.setLabels(y);
        dl4j.computeGradientAndScore();
        assertThat(dl4j.score()).isCloseTo(snapshot.heldOutLoss(), within(1e-5));
        for (int layer = 1; layer <= 3; layer++) {
          INDArray sum = dl4j.gradient().getGradientFor(layer - 1 + "_W");
          assertClose(sum.div(20).dup('c').data().asFloat(), snapshot.weightGradients(layer));
        }
      }
      dl4j.close();
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0,0,0", "1,0,0,0.6666666666666666", "NaN,1,1,1"})
  void equalOutputsMeanTheFirstClassAndNaNMeansNone(float a, float b, float c, double error) {
    Parameters parameters = new Parameters(List.of(new float[3]), List.of(new float[] {a, b, c}));
    Examples three = new Examples(1, new float[3], new int[] {0, 1, 2});
    MlpSnapshot snapshot = snapshot(parameters, Activation.TANH, Loss.CROSS_ENTROPY, three);
    assertThat(snapshot.heldOutError()).isEqualTo(a == 0 ? 2.0 / 3 : error);
    assertThat(snapshot.validationError()).isNaN();
    assertThat(snapshot.validationLoss()).isNaN();
  }
}
