package org.initlab.init.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.initlab.init.keras.KerasFile;
import org.initlab.init.keras.KerasText;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each step's way back is the derivative of its way forward. */
class StepsTest {

  private static final int BATCH = 3;
  private static final Key KEY = Key.of(5);

  private static ModelLayer layer(String type, String input, String settings) throws Exception {
    Model model =
        KerasFile.read(
            KerasText.sequential(KerasText.input(input), KerasText.layer(type, "layer", settings)));
    return model.layers().get(1);
  }

  private static List<Long> shape(String input) {
    return org.initlab.init.model.InputShape.of(input);
  }

  /** The directional derivative by central differences, against the gradient's product. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Dense | 4, 7 | \"units\": 5, \"activation\": \"tanh\"",
        "Conv1D | 9, 3 | \"filters\": 4, \"kernel_size\": [3], \"strides\": [2], \"padding\": \"same\", \"activation\": \"gelu\"",
        "Conv2D | 6, 5, 4 | \"filters\": 6, \"kernel_size\": [3, 2], \"strides\": [2, 1], \"padding\": \"same\", \"groups\": 2",
        "Conv2D | 4, 6, 5 | \"filters\": 3, \"kernel_size\": [3, 3], \"dilation_rate\": [2, 1], \"data_format\": \"channels_first\"",
        "Conv3D | 3, 4, 3, 2 | \"filters\": 3, \"kernel_size\": [2, 2, 2]",
        "Conv2DTranspose | 3, 4, 3 | \"filters\": 2, \"kernel_size\": [3, 3], \"strides\": [2, 2], \"padding\": \"same\"",
        "Conv2DTranspose | 3, 3, 4 | \"filters\": 2, \"kernel_size\": [2, 3], \"strides\": [2, 2], \"data_format\": \"channels_first\"",
        "DepthwiseConv2D | 5, 5, 3 | \"kernel_size\": [3, 3], \"depth_multiplier\": 2, \"padding\": \"same\"",
        "SeparableConv2D | 5, 5, 3 | \"filters\": 4, \"kernel_size\": [3, 3], \"depth_multiplier\": 2, \"activation\": \"sigmoid\"",
        "AveragePooling2D | 5, 5, 3 | \"pool_size\": [3, 3], \"strides\": [2, 2], \"padding\": \"same\"",
        "MaxPooling2D | 5, 5, 3 | \"pool_size\": [3, 3], \"strides\": [2, 2]",
        "MaxPooling1D | 3, 8 | \"pool_size\": [2], \"data_format\": \"channels_first\"",
        "GlobalMaxPooling2D | 4, 4, 3 | \"keepdims\": true",
        "BatchNormalization | 3, 3, 2 | \"axis\": [3], \"epsilon\": 0.01",
        "LayerNormalization | 3, 6 | \"axis\": [-1]",
        "GroupNormalization | 3, 3, 4 | \"groups\": 2",
        "Activation | 7 | \"activation\": \"softplus\"",
        "ZeroPadding2D | 3, 3, 2 | \"padding\": [[1, 2], [0, 1]]",
        "Cropping1D | 6, 2 | \"cropping\": [1, 2]",
        "UpSampling2D | 2, 3, 2 | \"size\": [2, 3]",
        "Permute | 2, 3, 4 | \"dims\": [3, 1, 2]",
        "RepeatVector | 5 | \"n\": 3"
      })
  void backwardIsTheDerivative(String type, String input, String settings) throws Exception {
    ModelLayer layer = layer(type, input, settings);
    List<List<Long>> in = List.of(shape(input));
    int n = BATCH * Taps.size(in.get(0));
    float[] x = Numbers.normal(KEY.at("x"), 1, n);
    float[] direction = Numbers.normal(KEY.at("direction"), 1, n);
    Step step = Steps.of(layer, in, 1, BATCH);
    float[] y = step.forward(List.of(x), KEY);
    assertThat(y).hasSize(BATCH * Taps.size(layer.shape()));
    float[] g = Numbers.normal(KEY.at("g"), 1, y.length);
    double expected = dot(step.backward(g).get(0), direction);
    float h = 2e-3f;
    double up = dot(moved(layer, in, x, direction, h), g);
    double down = dot(moved(layer, in, x, direction, -h), g);
    double scale = Math.sqrt(dot(g, g) * dot(direction, direction) / n);
    assertThat((up - down) / (2 * h)).isCloseTo(expected, within(0.01 * scale + 1e-3));
  }

  private static float[] moved(
      ModelLayer layer, List<List<Long>> in, float[] x, float[] direction, float h) {
    float[] there = x.clone();
    for (int i = 0; i < x.length; i++) {
      there[i] += h * direction[i];
    }
    return Steps.of(layer, in, 1, BATCH).forward(List.of(there), KEY);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** A convolution by its definition. */
  @Test
  void aConvolutionSlides() {
    float[] x = {1, 2, 3, 4, 5};
    float[] kernel = {10, 1, -1};
    var window =
        new org.initlab.init.model.Window(
            List.of(3L), List.of(2L), List.of(1L), List.of(1L), false);
    Taps taps = Taps.of(window, List.of(5L), List.of(3L));
    // Places -1 0 1, then 1 2 3, then 3 4 5.
    float[] y = new Slide(taps, 1, 1, 1).gather(x, 1, kernel);
    assertThat(y).containsExactly(1 - 2, 20 + 3 - 4, 40 + 5);
    assertThat(window.inside(List.of(5L), List.of(3L))).isCloseTo(7.0 / 9, within(1e-12));
  }
}
