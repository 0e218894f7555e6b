package org.initlab.init.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.initlab.init.keras.KerasFile;
import org.initlab.init.keras.KerasText;
import org.initlab.init.model.Verdict.Finding;
import org.junit.jupiter.api.Test;

/** Verdicts on initializations whose fate is known. */
class VerdictTest {

  private static Model mlp(
      int depth, long width, String activation, String initializer, String settings)
      throws Exception {
    return KerasFile.read(KerasText.mlp(depth, width, activation, initializer, settings));
  }

  private static Verdict verdict(Model model) {
    return Verdict.of(Forecast.of(model, 1));
  }

  /** Glorot and Bengio 2010: sigmoid layers of Keras's defaults pass no gradient on. */
  @Test
  void sigmoidOf5x1000() throws Exception {
    Verdict verdict = verdict(mlp(5, 1000, "sigmoid", "GlorotUniform", ""));
    assertThat(verdict.findings()).contains(Finding.GRADIENT_VANISHES);
    // f'(0) = 1/4, so that a layer keeps at most a quarter of the gradient's root mean square.
    assertThat(verdict.gradient()).isBetween(Math.pow(0.2, 4), Math.pow(0.25, 4));
  }

  /**
   * He et al. 2015, section 2.2: each layer halves the variance, 2^-29 from the first to the last.
   */
  @Test
  void reluOf30LayersWithGlorot() throws Exception {
    Model model = mlp(30, 256, "relu", "GlorotUniform", "");
    Verdict verdict = verdict(model);
    assertThat(verdict.findings())
        .containsExactly(Finding.SIGNAL_VANISHES, Finding.GRADIENT_VANISHES);
    assertThat(verdict.signal()).isCloseTo(Math.pow(2, -14.5), within(1e-9));
    assertThat(verdict.gradient()).isCloseTo(Math.pow(2, -14.5), within(1e-9));
    assertThat(verdict.layers()).isEqualTo(30);
    assertThat(verdict.perLayer(verdict.signal())).isCloseTo(Math.sqrt(0.5), within(1e-9));
    Remedy remedy = Remedy.best(model, 1).orElseThrow();
    assertThat(remedy.initializer()).isEqualTo("he_normal");
    assertThat(remedy.verdict().healthy()).isTrue();
    assertThat(remedy.verdict().signal()).isCloseTo(1, within(1e-9));
  }

  @Test
  void reluOf30LayersWithHe() throws Exception {
    assertThat(verdict(mlp(30, 256, "relu", "HeNormal", "")).healthy()).isTrue();
  }

  /** PyTorch's gain 5/3: variance 25/9 / fan_in. */
  @Test
  void tanhWithTheGainOfPyTorch() throws Exception {
    String gain =
        "\"scale\": 2.7777777777777777, \"mode\": \"fan_in\", \"distribution\": \"normal\"";
    Model model = mlp(30, 256, "tanh", "VarianceScaling", gain);
    assertThat(verdict(model).findings()).containsExactly(Finding.CHAOS);
    assertThat(Remedy.best(model, 1).orElseThrow().verdict().healthy()).isTrue();
  }

  @Test
  void seluWithLecun() throws Exception {
    Verdict verdict = verdict(mlp(30, 256, "selu", "LecunNormal", ""));
    assertThat(verdict.healthy()).isTrue();
    assertThat(verdict.signal()).isCloseTo(1, within(1e-6));
  }

  /** Three times LeCun's variance, which Deeplearning4j draws under that name. */
  @Test
  void threeTimesLecun() throws Exception {
    String three = "\"scale\": 3.0, \"mode\": \"fan_in\", \"distribution\": \"uniform\"";
    Verdict verdict = verdict(mlp(30, 256, "relu", "VarianceScaling", three));
    assertThat(verdict.findings())
        .containsExactly(Finding.SIGNAL_EXPLODES, Finding.GRADIENT_EXPLODES);
    assertThat(verdict.signal()).isCloseTo(Math.pow(1.5, 14.5), within(1e-6));
  }

  @Test
  void naiveNormalWeights() throws Exception {
    String one = "\"mean\": 0.0, \"stddev\": 1.0";
    assertThat(verdict(mlp(5, 256, "tanh", "RandomNormal", one)).findings())
        .contains(Finding.UNITS_SATURATE);
    assertThat(verdict(mlp(5, 256, "relu", "RandomNormal", one)).findings())
        .contains(Finding.SIGNAL_EXPLODES);
  }

  /**
   * Without normalization each block of a residual network doubles the mean square, and adds twice
   * the product of the means, which are above 0 behind a ReLU: s' = 2 s + 2 m sqrt(s / pi), m' = m
   * + sqrt(s / pi).
   */
  @Test
  void branchesAdd() throws Exception {
    StringBuilder layers = new StringBuilder();
    layers.append(node("InputLayer", "x0", "\"batch_input_shape\": [null, 64]", ""));
    String dense =
        "\"units\": 64, \"activation\": \"relu\", \"use_bias\": false, \"kernel_initializer\": {\"class_name\": \"HeNormal\", \"config\": {}}";
    for (int block = 1; block <= 10; block++) {
      layers.append(", ").append(node("Dense", "d" + block, dense, "x" + (block - 1)));
      layers.append(", ").append(node("Add", "x" + block, "", "x" + (block - 1), "d" + block));
    }
    Model model =
        KerasFile.read(
            "{\"class_name\": \"Functional\", \"config\": {\"name\": \"r\", \"layers\": ["
                + layers
                + "]}}");
    List<LayerSignal> signals = Forecast.of(model, 1);
    double s = 1;
    double m = 0;
    for (int block = 1; block <= 10; block++) {
      double branch = Math.sqrt(s / Math.PI);
      s = 2 * s + 2 * m * branch;
      m += branch;
    }
    assertThat(signals.get(signals.size() - 1).square()).isCloseTo(s, within(1e-6 * s));
    assertThat(signals.get(1).forward()).isCloseTo(1, within(1e-9));
    // Back as forward: dense 1 gets half of what the stream's end has, times 2^9.
    assertThat(signals.get(1).gradient()).isCloseTo(256, within(1e-6));
  }

  private static String node(String type, String name, String settings, String... inputs) {
    StringBuilder calls = new StringBuilder();
    for (String input : inputs) {
      if (!input.isEmpty()) {
        calls.append(calls.isEmpty() ? "" : ", ").append("[\"" + input + "\", 0, 0, {}]");
      }
    }
    return "{\"class_name\": \"%s\", \"name\": \"%s\", \"config\": {\"name\": \"%s\"%s}, \"inbound_nodes\": [%s]}"
        .formatted(
            type,
            name,
            name,
            settings.isEmpty() ? "" : ", " + settings,
            calls.isEmpty() ? "" : "[" + calls + "]");
  }

  /**
   * Yang et al. 2019: each layer of ReLU and batch normalization multiplies the squared gradient by
   * pi / (pi - 1), whatever the weights' variance.
   */
  @Test
  void batchNormalizationMakesGradientsGrow() throws Exception {
    int depth = 40;
    String[] layers = new String[3 * depth + 2];
    layers[0] = KerasText.input("256");
    for (int i = 0; i < depth; i++) {
      layers[3 * i + 1] = KerasText.dense("d" + i, 256, "linear", "GlorotUniform", "");
      layers[3 * i + 2] = KerasText.layer("BatchNormalization", "n" + i, "\"epsilon\": 0");
      layers[3 * i + 3] = KerasText.layer("Activation", "a" + i, "\"activation\": \"relu\"");
    }
    layers[3 * depth + 1] = KerasText.dense("output", 10, "softmax", "GlorotUniform", "");
    Model model = KerasFile.read(KerasText.sequential(layers));
    Verdict verdict = verdict(model);
    double each = Math.PI / (Math.PI - 1);
    // The first normalization has independent data before it, and divides by all of their square.
    List<LayerSignal> signals = Forecast.of(model, 1);
    double block =
        signals.get(4).backward() * signals.get(5).backward() * signals.get(6).backward();
    assertThat(block).isCloseTo(each, within(1e-9));
    // The last gradient is behind an activation and a normalization, the first not.
    assertThat(verdict.gradient())
        .isBetween(Math.pow(each, depth / 2.0 - 3), Math.pow(each, depth / 2.0));
    assertThat(verdict.healthy()).as("borne where the weights' scale does not matter").isTrue();
  }

  @Test
  void dataWithoutAVarianceAreRefused() throws Exception {
    Model model = mlp(2, 8, "relu", "HeNormal", "");
    assertThatThrownBy(() -> Forecast.of(model, 0)).hasMessageContaining("above 0, not 0.0");
  }
}
