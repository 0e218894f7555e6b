package org.initlab.init.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.initlab.init.Fans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class KernelTest {

  /** The fans by hand, for a 3 x 5 kernel from 6 to 12 channels, or 6 inputs and 12 units. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // paper, keras, pytorch, jax, dl4j
        "DENSE, 6 12, 6 12, 6 12, 6 12, 6 12",
        "CONVOLUTION, 90 180, 90 180, 90 180, 90 180, 90 180",
        "GROUPED_CONVOLUTION, 30 60, 30 180, 30 180, 30 180, -",
        "DEPTHWISE_CONVOLUTION, 15 30, 90 30, 15 180, 15 180, 90 30",
        "SEPARABLE_POINTWISE, 6 12, 6 12, 6 12, 6 12, 6 6",
        "TRANSPOSED_CONVOLUTION, 90 180, 180 90, 180 90, 90 180, 90 180",
        "EMBEDDING, 1 12, 6 12, 12 6, 12 12, 1 12",
        "LSTM, 6 12, 6 48, 6 48, 6 12, 12 18",
        "LSTM_RECURRENT, 12 12, 12 48, 12 48, 12 12, 12 18",
        "GRU, 6 12, 6 36, 6 36, 6 12, -",
        "GRU_RECURRENT, 12 12, 12 36, 12 36, 12 12, -",
        "SIMPLE_RECURRENT, 6 12, 6 12, 6 12, 6 12, 6 12",
        "SIMPLE_RECURRENT_RECURRENT, 12 12, 12 12, 12 12, 12 12, 12 12",
        "ATTENTION_QUERY, 6 12, 6 12, 6 36, 6 12, -",
      })
  void everyRowByHand(
      Kernel kernel, String paper, String keras, String pytorch, String jax, String dl4j) {
    Layer layer =
        switch (kernel) {
          case CONVOLUTION, TRANSPOSED_CONVOLUTION -> Layer.convolution(6, 12, 3L, 5L);
          case GROUPED_CONVOLUTION -> Layer.convolution(6, 12, 3L, 5L).groups(3);
          case DEPTHWISE_CONVOLUTION -> Layer.convolution(6, 12, 3L, 5L).groups(6);
          default -> Layer.flat(6, 12);
        };
    assertThat(text(kernel, layer, Convention.PAPER)).isEqualTo(paper);
    assertThat(text(kernel, layer, Convention.KERAS)).isEqualTo(keras);
    assertThat(text(kernel, layer, Convention.PYTORCH)).isEqualTo(pytorch);
    assertThat(text(kernel, layer, Convention.JAX)).isEqualTo(jax);
    assertThat(text(kernel, layer, Convention.DL4J)).isEqualTo(dl4j);
  }

  private static String text(Kernel kernel, Layer layer, Convention convention) {
    return kernel
        .fans(layer, convention)
        .map(f -> (long) f.in() + " " + (long) f.out())
        .orElse(null);
  }

  @Test
  void onlyDeeplearning4jCountsTheStride() {
    Layer one = Layer.convolution(6, 12, 3L, 5L);
    for (Convention convention : Convention.values()) {
      boolean same =
          Kernel.CONVOLUTION
              .fans(one, convention)
              .equals(Kernel.CONVOLUTION.fans(one.stride(2), convention));
      assertThat(same).as("%s", convention).isEqualTo(convention != Convention.DL4J);
    }
  }

  /** Keeps what Deeplearning4j hands it. */
  private static final class Witness implements IWeightInit {
    private static final long serialVersionUID = 1;
    private final transient List<Fans> seen;

    Witness(List<Fans> seen) {
      this.seen = seen;
    }

    @Override
    public INDArray init(double fanIn, double fanOut, long[] shape, char order, INDArray view) {
      seen.add(new Fans(fanIn, fanOut));
      return view.reshape(order, shape);
    }
  }

  /** The column of Deeplearning4j, by running it. */
  @Test
  void deeplearning4jHandsTheseFansToItsInitializers() {
    Map<String, List<Fans>> seen = new TreeMap<>();
    InputType image = InputType.convolutional(20, 20, 6);
    run(
        seen,
        "convolution",
        image,
        w -> new ConvolutionLayer.Builder(3, 5).stride(2, 2).nIn(6).nOut(12).weightInit(w).build());
    run(
        seen,
        "convolution 1d",
        InputType.recurrent(6, 30),
        w -> new Convolution1DLayer.Builder(5).stride(2).nIn(6).nOut(12).weightInit(w).build());
    run(
        seen,
        "depthwise",
        image,
        w ->
            new DepthwiseConvolution2D.Builder(3, 5)
                .stride(2, 2)
                .depthMultiplier(2)
                .nIn(6)
                .nOut(12)
                .weightInit(w)
                .build());
    run(
        seen,
        "separable",
        image,
        w ->
            new SeparableConvolution2D.Builder(3, 5)
                .depthMultiplier(2)
                .nIn(6)
                .nOut(7)
                .weightInit(w)
                .build());
    run(
        seen,
        "transposed",
        image,
        w -> new Deconvolution2D.Builder(3, 5).stride(2, 2).nIn(6).nOut(12).weightInit(w).build());
    run(
        seen,
        "dense",
        InputType.feedForward(6),
        w -> new DenseLayer.Builder().nIn(6).nOut(12).weightInit(w).build());
    run(
        seen,
        "embedding",
        InputType.feedForward(6),
        w -> new EmbeddingLayer.Builder().nIn(6).nOut(12).weightInit(w).build());
    run(
        seen,
        "lstm",
        InputType.recurrent(6, 30),
        w -> new LSTM.Builder().nIn(6).nOut(12).weightInit(w).weightInitRecurrent(w).build());
    run(
        seen,
        "simple",
        InputType.recurrent(6, 30),
        w -> new SimpleRnn.Builder().nIn(6).nOut(12).weightInit(w).weightInitRecurrent(w).build());

    Layer strided = Layer.convolution(6, 12, 3L, 5L).stride(2);
    assertThat(seen.get("convolution")).containsExactly(dl4j(Kernel.CONVOLUTION, strided));
    assertThat(seen.get("convolution 1d"))
        .containsExactly(dl4j(Kernel.CONVOLUTION, Layer.convolution(6, 12, 5L).stride(2)));
    assertThat(seen.get("depthwise"))
        .containsExactly(dl4j(Kernel.DEPTHWISE_CONVOLUTION, strided.groups(6)));
    assertThat(seen.get("separable"))
        .containsExactly(
            dl4j(Kernel.DEPTHWISE_CONVOLUTION, Layer.convolution(6, 12, 3L, 5L).groups(6)),
            dl4j(Kernel.SEPARABLE_POINTWISE, Layer.flat(12, 7)));
    assertThat(seen.get("transposed"))
        .containsExactly(dl4j(Kernel.TRANSPOSED_CONVOLUTION, strided));
    assertThat(seen.get("dense")).containsExactly(dl4j(Kernel.DENSE, Layer.flat(6, 12)));
    assertThat(seen.get("embedding")).containsExactly(dl4j(Kernel.EMBEDDING, Layer.flat(6, 12)));
    assertThat(seen.get("lstm"))
        .containsExactly(
            dl4j(Kernel.LSTM, Layer.flat(6, 12)), dl4j(Kernel.LSTM_RECURRENT, Layer.flat(6, 12)));
    assertThat(seen.get("simple"))
        .containsExactly(
            dl4j(Kernel.SIMPLE_RECURRENT, Layer.flat(6, 12)),
            dl4j(Kernel.SIMPLE_RECURRENT_RECURRENT, Layer.flat(6, 12)));
  }

  private interface Maker {
    org.deeplearning4j.nn.conf.layers.Layer layer(IWeightInit witness);
  }

  private static Fans dl4j(Kernel kernel, Layer layer) {
    return kernel.fans(layer, Convention.DL4J).orElseThrow();
  }

  private static void run(Map<String, List<Fans>> seen, String name, InputType type, Maker maker) {
    List<Fans> here = new ArrayList<>();
    seen.put(name, here);
    var configuration =
        new NeuralNetConfiguration.Builder().list().layer(maker.layer(new Witness(here)));
    new MultiLayerNetwork(configuration.setInputType(type).build()).init();
  }

  @Test
  void sizesThatFitNoLayerAreRefused() {
    assertThatThrownBy(() -> Layer.flat(0, 1)).hasMessageContaining("at least 1, not 0, 1");
    assertThatThrownBy(() -> Layer.convolution(4, 6, 3L).groups(3))
        .hasMessageContaining("must divide in 4 and out 6, not be 3");
    assertThatThrownBy(() -> new Layer(1, 1, List.of(3L), List.of(), 1))
        .hasMessageContaining("as long as its kernel [3]");
    assertThatThrownBy(() -> Layer.convolution(1, 1, 3L).stride(0)).hasMessageContaining("[0]");
  }
}
