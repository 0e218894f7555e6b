package org.initlab.init.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A Deeplearning4j configuration with our initializers, by Deeplearning4j's own way. */
class InitLabWeightsTest {

  private static NeuralNetConfiguration.Builder with(String initializer, long seed) {
    return new NeuralNetConfiguration.Builder().weightInit(new InitLabWeights(initializer, seed));
  }

  private static MultiLayerConfiguration cnn(String initializer, long seed) {
    return with(initializer, seed)
        .list()
        .layer(
            new ConvolutionLayer.Builder(3, 3)
                .nOut(64)
                .stride(2, 2)
                .activation(Activation.RELU)
                .build())
        .layer(new DenseLayer.Builder().nOut(300).activation(Activation.TANH).build())
        .layer(new DenseLayer.Builder().nOut(300).activation(Activation.TANH).build())
        .layer(new DenseLayer.Builder().nOut(300).activation(Activation.TANH).build())
        .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
        .setInputType(InputType.convolutional(8, 8, 32))
        .build();
  }

  private static MultiLayerNetwork started(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static double square(INDArray w) {
    return w.norm2Number().doubleValue() * w.norm2Number().doubleValue() / w.length();
  }

  @Test
  void varianceFollowsTheFansWithoutStride() {
    MultiLayerNetwork network = started(cnn("he_normal", 7));
    // 5 standard errors of a mean of n squares of normals are 5 sqrt(2 / n).
    INDArray kernel = network.getParam("0_W");
    assertThat(square(kernel) * 9 * 32 / 2)
        .isCloseTo(1, within(5 * Math.sqrt(2.0 / kernel.length())));
    INDArray dense = network.getParam("2_W");
    assertThat(square(dense) * 300 / 2).isCloseTo(1, within(5 * Math.sqrt(2.0 / dense.length())));
  }

  @Test
  void everyTensorHasAStreamOfItsOwnAndTheSameEveryTime() {
    MultiLayerNetwork once = started(cnn("he_normal", 7));
    assertThat(once.params()).isEqualTo(started(cnn("he_normal", 7)).params());
    assertThat(once.params()).isNotEqualTo(started(cnn("he_normal", 8)).params());
    INDArray first = once.getParam("2_W");
    INDArray second = once.getParam("3_W");
    assertThat(first.shape()).isEqualTo(second.shape());
    double correlation =
        first.mul(second).meanNumber().doubleValue() / Math.sqrt(square(first) * square(second));
    assertThat(correlation).isCloseTo(0, within(5 / Math.sqrt(first.length())));
  }

  @Test
  void itSurvivesJson() {
    MultiLayerConfiguration configuration = cnn("orthogonal(gain=1.5)", 7);
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(configuration.toJson()).contains("orthogonal(gain=1.5)");
    assertThat(read).isEqualTo(configuration);
    assertThat(started(read).params()).isEqualTo(started(configuration).params());
  }

  @Test
  void aGraphTakesIt() {
    ComputationGraphConfiguration configuration =
        with("glorot_uniform", 3)
            .graphBuilder()
            .addInputs("in")
            .addLayer("hidden", new DenseLayer.Builder().nOut(40).build(), "in")
            .addLayer(
                "out",
                new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build(),
                "hidden")
            .setOutputs("out")
            .setInputTypes(InputType.feedForward(60))
            .build();
    ComputationGraph graph =
        new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration.toJson()));
    graph.init();
    double limit = Math.sqrt(6.0 / 100);
    assertThat(graph.getParam("hidden_W").maxNumber().doubleValue()).isBetween(0.95 * limit, limit);
  }

  @Test
  void badTextsAreRefusedWhenItIsMade() {
    assertThatThrownBy(() -> new InitLabWeights("he_nrmal", 1))
        .hasMessageContaining("Maybe he_normal");
    assertThatThrownBy(() -> new InitLabWeights("fixup", 1)).hasMessageContaining("whole network");
    assertThatThrownBy(() -> new InitLabWeights("he_normal", 1, "rellu"))
        .hasMessageContaining("Maybe relu");
  }
}
