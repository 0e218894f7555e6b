package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.experiment.numeric.Padding;
import org.initlab.experiment.numeric.Pooling;
import org.initlab.experiment.numeric.Volume;
import org.initlab.init.Activation;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Site;
import org.initlab.init.random.Key;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of convolutional networks against differences of the textbook's loss. */
class ConvolutionGradientsTest {

  private static final Volume IMAGE = new Volume(7, 6, 2);
  private static final int CLASSES = 4;
  private static final int EXAMPLES = 3;
  private static final int[] LABELS = {2, 0, 3};
  private static final float[] X = numbers("x", IMAGE.size() * EXAMPLES, 0.9);
  private static final double STEP = 1e-5;

  private static float[] numbers(String name, int n, double bound) {
    Key key = Key.of(29).at(name);
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) ((2 * key.uniform(i) - 1) * bound);
    }
    return numbers;
  }

  private static Topology pooled(Activation f, Padding padding) {
    return new Topology.Builder(IMAGE)
        .convolution(3, 3, 1, padding, f)
        .pool(Pooling.MAX)
        .convolution(4, 2, 1, padding, f)
        .dense(5, f)
        .dense(CLASSES, Activation.IDENTITY)
        .build();
  }

  private static Topology strided(Activation f, Padding padding) {
    return new Topology.Builder(IMAGE)
        .convolution(3, 4, 2, padding, f)
        .convolution(3, 2, 1, padding, f)
        .pool(Pooling.GLOBAL_AVERAGE)
        .dense(CLASSES, Activation.IDENTITY)
        .build();
  }

  private static Topology residual(Activation f, Padding padding) {
    int kernel = padding == Padding.VALID ? 1 : 3; // what keeps the image's size
    return new Topology.Builder(IMAGE)
        .pool(Pooling.AVERAGE)
        .convolution(3, kernel, 1, padding, Activation.IDENTITY)
        .convolution(3, kernel, 1, padding, f)
        .convolution(3, kernel, 1, padding, Activation.IDENTITY)
        .add(1, 0.7f)
        .convolution(2, 3, 2, padding, Activation.IDENTITY)
        .pool(Pooling.GLOBAL_AVERAGE)
        .dense(CLASSES, Activation.IDENTITY)
        .build();
  }

  static Stream<Arguments> networks() {
    List<Arguments> kinds = new ArrayList<>();
    for (Activation f : Activation.values()) {
      for (Padding padding : Padding.values()) {
        kinds.add(Arguments.of("pooled", padding, f, pooled(f, padding)));
        kinds.add(Arguments.of("strided", padding, f, strided(f, padding)));
        kinds.add(Arguments.of("residual", padding, f, residual(f, padding)));
      }
    }
    return kinds.stream();
  }

  private static double[][] doubles(List<float[]> arrays) {
    return arrays.stream()
        .map(
            a -> {
              double[] copy = new double[a.length];
              Arrays.setAll(copy, i -> a[i]);
              return copy;
            })
        .toArray(double[][]::new);
  }

  private static double slope(double[] at, int i, TextbookNetwork textbook) {
    double kept = at[i];
    at[i] = kept + STEP;
    double above = textbook.loss(X, LABELS);
    at[i] = kept - STEP;
    double below = textbook.loss(X, LABELS);
    at[i] = kept;
    return (above - below) / (2 * STEP);
  }

  private static DoublePass exact(Topology topology) {
    int[] units =
        IntStream.rangeClosed(0, topology.links().size())
            .map(layer -> topology.volume(layer).size())
            .toArray();
    return new DoublePass(topology.links(), units, EXAMPLES);
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("networks")
  void gradientsAreTheDifferencesOfTheLoss(
      String kind, Padding padding, Activation f, Topology topology) {
    List<float[]> kernels = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (Site site : topology.sites()) {
      kernels.add(numbers("w" + site.layer(), (int) site.shape().size(), 0.6));
      biases.add(numbers("b" + site.layer(), (int) site.shape().out(), 0.3));
    }
    double[][] w = doubles(kernels);
    double[][] b = doubles(biases);
    double[] gates = new double[topology.links().size() + 1];
    Arrays.fill(gates, 0.7f);
    TextbookNetwork textbook = new TextbookNetwork(IMAGE, topology.links(), w, b, gates);
    Parameters parameters = new Parameters(kernels, biases);
    DoublePass exact = exact(topology);
    LiveNetwork.Slope slope =
        exact.slope(
            parameters.widened(), new Examples(IMAGE.size(), X, LABELS), Loss.CROSS_ENTROPY);
    assertThat(slope.loss()).isCloseTo(textbook.loss(X, LABELS), within(1e-13));
    try (DenseNetwork network = new DenseNetwork(parameters, topology.links());
        DensePass pass = DensePass.look(network, EXAMPLES)) {
      System.arraycopy(X, 0, pass.activations(0), 0, X.length);
      pass.forward();
      assertThat(pass.loss(Loss.CROSS_ENTROPY, LABELS))
          .isCloseTo(textbook.loss(X, LABELS), within(1e-6));
      pass.backward((layer, products, d) -> products.backward());
      for (int layer = 1; layer <= network.layers(); layer++) {
        float[] kernel = pass.kernelGradient(layer, 1f / EXAMPLES);
        for (int i = 0; i < kernel.length; i++) {
          double expected = slope(w[layer - 1], i, textbook);
          assertThat((double) kernel[i])
              .as("kernel %s, %s", layer, i)
              .isCloseTo(expected, within(3e-6));
          assertThat(slope.gradient().kernel(layer)[i]).isCloseTo(expected, within(1e-9));
        }
        float[] d = pass.gradients(layer);
        int channels = b[layer - 1].length;
        for (int j = 0; j < channels; j++) {
          double sum = 0;
          for (int at = j; at < d.length; at += channels) {
            sum += d[at];
          }
          double expected = slope(b[layer - 1], j, textbook);
          assertThat(sum / EXAMPLES).as("bias %s, %s", layer, j).isCloseTo(expected, within(3e-6));
          assertThat(slope.gradient().bias(layer)[j]).isCloseTo(expected, within(1e-9));
        }
        if (network.link(layer).hasGate()) {
          double expected = slope(gates, layer, textbook);
          assertThat((double) pass.gateGradient(layer) / EXAMPLES)
              .as("gate %s", layer)
              .isCloseTo(expected, within(3e-6));
          assertThat(exact.gateGradients()[layer]).isCloseTo(expected, within(1e-9));
        }
      }
    }
  }
}
