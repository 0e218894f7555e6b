package org.initlab.init.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.initlab.init.WeightShape;
import org.initlab.init.layer.Kernel;
import org.initlab.init.layer.Layer;
import org.initlab.init.model.Connection;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.model.Sizes;
import org.initlab.init.model.Window;

/** Deeplearning4j's convolutions: plain in one to three dimensions, depthwise, separable, back. */
final class Dl4jConvolutions {

  private static final Set<String> NAMES =
      Set.of(
          "ConvolutionLayer",
          "Convolution1DLayer",
          "Convolution3D",
          "Deconvolution2D",
          "DepthwiseConvolution2D",
          "SeparableConvolution2D");

  private final Dl4jWeights weights;
  private final Node node;
  private final long channels;
  private final long out;
  private final List<Long> from;

  Dl4jConvolutions(Dl4jWeights weights, Node node, List<Long> in) throws ModelFileException {
    this.weights = weights;
    this.node = node;
    this.channels = node.count("nin");
    this.out = node.count("nout");
    int dimensions = Dl4jShapes.dimensions(node.type().replace("Layer", ""));
    long given = in.size() == dimensions + 1 ? in.get(dimensions) : -1;
    if (given > 0 && given != channels) {
      throw node.amiss(
          "nin is %d, and its input %s has %d channels. Maybe another --input-shape."
              .formatted(channels, in, given));
    }
    this.from = Dl4jShapes.space(in, dimensions);
  }

  static boolean knows(String type) {
    return NAMES.contains(type);
  }

  ModelLayer layer(List<String> inputs) throws ModelFileException {
    List<Long> space = new ArrayList<>();
    List<Drawn> kernels = new ArrayList<>();
    if (node.type().startsWith("Deconvolution")) {
      kernels.add(transposed(space));
    } else if (node.type().startsWith("Depthwise") || node.type().startsWith("Separable")) {
      long multiplier = node.count("depthMultiplier");
      kernels.add(depthwise(multiplier, space));
      if (node.type().startsWith("Separable")) {
        kernels.add(pointwise(Math.multiplyExact(channels, multiplier)));
      }
    } else {
      kernels.add(plain(space));
    }
    return weights.weighted(node, inputs, Sizes.shape(space, out, false), kernels, out);
  }

  private Drawn plain(List<Long> space) throws ModelFileException {
    Window window = Dl4jShapes.slide(node, from, space);
    return weights.drawn(
        node,
        "kernel",
        Kernel.CONVOLUTION,
        new Layer(channels, out, window.extent(), window.stride(), 1),
        "weightInitFn",
        window.size() * channels * window.inside(from, space),
        new Connection.Convolution(window, 1),
        new WeightShape(out, channels, window.extent()));
  }

  private Drawn transposed(List<Long> space) throws ModelFileException {
    Window window = Dl4jShapes.unslide(node, from, space);
    boolean known = Sizes.product(from) > 0;
    double places = known ? (double) Sizes.product(from) / Sizes.product(space) : 0;
    double each =
        known ? places * window.inside(space, from) : 1.0 / Sizes.product(window.stride());
    return weights.drawn(
        node,
        "kernel",
        Kernel.TRANSPOSED_CONVOLUTION,
        new Layer(channels, out, window.extent(), window.stride(), 1),
        "weightInitFn",
        window.size() * channels * each,
        new Connection.Transposed(window),
        new WeightShape(channels, out, window.extent()));
  }

  private Drawn depthwise(long multiplier, List<Long> space) throws ModelFileException {
    Window window = Dl4jShapes.slide(node, from, space);
    long made = Math.multiplyExact(channels, multiplier);
    return weights.drawn(
        node,
        "depthwise_kernel",
        Kernel.DEPTHWISE_CONVOLUTION,
        new Layer(channels, made, window.extent(), window.stride(), channels),
        "weightInitFn",
        window.size() * window.inside(from, space),
        new Connection.Depthwise(window),
        new WeightShape(multiplier, channels, window.extent()));
  }

  private Drawn pointwise(long middle) {
    return weights.drawn(
        node,
        "pointwise_kernel",
        Kernel.SEPARABLE_POINTWISE,
        Layer.flat(middle, out),
        "weightInitFn",
        middle,
        new Connection.Dense(),
        WeightShape.dense(middle, out));
  }
}
