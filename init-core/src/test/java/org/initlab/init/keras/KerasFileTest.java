package org.initlab.init.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.initlab.init.Fans;
import org.initlab.init.Law;
import org.initlab.init.draw.FixedScale;
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

  /** The article's first program: Dense from 100 to 50 on a batch of 32 gives (32, 50). */
  @Test
  void theArticlesDenseLayer() throws Exception {
    ModelLayer dense = layer(resource("article-dense"), "dense");
    assertThat(dense.shape()).containsExactly(50L);
    assertThat(dense.parameters()).isEqualTo(5050);
    assertThat(kernel(dense).fans()).isEqualTo(new Fans(100, 50));
    // The uniform law within sqrt(6 / 150).
    assertThat(kernel(dense).variance()).isCloseTo(0.04 / 3, within(1e-12));
    assertThat(kernel(dense).source())
        .isEqualTo(new FixedScale(Math.sqrt(2.0 / 150), new Law.Uniform()));
  }

  /** The second: Conv2D from 3 to 32 channels; 16 images of 32 by 32 give (16, 32, 32, 32). */
  @Test
  void theArticlesConvolution() throws Exception {
    ModelLayer conv = layer(resource("article-conv"), "conv2d");
    assertThat(conv.shape()).containsExactly(32L, 32L, 32L);
    assertThat(conv.parameters()).isEqualTo(896);
    assertThat(kernel(conv).fans()).isEqualTo(new Fans(27, 288));
  }

  /** The third: a whole network for 28 by 28 digits, as model.summary() lists it. */
  @Test
  void theArticlesNetwork() throws Exception {
    Model model = resource("article-cnn");
    assertThat(model.layers().stream().map(ModelLayer::shape))
        .containsExactly(
            List.of(28L, 28L, 1L),
            List.of(28L, 28L, 32L),
            List.of(14L, 14L, 32L),
            List.of(14L, 14L, 64L),
            List.of(7L, 7L, 64L),
            List.of(3136L),
            List.of(128L),
            List.of(10L));
    assertThat(model.layers().stream().map(ModelLayer::parameters))
        .containsExactly(0L, 320L, 0L, 18496L, 0L, 0L, 401536L, 1290L);
    assertThat(model.parameters()).isEqualTo(421_642);
    assertThat(kernel(layer(model, "conv2d_1")).fans()).isEqualTo(new Fans(288, 576));
    assertThat(model.notices()).isEmpty();
  }

  /** A base that was trained before, with a head: a model as a layer of a model. */
  @Test
  void aModelInsideAModel() throws Exception {
    String base =
        "{\"class_name\": \"Sequential\", \"name\": \"base\", \"config\": {\"name\": \"base\", \"layers\": ["
            + KerasText.input("8")
            + ", "
            + KerasText.dense("dense", 6, "relu", "HeNormal", "")
            + "]}}";
    Model model =
        KerasFile.read(
            KerasText.sequential(
                KerasText.input("8"), base, KerasText.dense("head", 3, "softmax", "Zeros", "")));
    assertThat(model.layers().stream().map(ModelLayer::name))
        .containsExactly("input", "base/input", "base/dense", "head");
    assertThat(layer(model, "base/input").effect()).isInstanceOf(Effect.Pass.class);
    assertThat(layer(model, "head").inputs()).containsExactly("base/dense");
    assertThat(model.parameters()).isEqualTo(54 + 21);
  }

  /** Two towers of the same weights. */
  @Test
  void aLayerThatIsUsedTwice() throws Exception {
    String dense =
        KerasText.dense("d", 4, "relu", "HeNormal", "")
            .replaceFirst(
                "}$",
                ", \"name\": \"d\", \"inbound_nodes\": [[[\"a\", 0, 0, {}]], [[\"b\", 0, 0, {}]]]}");
    String input =
        "{\"class_name\": \"InputLayer\", \"config\": {\"name\": \"%s\", \"batch_shape\": [null, 4]}, \"inbound_nodes\": []}";
    Model model =
        KerasFile.read(
            "{\"class_name\": \"Functional\", \"config\": {\"name\": \"m\", \"layers\": ["
                + String.join(
                    ", ",
                    input.formatted("a"),
                    input.formatted("b"),
                    dense,
                    "{\"class_name\": \"Add\", \"config\": {\"name\": \"sum\"}, \"inbound_nodes\": [[[\"d\", 0, 0, {}], [\"d\", 1, 0, {}]]]}")
                + "]}}");
    assertThat(layer(model, "sum").inputs()).containsExactly("d", "d#2");
    assertThat(layer(model, "d#2").inputs()).containsExactly("b");
    assertThat(model.parameters()).isEqualTo(20);
    assertThat(model.notices()).singleElement().asString().contains("used 2 times");
  }

  /** Images of any size, whose size the user gives. */
  @Test
  void openLengthsCanBeGiven() throws Exception {
    String text =
        KerasText.sequential(
            KerasText.input("null, null, 3"),
            KerasText.layer("Conv2D", "c", "\"filters\": 4, \"kernel_size\": [3, 3]"),
            KerasText.layer("GlobalAveragePooling2D", "g", ""));
    assertThat(layer(KerasFile.read(text), "c").shape()).containsExactly(-1L, -1L, 4L);
    Model given = KerasFile.read(text, List.of(8L, 9L, 3L));
    assertThat(layer(given, "c").shape()).containsExactly(6L, 7L, 4L);
    assertThatThrownBy(() -> KerasFile.read(text, List.of(8L, 9L, 1L)))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContainingAll("layer input", "[-1, -1, 3]", "[8, 9, 1] does not fit");
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
    assertThat(layer(model, "own").effect()).isInstanceOf(Effect.Unknown.class);
    assertThat(model.notices()).hasSize(3);
    assertThat(model.notices().get(0)).contains("mine", "Lambda");
    assertThat(model.notices().get(1)).contains("odd", "hard_sigmoid");
    assertThat(model.notices().get(2)).contains("own", "MyInit");
  }
}
