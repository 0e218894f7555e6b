package org.initlab.init.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.init.Activation;
import org.initlab.init.dl4j.Dl4jFile;
import org.initlab.init.keras.KerasFile;
import org.initlab.init.keras.KerasText;
import org.initlab.init.model.Forecast;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.Verdict;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The forecast against networks that are drawn. Seeds are fixed; another would fail a factor that
 * holds once in some hundred (four standard errors of five draws, beyond a tenth that wide layers
 * do not use).
 */
@Tag("slow")
class SimulationTest {

  private static final Key KEY = Key.of(20260704);

  private static Model resource(String name) throws IOException, ModelFileException {
    try (var in = SimulationTest.class.getResourceAsStream("/" + name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Dl4jFile.looksLike(text) ? Dl4jFile.read(text) : KerasFile.read(text);
    }
  }

  private static void holds(Measured layer) {
    String name = layer.predicted().layer().name();
    assertThat(layer.forwardHolds())
        .as(
            "%s forward %s, measured %s ± %s",
            name, layer.predicted().forward(), layer.measured().forward(), layer.forwardError())
        .isTrue();
    assertThat(layer.backwardHolds() || Double.isNaN(layer.measured().backward()))
        .as(
            "%s backward %s, measured %s ± %s",
            name, layer.predicted().backward(), layer.measured().backward(), layer.backwardError())
        .isTrue();
  }

  /** Each layer between an input and a dense one that follows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Dense | 300 | \"units\": 200, \"activation\": \"tanh\"",
        "Dense | 6, 80 | \"units\": 120, \"kernel_initializer\": \"he_normal\", \"activation\": \"relu\"",
        "Dense | 300 | \"units\": 200, \"kernel_initializer\": {\"class_name\": \"OrthogonalInitializer\", \"config\": {\"gain\": 1.0}}",
        "Dense | 300 | \"units\": 200, \"activation\": \"selu\", \"kernel_initializer\": \"lecun_normal\", \"bias_initializer\": {\"class_name\": \"RandomNormal\", \"config\": {\"stddev\": 0.5}}",
        "Conv1D | 40, 24 | \"filters\": 48, \"kernel_size\": [5], \"strides\": [2], \"padding\": \"same\", \"activation\": \"relu\"",
        "Conv1D | 40, 24 | \"filters\": 48, \"kernel_size\": [5], \"padding\": \"causal\", \"dilation_rate\": [3]",
        "Conv2D | 7, 7, 32 | \"filters\": 48, \"kernel_size\": [3, 3], \"padding\": \"same\"",
        "Conv2D | 15, 12, 32 | \"filters\": 48, \"kernel_size\": [3, 5], \"strides\": [2, 3], \"padding\": \"same\"",
        "Conv2D | 12, 12, 32 | \"filters\": 48, \"kernel_size\": [3, 3], \"padding\": \"valid\", \"dilation_rate\": [2, 2]",
        "Conv2D | 9, 9, 32 | \"filters\": 64, \"kernel_size\": [3, 3], \"padding\": \"same\", \"groups\": 4",
        "Conv2D | 32, 9, 8 | \"filters\": 64, \"kernel_size\": [3, 3], \"padding\": \"same\", \"data_format\": \"channels_first\", \"activation\": \"relu\"",
        "Conv3D | 6, 6, 6, 16 | \"filters\": 24, \"kernel_size\": [3, 3, 3], \"strides\": [1, 2, 1], \"padding\": \"same\"",
        "Conv2DTranspose | 7, 7, 32 | \"filters\": 24, \"kernel_size\": [4, 4], \"strides\": [2, 2], \"padding\": \"same\"",
        "Conv2DTranspose | 7, 7, 32 | \"filters\": 24, \"kernel_size\": [3, 3], \"strides\": [2, 2], \"padding\": \"valid\"",
        "Conv1DTranspose | 20, 32 | \"filters\": 24, \"kernel_size\": [3], \"strides\": [1], \"padding\": \"same\"",
        "Conv3DTranspose | 4, 4, 4, 16 | \"filters\": 24, \"kernel_size\": [2, 2, 2], \"strides\": [2, 2, 2], \"padding\": \"valid\"",
        "DepthwiseConv2D | 12, 12, 64 | \"kernel_size\": [3, 3], \"depth_multiplier\": 2, \"padding\": \"same\"",
        "DepthwiseConv1D | 30, 64 | \"kernel_size\": [5], \"padding\": \"valid\"",
        "SeparableConv2D | 12, 12, 48 | \"filters\": 64, \"kernel_size\": [3, 3], \"depth_multiplier\": 2, \"padding\": \"same\"",
        "SeparableConv1D | 30, 48 | \"filters\": 64, \"kernel_size\": [5], \"padding\": \"same\", \"activation\": \"relu\"",
        "AveragePooling2D | 12, 12, 32 | \"pool_size\": [2, 2], \"strides\": [2, 2], \"padding\": \"valid\"",
        "AveragePooling3D | 6, 6, 6, 16 | \"pool_size\": [2, 2, 2]",
        "MaxPooling2D | 12, 12, 32 | \"pool_size\": [2, 2], \"strides\": [2, 2], \"padding\": \"valid\"",
        "MaxPooling1D | 60, 32 | \"pool_size\": [3], \"strides\": [2], \"padding\": \"valid\"",
        "GlobalMaxPooling2D | 8, 8, 200 | \"keepdims\": false",
        "GlobalAveragePooling2D | 8, 8, 200 | \"keepdims\": false",
        "GlobalAveragePooling1D | 20, 200 | \"data_format\": \"channels_last\"",
        "BatchNormalization | 6, 6, 20 | \"axis\": [3], \"epsilon\": 0.001",
        "BatchNormalization | 20, 6, 6 | \"axis\": [1], \"epsilon\": 0.5",
        "LayerNormalization | 5, 200 | \"axis\": [-1]",
        "GroupNormalization | 6, 6, 32 | \"groups\": 4, \"axis\": -1",
        "Activation | 300 | \"activation\": \"gelu\"",
        "ReLU | 300 | \"negative_slope\": 0.0",
        "ZeroPadding2D | 8, 8, 16 | \"padding\": [[1, 2], [0, 3]]",
        "ZeroPadding1D | 8, 16 | \"padding\": 3",
        "Cropping2D | 8, 8, 16 | \"cropping\": [[1, 2], [0, 3]]",
        "UpSampling2D | 8, 8, 16 | \"size\": [2, 3]",
        "Permute | 8, 6, 16 | \"dims\": [3, 1, 2]",
        "Reshape | 8, 6, 16 | \"target_shape\": [-1, 96]",
        "RepeatVector | 60 | \"n\": 4",
        "Dropout | 60 | \"rate\": 0.5",
      })
  void aLayerDoesWhatIsPredicted(String type, String input, String settings) throws Exception {
    Model model =
        KerasFile.read(
            KerasText.sequential(
                KerasText.input(input),
                KerasText.layer(type, "layer", settings),
                KerasText.layer("Flatten", "flat", ""),
                KerasText.dense("head", 100, "tanh", "GlorotUniform", "")));
    Simulation.of(model, 1, 6, KEY).layers().forEach(SimulationTest::holds);
  }

  static Stream<Activation> activations() {
    return Arrays.stream(Activation.values())
        .filter(f -> !List.of("erf", "sin", "leaky_relu").contains(f.title()));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void anActivationDoesWhatIsPredicted(Activation activation) throws Exception {
    String name = activation == Activation.IDENTITY ? "linear" : activation.title();
    Model model = KerasFile.read(KerasText.mlp(4, 300, name, "HeNormal", ""));
    Simulation.of(model, 2, 6, KEY).layers().forEach(SimulationTest::holds);
  }

  /** A maximum behind an activation, whose slope is then that of the largest; and behind two. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "gelu"})
  void aMaximumDoesWhatIsPredicted(String activation) throws Exception {
    String conv =
        "\"filters\": 64, \"kernel_size\": [3, 3], \"padding\": \"valid\", \"activation\": \"%s\", \"kernel_initializer\": {\"class_name\": \"HeNormal\", \"config\": {}}";
    String pool = "\"pool_size\": [2, 2], \"strides\": [2, 2], \"padding\": \"valid\"";
    String[] layers = {
      KerasText.input("14, 14, 8"),
      KerasText.layer("Conv2D", "conv1", conv.formatted(activation)),
      KerasText.layer("MaxPooling2D", "pool1", pool),
      KerasText.layer("Conv2D", "conv2", conv.formatted(activation)),
      KerasText.layer("Dropout", "drop", "\"rate\": 0.5"),
      KerasText.layer("MaxPooling2D", "pool2", pool),
      KerasText.layer("MaxPooling2D", "pool3", pool),
      KerasText.layer("Flatten", "flat", ""),
      KerasText.dense("head", 100, activation, "GlorotUniform", "")
    };
    Model model = KerasFile.read(KerasText.sequential(layers));
    Simulation.of(model, 4, 8, KEY).layers().forEach(SimulationTest::holds);
  }

  /** A block whose branches meet with means above 0, normalized, with a projection beside it. */
  @Test
  void branchesDoWhatIsPredicted() throws Exception {
    String dense =
        "\"units\": 200, \"activation\": \"%s\", \"kernel_initializer\": {\"class_name\": \"HeNormal\", \"config\": {}}";
    String[] nodes = {
      node("InputLayer", "x", "\"batch_input_shape\": [null, 200]"),
      node("Dense", "a", dense.formatted("relu"), "x"),
      node("Dense", "b", dense.formatted("linear"), "a"),
      node("Add", "sum", "", "a", "b"),
      node("Activation", "bent", "\"activation\": \"relu\"", "sum"),
      node("Concatenate", "both", "\"axis\": -1", "bent", "x"),
      node("BatchNormalization", "norm", "\"axis\": [1]", "both"),
      node("Dense", "c", dense.formatted("linear"), "norm"),
      node("Add", "sum2", "", "c", "bent"),
      node("Activation", "bent2", "\"activation\": \"relu\"", "sum2"),
      node("Average", "mean", "", "a", "c"),
      node("Dense", "head", dense.formatted("tanh"), "mean")
    };
    Model model =
        KerasFile.read(
            "{\"class_name\": \"Functional\", \"config\": {\"name\": \"r\", \"layers\": ["
                + String.join(", ", nodes)
                + "]}}");
    Simulation.of(model, 1, 6, KEY).layers().forEach(SimulationTest::holds);
  }

  private static String node(String type, String name, String settings, String... inputs) {
    String calls =
        String.join(", ", Stream.of(inputs).map(i -> "[\"" + i + "\", 0, 0, {}]").toList());
    return "{\"class_name\": \"%s\", \"name\": \"%s\", \"config\": {\"name\": \"%s\"%s}, \"inbound_nodes\": [%s]}"
        .formatted(
            type,
            name,
            name,
            settings.isEmpty() ? "" : ", " + settings,
            calls.isEmpty() ? "" : "[" + calls + "]");
  }

  /** The famous cases come out as predicted when they are drawn. */
  @ParameterizedTest
  @CsvSource({
    "sigmoid-keras-defaults, GRADIENT_VANISHES",
    "relu-glorot-uniform, SIGNAL_VANISHES GRADIENT_VANISHES",
    "relu-he-normal, ''",
    "tanh-pytorch-gain, CHAOS",
    "selu-lecun-normal, ''",
    "dl4j-lecun-uniform, SIGNAL_EXPLODES GRADIENT_EXPLODES",
    "tanh-unit-normal, UNITS_SATURATE CHAOS"
  })
  void verdictsAreThoseOfDrawnNetworks(String name, String findings) throws Exception {
    Model model = resource("verdicts/" + name + ".json");
    Simulation simulation = Simulation.of(model, 1, 3, KEY);
    List<String> measured =
        Verdict.of(simulation.signals()).findings().stream().map(Enum::name).toList();
    List<String> predicted =
        Verdict.of(Forecast.of(model, 1)).findings().stream().map(Enum::name).toList();
    assertThat(measured).isEqualTo(predicted);
    assertThat(String.join(" ", predicted)).isEqualTo(findings);
  }

  /** Weights whose mean is not 0, of which no theory here speaks: the check can fail. */
  @Test
  void whatTheoryDoesNotKnowIsSeen() throws Exception {
    Model model =
        KerasFile.read(
            KerasText.mlp(3, 200, "relu", "RandomUniform", "\"minval\": 0.0, \"maxval\": 0.2"));
    assertThat(model.notices()).anySatisfy(n -> assertThat(n).contains("hidden_1", "mean 0.1"));
    List<Measured> layers = Simulation.of(model, 1, 4, KEY).layers();
    assertThat(layers.get(2).forwardHolds()).isFalse();
    assertThat(layers.get(2).measured().forward())
        .isGreaterThan(3 * layers.get(2).predicted().forward());
  }

  @Test
  void recurrentLayersAreNotMeasured() throws Exception {
    Simulation simulation = Simulation.of(resource("keras/text.json"), 1, 3, KEY);
    assertThat(simulation.layers().get(2).measured().forward()).isNaN();
    assertThat(simulation.layers().get(3).measured().length()).isBetween(0.05, 5.0);
  }

  @Test
  void sameKeySameNumbers() throws Exception {
    Model model = KerasFile.read(KerasText.mlp(3, 50, "tanh", "GlorotUniform", ""));
    Simulation first = Simulation.of(model, 1, 3, KEY);
    assertThat(Simulation.of(model, 1, 3, KEY)).isEqualTo(first);
    assertThat(Simulation.of(model, 1, 3, Key.of(8))).isNotEqualTo(first);
  }

  /** Errors fall as the root of the number of draws. */
  @Test
  void moreDrawsSmallerErrors() throws Exception {
    Model model = KerasFile.read(KerasText.mlp(2, 50, "relu", "HeNormal", ""));
    double few = Simulation.of(model, 1, 20, KEY).layers().get(2).forwardError();
    double many = Simulation.of(model, 1, 180, KEY).layers().get(2).forwardError();
    assertThat(few / many).isCloseTo(3, within(1.2));
  }

  @Test
  void openShapesAndTooLargeModelsAreRefused() throws Exception {
    Model open =
        KerasFile.read(
            KerasText.sequential(
                KerasText.input("null, 3"),
                KerasText.layer("Conv1D", "c", "\"filters\": 4, \"kernel_size\": [3]")));
    assertThatThrownBy(() -> Simulation.of(open, 1, 3, KEY))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContainingAll("layer input", "open", "Maybe give --input-shape");
    Model large = KerasFile.read(KerasText.mlp(1, 100_000, "relu", "HeNormal", ""));
    assertThatThrownBy(() -> Simulation.of(large, 1, 3, KEY))
        .hasMessageContainingAll("layer hidden_1", "1.0e+10 weights are too many");
    assertThatThrownBy(() -> Simulation.of(open, 1, 1, KEY))
        .hasMessageContaining("draws must be at least 2, not 1");
  }
}
