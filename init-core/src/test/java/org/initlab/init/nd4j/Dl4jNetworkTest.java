package org.initlab.init.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.initlab.init.Activation;
import org.initlab.init.Fans;
import org.initlab.init.Law;
import org.initlab.init.Role;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.named.Named;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Dl4jNetworkTest {

  private static final Scheme GLOROT = Scheme.everywhere(Named.initializer("glorot_uniform"));

  private static MultiLayerNetwork network(DataType type, InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(1).dataType(type).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.setInputType(input).build());
    network.init();
    return network;
  }

  private static DenseLayer dense(int units, org.nd4j.linalg.activations.Activation activation) {
    return new DenseLayer.Builder().nOut(units).activation(activation).build();
  }

  private static OutputLayer softmax(int units) {
    return new OutputLayer.Builder()
        .nOut(units)
        .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
        .build();
  }

  private static MultiLayerNetwork mlp(DataType type) {
    return network(
        type,
        InputType.feedForward(4),
        dense(5, org.nd4j.linalg.activations.Activation.TANH),
        dense(6, org.nd4j.linalg.activations.Activation.RELU),
        softmax(3));
  }

  private static MultiLayerNetwork cnn() {
    return network(
        DataType.FLOAT,
        InputType.convolutional(8, 8, 3),
        new ConvolutionLayer.Builder(3, 3)
            .nOut(32)
            .stride(2, 2)
            .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
            .build(),
        new ActivationLayer(org.nd4j.linalg.activations.Activation.RELU),
        softmax(2));
  }

  @Test
  void sitesOfAnMlp() {
    assertThat(Dl4jNetwork.of(mlp(DataType.FLOAT)).sites())
        .containsExactly(
            new Site("layer/1", WeightShape.dense(4, 5), Role.INPUT, Activation.TANH, 1, 3),
            new Site("layer/2", WeightShape.dense(5, 6), Role.HIDDEN, Activation.RELU, 2, 3),
            new Site("layer/3", WeightShape.dense(6, 3), Role.OUTPUT, Activation.IDENTITY, 3, 3));
  }

  @Test
  void sitesOfACnnHaveFansWithoutStride() {
    List<Site> sites = Dl4jNetwork.of(cnn()).sites();
    assertThat(sites).hasSize(2);
    assertThat(sites.get(0).shape()).isEqualTo(WeightShape.convolution(3, 32, 3L, 3L));
    assertThat(sites.get(0).shape().fans()).isEqualTo(new Fans(27, 288));
    assertThat(sites.get(0).into()).isEqualTo(Activation.RELU);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    for (MultiLayerNetwork net : List.of(mlp(DataType.FLOAT), mlp(DataType.DOUBLE), cnn())) {
      Dl4jNetwork network = Dl4jNetwork.of(net);
      network.initialize(GLOROT, Key.of(3));
      for (Site site : network.sites()) {
        Weights drawn = GLOROT.at(site).draw(site, Key.of(3).at(site.name()));
        assertThat(network.get(site).values()).isEqualTo(drawn.values());
        assertThat(network.get(site).shape()).isEqualTo(drawn.shape());
      }
    }
  }

  @Test
  void aDenseLayerComputesWithTheseWeights() {
    MultiLayerNetwork net =
        network(
            DataType.FLOAT,
            InputType.feedForward(4),
            dense(5, org.nd4j.linalg.activations.Activation.TANH),
            softmax(3));
    Dl4jNetwork network = Dl4jNetwork.of(net);
    network.initialize(GLOROT, Key.of(4));
    float[] x = {1, -2, 0.5f, 3};
    double[] hidden = product(x, network.get(network.sites().get(0)), 4, 5);
    float[] h = new float[5];
    for (int j = 0; j < 5; j++) {
      h[j] = (float) Math.tanh(hidden[j]);
    }
    double[] logits = product(h, network.get(network.sites().get(1)), 5, 3);
    double sum = 0;
    for (double z : logits) {
      sum += Math.exp(z);
    }
    INDArray output = net.output(Nd4j.createFromArray(new float[][] {x}));
    for (int j = 0; j < 3; j++) {
      assertThat(output.getDouble(0, j)).isCloseTo(Math.exp(logits[j]) / sum, within(1e-6));
    }
  }

  @Test
  void aConvolutionComputesWithTheseWeights() {
    MultiLayerNetwork net = cnn();
    Dl4jNetwork network = Dl4jNetwork.of(net);
    network.initialize(GLOROT, Key.of(5));
    float[] image = new float[3 * 8 * 8];
    new Law.Uniform().fill(Key.of(6), 1, image);
    INDArray output = net.feedForward(Nd4j.createFromArray(image).reshape(1, 3, 8, 8)).get(2);
    float[] kernel = network.get(network.sites().get(0)).values();
    for (int out = 0; out < 32; out++) {
      double sum = 0; // at output row 1, column 2: the window starts at input row 2, column 4
      for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 3; c++) {
          for (int in = 0; in < 3; in++) {
            sum += kernel[((r * 3 + c) * 3 + in) * 32 + out] * image[(in * 8 + r + 2) * 8 + c + 4];
          }
        }
      }
      assertThat(output.getDouble(0, out, 1, 2)).isCloseTo(Math.max(0, sum), within(1e-5));
    }
  }

  @Test
  void aWrongShapeAStrangeSiteAndAStrangeLayerAreRefused() {
    Dl4jNetwork network = Dl4jNetwork.of(mlp(DataType.FLOAT));
    Site first = network.sites().get(0);
    assertThatThrownBy(() -> network.set(first, Weights.zeros(WeightShape.dense(5, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer/1 has the shape [4, 5], not [5, 4]");
    assertThatThrownBy(() -> network.get(Site.dense(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer/1, layer/2, layer/3");
    MultiLayerNetwork separable =
        network(
            DataType.FLOAT,
            InputType.convolutional(8, 8, 3),
            new SeparableConvolution2D.Builder(3, 3).nOut(4).build(),
            softmax(2));
    assertThatThrownBy(() -> Dl4jNetwork.of(separable))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Layer 0 is a SeparableConvolution2D");
  }

  @Test
  void aRecurrentLayerHasTwoKernels() {
    MultiLayerNetwork net =
        network(
            DataType.FLOAT,
            InputType.recurrent(2),
            new LSTM.Builder().nOut(3).build(),
            new RnnOutputLayer.Builder()
                .nOut(2)
                .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                .build());
    Dl4jNetwork network = Dl4jNetwork.of(net);
    assertThat(network.sites())
        .extracting(Site::name)
        .containsExactly("layer/1", "layer/1/recurrent", "layer/2");
    assertThat(network.sites().get(1).role()).isEqualTo(Role.RECURRENT);
    network.initialize(Named.scheme("by_role(hidden=he_normal, recurrent=orthogonal)"), Key.of(1));
    float[] q = network.get(network.sites().get(1)).values();
    for (int row = 0; row < 3; row++) {
      double square = 0;
      for (int j = 0; j < 12; j++) {
        square += q[row * 12 + j] * q[row * 12 + j];
      }
      assertThat(square).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void aSchemesBiasesReachTheNetwork() {
    MultiLayerNetwork net = mlp(DataType.FLOAT);
    Scheme scheme = Named.scheme("by_role(hidden=he_normal, bias=constant(value=0.25))");
    Dl4jNetwork.of(net).initialize(scheme, Key.of(1));
    assertThat(net.getParam("1_b").toFloatVector()).containsOnly(0.25f);
    Dl4jNetwork.of(net).initialize(GLOROT, Key.of(1));
    assertThat(net.getParam("1_b").toFloatVector()).containsOnly(0.25f);
  }

  /** Two branches that meet: roles follow the graph, names are the vertices'. */
  @Test
  void aGraph() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("stem", dense(6, org.nd4j.linalg.activations.Activation.IDENTITY), "in")
                .addLayer(
                    "act", new ActivationLayer(org.nd4j.linalg.activations.Activation.RELU), "stem")
                .addLayer("branch", dense(6, org.nd4j.linalg.activations.Activation.TANH), "act")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "act", "branch")
                .addLayer("out", softmax(3), "sum")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(4))
                .build());
    graph.init();
    Dl4jNetwork network = Dl4jNetwork.of(graph);
    assertThat(network.sites())
        .containsExactly(
            new Site("stem", WeightShape.dense(4, 6), Role.INPUT, Activation.RELU, 1, 3),
            new Site("branch", WeightShape.dense(6, 6), Role.HIDDEN, Activation.TANH, 2, 3),
            new Site("out", WeightShape.dense(6, 3), Role.OUTPUT, Activation.IDENTITY, 3, 3));
    network.initialize(GLOROT, Key.of(9));
    Site branch = network.sites().get(1);
    float[] drawn = GLOROT.at(branch).draw(branch, Key.of(9).at("branch")).values();
    assertThat(graph.getParam("branch_W").dup('c').data().asFloat()).isEqualTo(drawn);
    assertThatThrownBy(() -> network.initialize(Named.scheme("fixup"), Key.of(1)))
        .hasMessageContaining("this network has none");
  }

  private static double[] product(float[] x, Weights w, int in, int out) {
    double[] y = new double[out];
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        y[j] += x[i] * w.values()[i * out + j];
      }
    }
    return y;
  }
}
