package org.initlab.init.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.initlab.init.Fans;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.Effect;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keras's files: shapes, parameters and fans as Keras tells them. */
class KerasFileTest {

  private static Model resource(String name) throws IOException, ModelFileException {
    try (var in = KerasFileTest.class.getResourceAsStream("/keras/" + name + ".json")) {
      return KerasFile.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static ModelLayer layer(Model model, String name) {
    return model.layers().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  private static Drawn kernel(ModelLayer layer) {
    return ((Effect.Weighted) layer.effect()).kernels().get(0);
  }

  /** The totals that the papers' and Keras's pages give. */
  @ParameterizedTest
  @CsvSource({"vgg16, 138357544", "resnet50, 25636712", "mobilenet, 4253864", "text, 2691713"})
  void publicModelsHaveTheirParameters(String name, long parameters) throws Exception {
    assertThat(resource(name).parameters()).isEqualTo(parameters);
  }

  @Test
  void shapesOfResNet50() throws Exception {
    Model model = resource("resnet50");
    assertThat(layer(model, "conv1_conv").shape()).containsExactly(112L, 112L, 64L);
    assertThat(layer(model, "pool1_pool").shape()).containsExactly(56L, 56L, 64L);
    assertThat(layer(model, "conv4_block1_out").shape()).containsExactly(14L, 14L, 1024L);
    assertThat(layer(model, "avg_pool").shape()).containsExactly(2048L);
    assertThat(layer(model, "conv3_block2_add").inputs())
        .containsExactly("conv3_block1_out", "conv3_block2_3_bn");
    assertThat(model.notices()).isEmpty();
  }

  /** The article's first program: Dense from 100 to 50 on a batch of 32. */
  @Test
  void theArticlesDenseLayer() throws Exception {
    Model model =
        KerasFile.read(
            KerasText.sequential(
                KerasText.input("100"),
                KerasText.dense("dense", 50, "linear", "GlorotUniform", "\"seed\": 42")));
    ModelLayer dense = layer(model, "dense");
    assertThat(dense.shape()).containsExactly(50L);
    assertThat(dense.parameters()).isEqualTo(5050);
    assertThat(kernel(dense).fans()).isEqualTo(new Fans(100, 50));
    // The uniform law within sqrt(6 / 150).
    assertThat(kernel(dense).variance()).isCloseTo(0.04 / 3, within(1e-12));
  }

  private static final String CONVOLUTION =
      "\"filters\": 32, \"kernel_size\": [3, 3], \"strides\": [1, 1], \"padding\": \"same\","
          + " \"activation\": \"relu\", \"use_bias\": true, \"kernel_initializer\": {\"class_name\":"
          + " \"GlorotNormal\", \"config\": {\"seed\": null}}";

  /** The second: Conv2D from 3 to 32 channels on images of 32 by 32. */
  @Test
  void theArticlesConvolution() throws Exception {
    Model model =
        KerasFile.read(
            KerasText.sequential(
                KerasText.input("32, 32, 3"), KerasText.layer("Conv2D", "conv", CONVOLUTION)));
    ModelLayer conv = layer(model, "conv");
    assertThat(conv.shape()).containsExactly(32L, 32L, 32L);
    assertThat(conv.parameters()).isEqualTo(896);
    assertThat(kernel(conv).fans()).isEqualTo(new Fans(27, 288));
  }

  /** The third: a whole network for 28 by 28 digits. */
  @Test
  void theArticlesNetwork() throws Exception {
    String pool = "\"pool_size\": [2, 2], \"strides\": [2, 2], \"padding\": \"valid\"";
    String conv = CONVOLUTION.replace("same", "valid");
    Model model =
        KerasFile.read(
            KerasText.sequential(
                KerasText.layer(
                    "Conv2D", "conv1", "\"batch_input_shape\": [null, 28, 28, 1], " + conv),
                KerasText.layer("MaxPooling2D", "pool1", pool),
                KerasText.layer("Conv2D", "conv2", conv.replace("32", "64")),
                KerasText.layer("MaxPooling2D", "pool2", pool),
                KerasText.layer("Flatten", "flatten", ""),
                KerasText.dense("dense", 128, "relu", "GlorotUniform", ""),
                KerasText.dense("classes", 10, "softmax", "GlorotUniform", "")));
    assertThat(model.layers().stream().map(ModelLayer::shape))
        .containsExactly(
            List.of(26L, 26L, 32L),
            List.of(13L, 13L, 32L),
            List.of(11L, 11L, 64L),
            List.of(5L, 5L, 64L),
            List.of(1600L),
            List.of(128L),
            List.of(10L));
    assertThat(model.layers().stream().map(ModelLayer::parameters))
        .containsExactly(320L, 0L, 18496L, 0L, 0L, 204928L, 1290L);
    assertThat(kernel(layer(model, "conv2")).fans()).isEqualTo(new Fans(288, 576));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // type | settings | input | shape | parameters
        "Conv1D | \"filters\": 8, \"kernel_size\": [5], \"strides\": [2], \"padding\": \"same\" | 11, 4 | [6, 8] | 168",
        "Conv3D | \"filters\": 2, \"kernel_size\": [3, 3, 3], \"padding\": \"valid\" | 5, 5, 5, 3 | [3, 3, 3, 2] | 164",
        "Conv2D | \"filters\": 8, \"kernel_size\": [3, 3], \"dilation_rate\": [2, 2] | 9, 9, 4 | [5, 5, 8] | 296",
        "Conv2D | \"filters\": 8, \"kernel_size\": [3, 3], \"groups\": 2, \"padding\": \"same\" | 9, 9, 4 | [9, 9, 8] | 152",
        "Conv2D | \"filters\": 8, \"kernel_size\": [3, 3], \"data_format\": \"channels_first\" | 4, 9, 9 | [8, 7, 7] | 296",
        "Conv2DTranspose | \"filters\": 3, \"kernel_size\": [4, 4], \"strides\": [2, 2], \"padding\": \"same\" | 7, 7, 6 | [14, 14, 3] | 291",
        "Conv2DTranspose | \"filters\": 3, \"kernel_size\": [4, 4], \"strides\": [2, 2], \"padding\": \"valid\" | 7, 7, 6 | [16, 16, 3] | 291",
        "DepthwiseConv2D | \"kernel_size\": [3, 3], \"depth_multiplier\": 2, \"padding\": \"same\" | 9, 9, 4 | [9, 9, 8] | 80",
        "SeparableConv2D | \"filters\": 10, \"kernel_size\": [3, 3], \"depth_multiplier\": 2, \"padding\": \"same\" | 9, 9, 4 | [9, 9, 10] | 162",
        "LSTM | \"units\": 5, \"return_sequences\": true | 7, 3 | [7, 5] | 180",
        "GRU | \"units\": 5, \"reset_after\": true | 7, 3 | [5] | 150",
        "SimpleRNN | \"units\": 5 | 7, 3 | [5] | 45",
        "Embedding | \"input_dim\": 9, \"output_dim\": 4 | 7 | [7, 4] | 36",
        "BatchNormalization | \"axis\": [3] | 5, 5, 6 | [5, 5, 6] | 24",
        "LayerNormalization | \"axis\": [-1] | 5, 6 | [5, 6] | 12",
        "AveragePooling1D | \"pool_size\": [3], \"strides\": [2], \"padding\": \"same\" | 7, 3 | [4, 3] | 0",
        "GlobalMaxPooling2D | \"keepdims\": false | 7, 7, 3 | [3] | 0",
        "ZeroPadding1D | \"padding\": [1, 2] | 7, 3 | [10, 3] | 0",
        "Cropping2D | \"cropping\": [[1, 2], [0, 3]] | 7, 7, 3 | [4, 4, 3] | 0",
        "UpSampling2D | \"size\": [2, 3] | 4, 4, 3 | [8, 12, 3] | 0",
        "Reshape | \"target_shape\": [-1, 6] | 4, 3, 2 | [4, 6] | 0",
        "Permute | \"dims\": [2, 1] | 4, 3 | [3, 4] | 0",
        "Dropout | \"rate\": 0.5 | 4, 3 | [4, 3] | 0"
      })
  void everyLayerHasItsShapeAndParameters(
      String type, String settings, String input, String shape, long parameters) throws Exception {
    Model model =
        KerasFile.read(
            KerasText.sequential(KerasText.input(input), KerasText.layer(type, "layer", settings)));
    assertThat(layer(model, "layer").shape()).hasToString(shape);
    assertThat(layer(model, "layer").parameters()).isEqualTo(parameters);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GlorotUniform | | 0.0133333333",
        "GlorotNormal | | 0.0133333333",
        "HeNormal | | 0.02",
        "LecunUniform | | 0.01",
        "VarianceScaling | \"scale\": 3.0, \"mode\": \"fan_out\", \"distribution\": \"uniform\" | 0.06",
        "RandomNormal | \"mean\": 0.0, \"stddev\": 1.0 | 1",
        "RandomUniform | \"minval\": -0.3, \"maxval\": 0.3 | 0.03",
        "TruncatedNormal | \"mean\": 0.0, \"stddev\": 1.0 | 0.7737413",
        "Orthogonal | \"gain\": 2.0 | 0.04",
        "Zeros | | 0",
        "Constant | \"value\": 0.5 | 0.25"
      })
  void variancesAreKerassOwn(String initializer, String settings, double variance)
      throws Exception {
    Model model =
        KerasFile.read(
            KerasText.sequential(
                KerasText.input("100"),
                KerasText.dense(
                    "dense", 50, "tanh", initializer, settings == null ? "" : settings)));
    assertThat(kernel(layer(model, "dense")).variance()).isCloseTo(variance, within(1e-7));
  }

  @Test
  void whatIsNotKnownIsSaidAndPassedOn() throws Exception {
    Model model =
        KerasFile.read(
            KerasText.sequential(
                KerasText.input("8"),
                KerasText.layer("Lambda", "mine", "\"function\": \"...\""),
                KerasText.dense("odd", 8, "hard_sigmoid", "GlorotUniform", ""),
                KerasText.dense("own", 8, "relu", "MyInit", "")));
    assertThat(layer(model, "mine").effect()).isInstanceOf(Effect.Unknown.class);
    assertThat(layer(model, "own").effect()).isInstanceOf(Effect.Pass.class);
    assertThat(model.notices()).hasSize(3);
    assertThat(model.notices().get(0)).contains("mine", "Lambda");
    assertThat(model.notices().get(1)).contains("odd", "hard_sigmoid");
    assertThat(model.notices().get(2)).contains("own", "MyInit");
  }

  private static void isRefused(String text, String... words) {
    assertThatThrownBy(() -> KerasFile.read(text))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void whatIsNoModelIsRefused() throws Exception {
    isRefused("nothing", "line 1", "not JSON");
    String whole = KerasText.mlp(3, 8, "relu", "HeNormal", "");
    isRefused(whole.substring(0, whole.length() / 2), "cut off");
    isRefused("{\"a\": 1}", "not a Keras model", "model.to_json()");
    isRefused("[]", "not a Keras model");
    isRefused(
        KerasText.sequential(KerasText.dense("dense", 5, "relu", "HeNormal", "")),
        "layer dense",
        "the shape of its input is missing");
    isRefused(
        KerasText.sequential(
            KerasText.input("4"), KerasText.layer("Dense", "dense", "\"units\": -3")),
        "layer dense",
        "units must be a whole number of at least 1, not -3");
    isRefused(
        KerasText.sequential(
            KerasText.input("4"),
            KerasText.layer("Conv2D", "c", "\"filters\": 3, \"kernel_size\": [3, 3]")),
        "layer c",
        "takes 3 lengths");
    isRefused(
        KerasText.sequential(KerasText.input("4"), KerasText.input("4")),
        "two layers have this name");
    isRefused(
        """
        {"class_name": "Functional", "config": {"name": "m", "layers": [
          {"class_name": "InputLayer", "name": "a", "config": {"name": "a", "batch_input_shape": [null, 4]}, "inbound_nodes": []},
          {"class_name": "Add", "name": "b", "config": {"name": "b"}, "inbound_nodes": [[["a", 0, 0, {}], ["c", 0, 0, {}]]]},
          {"class_name": "Dropout", "name": "c", "config": {"name": "c"}, "inbound_nodes": [[["b", 0, 0, {}]]]}]}}
        """,
        "a cycle");
    isRefused(
        """
        {"class_name": "Functional", "config": {"name": "m", "layers": [
          {"class_name": "Add", "name": "b", "config": {"name": "b"}, "inbound_nodes": [[["a", 0, 0, {}]]]}]}}
        """,
        "layer b",
        "which the file lacks");
  }
}
