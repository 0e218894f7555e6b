package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;

/** {@code initlab inspect}. */
class InspectTest {

  private static final Path MODELS = Path.of("../init-core/src/test/resources/keras");

  @RegisterExtension private final Said said = new Said();

  @TempDir private Path folder;

  private String said() {
    return said.toString();
  }

  @Test
  void anUnhealthyModelIsToldWithItsRemedy() {
    assertThat(Main.run("inspect", MODELS.resolve("vgg16.json").toString()))
        .isEqualTo(Exit.UNHEALTHY);
    assertThat(said())
        .contains("block5_conv3 (Conv2D)", "138,357,544", "4,608", "GlorotUniform")
        .contains(
            "UNHEALTHY: the signal vanishes (from block4_conv2 on); the gradient vanishes (from")
        .contains("The first layers hardly learn.")
        .contains("  kernel_initializer='he_normal'")
        .contains("From block1_conv1 to fc2, 15 layers with kernels:")
        .contains("Maybe he_normal for the hidden kernels, which mends it:");
    assertThat(Arrays.stream(said().split("\n")).mapToInt(String::length).max().orElseThrow())
        .isLessThanOrEqualTo(120);
  }

  @Test
  void aHealthyOneEndsWith0() {
    assertThat(Main.run("inspect", MODELS.resolve("resnet50.json").toString()))
        .isEqualTo(Exit.DONE);
    assertThat(said()).contains("HEALTHY: the gradient grows, which training bears");
  }

  /** The famous cases, each a file as its framework writes it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sigmoid-keras-defaults | 3 | UNHEALTHY: the gradient vanishes (from dense_2 on)",
        "relu-glorot-uniform | 3 | x 4.3e-05 in root mean square, x 0.707 a layer",
        "relu-he-normal | 0 | HEALTHY: signal and gradient keep their size.",
        "tanh-pytorch-gain | 3 | nearby inputs part (chaos)",
        "selu-lecun-normal | 0 | HEALTHY: signal and gradient keep their size.",
        "dl4j-lecun-uniform | 3 | .weightInit(WeightInit.RELU)",
        "tanh-unit-normal | 3 | units saturate (from dense on)"
      })
  void verdictsAndExitCodes(String name, int exit, String words) {
    Path file = MODELS.resolveSibling("verdicts").resolve(name + ".json");
    assertThat(Main.run("inspect", file.toString())).isEqualTo(exit);
    assertThat(said()).contains(words);
  }

  @Test
  void whatIsMeasuredStandsBesideWhatIsPredicted() throws IOException {
    String file = MODELS.resolve("article-cnn.json").toString();
    Main.run("inspect", "--measure", "--draws", "3", file);
    assertThat(said())
        .contains("Measured: 3 draws of all weights")
        .containsPattern("conv2d_1 +0\\.\\d+ +0\\.\\d+ +0\\.\\d+ +0\\.\\d+ .* +(yes|backward no)")
        .containsPattern("The prediction held in \\d of \\d layers")
        .contains("As measured, it is");
    said.reset();
    Main.run("inspect", "--measure", "--json", "--seed", "2", file);
    JsonNode layer = new ObjectMapper().readTree(said()).path("layers").get(1).path("measured");
    assertThat(layer.path("forward_holds").asBoolean()).isTrue();
    assertThat(layer.path("forward_error").asDouble()).isBetween(1e-6, 0.2);
  }

  /** A Deeplearning4j configuration has no extents of images; the user gives them. */
  @Test
  void lengthsThatAreOpenAreAskedFor() {
    String file = MODELS.resolveSibling("dl4j").resolve("graph.json").toString();
    assertThat(Main.run("inspect", "--measure", file)).isEqualTo(Exit.USAGE);
    assertThat(said()).contains("layer in", "[-1, -1, 3]", "Maybe give --input-shape");
    said.reset();
    assertThat(Main.run("inspect", "--measure", "--input-shape", "8,8,3", file))
        .isEqualTo(Exit.DONE);
    assertThat(said()).contains("(None, 8, 8, 6)");
    said.reset();
    assertThat(Main.run("inspect", "--input-shape", "8,9,3", file)).isEqualTo(Exit.USAGE);
    assertThat(said()).contains("layer o", "nin is 384", "432 numbers");
    said.reset();
    assertThat(Main.run("inspect", "--input-shape", "8x8", file)).isEqualTo(Exit.USAGE);
    assertThat(said()).contains("'8x8' must be whole numbers", "like 28,28,1");
    said.reset();
    assertThat(Main.run("inspect", "--draws", "1", file)).isEqualTo(Exit.USAGE);
    assertThat(said()).contains("--draws must be a number from 2 to 1000, not 1");
  }

  @Test
  void machinesGetJson() throws IOException {
    assertThat(Main.run("inspect", "--json", MODELS.resolve("vgg16.json").toString()))
        .isEqualTo(Exit.UNHEALTHY);
    JsonNode all = new ObjectMapper().readTree(said());
    assertThat(all.path("healthy").asBoolean()).isFalse();
    assertThat(all.path("verdict").path("findings").get(0).asText()).isEqualTo("signal_vanishes");
    assertThat(all.path("remedy").path("initializer").asText()).isEqualTo("he_normal");
    assertThat(all.path("layers")).hasSize(23);
    assertThat(all.path("layers").get(1).path("kernels").get(0).path("fan_in").asInt())
        .isEqualTo(27);
  }

  @Test
  void aSavedModelOfDeeplearning4jIsRead() throws IOException {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().weightInit(WeightInit.LECUN_UNIFORM).list();
    for (int i = 0; i < 20; i++) {
      list.layer(new DenseLayer.Builder().nIn(16).nOut(16).activation(Activation.RELU).build());
    }
    list.layer(new OutputLayer.Builder().nIn(16).nOut(2).activation(Activation.SOFTMAX).build());
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    File file = folder.resolve("model.zip").toFile();
    network.save(file);
    assertThat(Main.run("inspect", file.toString())).isEqualTo(Exit.UNHEALTHY);
    assertThat(said()).contains("LecunUniform", "the signal explodes", "5,474");
  }

  private void refused(Path file, String... words) {
    said.reset();
    assertThat(Main.run("inspect", file.toString())).isEqualTo(Exit.USAGE);
    assertThat(said()).contains(words);
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    refused(folder.resolve("none.json"), "there is no file");
    refused(folder, "it is a folder");
    Path broken = folder.resolve("broken.zip");
    Files.write(broken, new byte[] {'P', 'K', 3, 4, 0, 0});
    refused(broken, "a zip that is broken or cut off");
    Path empty = folder.resolve("empty.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(empty))) {
      zip.putNextEntry(new ZipEntry("weights.bin"));
    }
    refused(empty, "a zip without a configuration.json");
    Path text = Files.writeString(folder.resolve("text.json"), "hello");
    refused(text, "line 1, column 1: not JSON");
    Path half = folder.resolve("half.json");
    String whole = Files.readString(MODELS.resolve("vgg16.json"));
    Files.writeString(half, whole.substring(0, 4000));
    refused(half, "cut off");
    Path bytes = folder.resolve("bytes.json");
    Files.write(bytes, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    refused(bytes, "cannot be read as text");
    said.reset();
    assertThat(
            Main.run("inspect", "--input-variance", "-1", MODELS.resolve("text.json").toString()))
        .isEqualTo(Exit.USAGE);
    assertThat(said()).contains("--input-variance must be a finite number above 0, not -1.0");
  }

  /** A little file that unfolds to more than any model's description is. */
  @Test
  void aBombIsRefused() throws IOException {
    Path bomb = folder.resolve("bomb.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
      zip.putNextEntry(new ZipEntry("configuration.json"));
      byte[] spaces = new byte[1 << 20];
      Arrays.fill(spaces, (byte) ' ');
      for (int i = 0; i < 65; i++) {
        zip.write(spaces);
      }
    }
    assertThat(Files.size(bomb)).isLessThan(1 << 17);
    refused(bomb, "more than 64 MiB");
  }
}
