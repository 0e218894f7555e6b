package org.initlab.init.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.initlab.init.model.Effect;
import org.initlab.init.model.Forecast;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Configurations that the real Deeplearning4j writes, against what it makes of them itself. */
class Dl4jFileTest {

  private static MultiLayerConfiguration configuration(
      WeightInit weights, InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(3).weightInit(weights).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return list.setInputType(input).build();
  }

  private static MultiLayerNetwork started(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static DenseLayer dense(int units, Activation activation) {
    return new DenseLayer.Builder().nOut(units).activation(activation).build();
  }

  private static OutputLayer classes() {
    return new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build();
  }

  private static MultiLayerConfiguration cnn(WeightInit weights) {
    return configuration(
        weights,
        InputType.convolutional(28, 28, 8),
        new ConvolutionLayer.Builder(5, 5)
            .nOut(64)
            .stride(2, 2)
            .convolutionMode(ConvolutionMode.Same)
            .activation(Activation.RELU)
            .build(),
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
            .kernelSize(2, 2)
            .stride(2, 2)
            .build(),
        new BatchNormalization(),
        dense(300, Activation.TANH),
        classes());
  }

  @Test
  void parametersAreDeeplearning4jsOwn() throws Exception {
    MultiLayerConfiguration text =
        configuration(
            WeightInit.XAVIER,
            InputType.recurrent(7, 11),
            new Convolution1DLayer.Builder(3).nOut(6).build(),
            new LSTM.Builder().nOut(5).build(),
            new SimpleRnn.Builder().nOut(4).build(),
            new RnnOutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build());
    MultiLayerConfiguration words =
        configuration(
            WeightInit.XAVIER,
            InputType.feedForward(50),
            new EmbeddingLayer.Builder().nIn(50).nOut(8).build(),
            classes());
    for (MultiLayerConfiguration configuration : List.of(cnn(WeightInit.XAVIER), text)) {
      Model model = Dl4jFile.read(configuration.toJson());
      assertThat(model.parameters()).isEqualTo(started(configuration).numParams());
    }
    // Deeplearning4j's embedding has biases by default in no version, or they count with its rows.
    assertThat(Dl4jFile.read(words.toJson()).parameters()).isEqualTo(started(words).numParams());
  }

  /** Every named initializer, against the mean square of what Deeplearning4j draws by it. */
  @ParameterizedTest
  @EnumSource(
      value = WeightInit.class,
      mode = EnumSource.Mode.EXCLUDE,
      // Takes more than a name, or square matrices only, or no longer exists.
      names = {"DISTRIBUTION", "IDENTITY", "ZERO", "ONES", "XAVIER_LEGACY"})
  void variancesAreThoseThatDeeplearning4jDraws(WeightInit weights) throws Exception {
    MultiLayerConfiguration configuration = cnn(weights);
    Model model = Dl4jFile.read(configuration.toJson());
    MultiLayerNetwork network = started(configuration);
    for (int layer : new int[] {0, 3}) {
      INDArray w = network.getParam(layer + "_W");
      double norm = w.norm2Number().doubleValue();
      double measured = norm * norm / w.length();
      double told =
          ((Effect.Weighted) model.layers().get(layer + 1).effect()).kernels().get(0).variance();
      // 5 standard errors for a kurtosis of at most 3, and what is known to 3 digits only.
      double error = 5 * Math.sqrt(2.0 / w.length()) + 0.005;
      assertThat(told / measured).as("layer %d", layer).isCloseTo(1, within(error));
    }
  }

  private static MultiLayerConfiguration mlp(WeightInit weights, Activation activation) {
    Layer[] layers = new Layer[31];
    for (int i = 0; i < 30; i++) {
      layers[i] = dense(64, activation);
    }
    layers[30] = classes();
    return configuration(weights, InputType.feedForward(64), layers);
  }

  private static Verdict verdict(MultiLayerConfiguration configuration) throws Exception {
    return Verdict.of(Forecast.of(Dl4jFile.read(configuration.toJson()), 1));
  }

  @Test
  void verdicts() throws Exception {
    Verdict three = verdict(mlp(WeightInit.LECUN_UNIFORM, Activation.RELU));
    assertThat(three.findings()).contains(Verdict.Finding.SIGNAL_EXPLODES);
    assertThat(three.signal()).isCloseTo(Math.pow(1.5, 14.5), within(1e-3));
    assertThat(verdict(mlp(WeightInit.RELU, Activation.RELU)).healthy()).isTrue();
    assertThat(verdict(mlp(WeightInit.XAVIER, Activation.RELU)).findings())
        .contains(Verdict.Finding.SIGNAL_VANISHES);
    assertThat(verdict(mlp(WeightInit.LECUN_NORMAL, Activation.SELU)).healthy()).isTrue();
  }

  @Test
  void aGraph() throws Exception {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .weightInit(WeightInit.RELU)
            .graphBuilder()
            .addInputs("in")
            .addLayer("first", dense(6, Activation.RELU), "in")
            .addLayer("second", dense(6, Activation.RELU), "first")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "first", "second")
            .addVertex("both", new MergeVertex(), "first", "sum")
            .addLayer("out", classes(), "both")
            .setOutputs("out")
            .setInputTypes(InputType.feedForward(4))
            .build();
    Model model = Dl4jFile.read(configuration.toJson());
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    assertThat(model.parameters()).isEqualTo(graph.numParams());
    ModelLayer sum =
        model.layers().stream().filter(l -> l.name().equals("sum")).findFirst().orElseThrow();
    assertThat(sum.effect()).isEqualTo(new Effect.Sum(1));
    assertThat(sum.inputs()).containsExactly("first", "second");
    assertThat(model.layers().get(model.layers().size() - 1).name()).isEqualTo("out");
    assertThat(model.notices()).isEmpty();
  }

  @Test
  void whatIsNoModelIsRefused() {
    assertThatThrownBy(() -> Dl4jFile.read("{\"confs\": [{"))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("cut off");
    assertThatThrownBy(() -> Dl4jFile.read("{}"))
        .hasMessageContaining("neither confs nor vertices");
    assertThatThrownBy(
            () ->
                Dl4jFile.read(
                    "{\"confs\": [{\"layer\": {\"@class\": \"x.DenseLayer\", \"nin\": 0, \"nout\": 3}}]}"))
        .hasMessageContainingAll("layer layer0", "nin must be a whole number of at least 1, not 0");
    assertThatThrownBy(
            () ->
                Dl4jFile.read(
                    "{\"vertices\": {\"a\": {\"@class\": \"x.MergeVertex\"}, \"b\": {\"@class\":"
                        + " \"x.MergeVertex\"}}, \"vertexInputs\": {\"a\": [\"b\"], \"b\": [\"a\"]}}"))
        .hasMessageContaining("a cycle");
  }
}
