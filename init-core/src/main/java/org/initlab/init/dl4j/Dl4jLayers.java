package org.initlab.init.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.initlab.init.model.Effect;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.model.Sizes;
import org.initlab.init.model.Window;

/** The table of Deeplearning4j's layers and vertices; those with kernels are next door. */
final class Dl4jLayers {

  private static final Set<String> PASSING =
      Set.of("DropoutLayer", "LossLayer", "RnnLossLayer", "CnnLossLayer", "PreprocessorVertex");

  private final List<String> notices;
  private final Dl4jWeights weights;

  Dl4jLayers(List<String> notices) {
    this.notices = notices;
    this.weights = new Dl4jWeights(notices);
  }

  /** A vertex that joins others, or does something else without a layer. */
  ModelLayer vertex(String name, JsonNode json, List<ModelLayer> inputs) throws ModelFileException {
    Node vertex = new Node(name, json);
    List<String> names = inputs.stream().map(ModelLayer::name).toList();
    List<Long> shape = inputs.get(0).shape();
    Effect effect =
        switch (vertex.type()) {
          case "ElementWiseVertex" ->
              switch (vertex.text("op")) {
                case "Add", "Subtract" -> new Effect.Sum(1);
                case "Average" -> new Effect.Sum(1.0 / inputs.size());
                default -> new Effect.Unknown();
              };
          case "MergeVertex" -> {
            shape = merged(vertex, inputs);
            yield new Effect.Concatenate(Math.max(0, shape.size() - 1));
          }
          default -> PASSING.contains(vertex.type()) ? new Effect.Pass() : new Effect.Unknown();
        };
    return noted(new ModelLayer(name, vertex.type(), names, shape, 0, effect));
  }

  /** Side by side along the channels, which stand last here. */
  private static List<Long> merged(Node vertex, List<ModelLayer> inputs) throws ModelFileException {
    List<Long> shape = new ArrayList<>(inputs.get(0).shape());
    int last = shape.size() - 1;
    for (ModelLayer input : inputs.subList(1, inputs.size())) {
      List<Long> other = input.shape();
      if (other.size() != shape.size()) {
        throw vertex.amiss("its inputs %s and %s do not fit each other.".formatted(shape, other));
      }
      if (last >= 0) {
        long here = shape.get(last);
        long there = other.get(last);
        shape.set(last, here < 0 || there < 0 ? -1 : here + there);
      }
    }
    return shape;
  }

  /** A layer. */
  ModelLayer layer(String name, JsonNode json, ModelLayer input) throws ModelFileException {
    Node node = new Node(name, json);
    String type = node.type();
    List<String> from = List.of(input.name());
    List<Long> in = input.shape();
    if (weights.knows(type)) {
      return weights.layer(node, from, in);
    }
    return switch (type) {
      case "BatchNormalization" -> normalized(node, from, in);
      case "ActivationLayer" ->
          new ModelLayer(name, type, from, in, 0, new Effect.Activate(weights.activation(node)));
      case "SubsamplingLayer", "Subsampling1DLayer", "Subsampling3DLayer" -> pooled(node, from, in);
      case "GlobalPoolingLayer" -> {
        Window window = Window.whole(in.isEmpty() ? in : Sizes.space(in, false), false);
        List<Long> left = in.isEmpty() ? in : List.of(Sizes.channels(in, false));
        yield noted(new ModelLayer(name, type, from, left, 0, pool(node, window)));
      }
      case "ZeroPaddingLayer", "ZeroPadding1DLayer", "ZeroPadding3DLayer" ->
          moved(node, from, in, "padding", Effect.Way.PAD);
      case "Cropping1D", "Cropping2D", "Cropping3D" ->
          moved(node, from, in, "cropping", Effect.Way.CROP);
      case "Upsampling1D", "Upsampling2D", "Upsampling3D" ->
          moved(node, from, in, "size", Effect.Way.REPEAT);
      default ->
          noted(
              new ModelLayer(
                  name,
                  type,
                  from,
                  in,
                  0,
                  PASSING.contains(type) ? new Effect.Pass() : new Effect.Unknown()));
    };
  }

  private ModelLayer noted(ModelLayer layer) {
    if (layer.effect() instanceof Effect.Unknown) {
      notices.add(
          "layer %s: a %s is not known; its signal is passed on as it is, and its parameters are not counted."
              .formatted(layer.name(), layer.type()));
    }
    return layer;
  }

  private static ModelLayer normalized(Node node, List<String> from, List<Long> in)
      throws ModelFileException {
    long channels = node.count("nin");
    boolean locked = node.json().path("lockGammaBeta").asBoolean(false);
    double gamma = node.json().path("gamma").asDouble(1);
    List<Long> shape = in.isEmpty() ? List.of(channels) : in;
    Effect effect =
        new Effect.Normalize(
            Effect.Over.BATCH,
            List.of(shape.size() - 1),
            1,
            Math.abs(node.json().path("eps").asDouble(1e-5)),
            gamma * gamma);
    return new ModelLayer(
        node.name(), node.type(), from, shape, (locked ? 2 : 4) * channels, effect);
  }

  private ModelLayer pooled(Node node, List<String> from, List<Long> in) throws ModelFileException {
    int dimensions = Dl4jShapes.dimensions(node.type().replace("Layer", ""));
    List<Long> space = new ArrayList<>();
    Window window = Dl4jShapes.slide(node, Dl4jShapes.space(in, dimensions), space);
    long channels = in.isEmpty() ? -1 : Sizes.channels(in, false);
    return noted(
        new ModelLayer(
            node.name(),
            node.type(),
            from,
            Sizes.shape(space, channels, false),
            0,
            pool(node, window)));
  }

  private static Effect pool(Node node, Window window) {
    return switch (node.text("poolingType")) {
      case "MAX" -> new Effect.MaxPool(window);
      case "AVG" -> new Effect.AveragePool(window);
      default -> new Effect.Unknown();
    };
  }

  /** Numbers before and behind each dimension stand in turn. */
  private static ModelLayer moved(
      Node node, List<String> from, List<Long> in, String key, Effect.Way way)
      throws ModelFileException {
    int dimensions = Dl4jShapes.dimensions(node.type().replace("Layer", ""));
    List<Long> space = Dl4jShapes.space(in, dimensions);
    boolean repeats = way == Effect.Way.REPEAT;
    List<Long> numbers = node.counts(key, repeats ? dimensions : 2 * dimensions, repeats ? 1 : 0);
    List<Long> by = new ArrayList<>();
    List<Long> to = new ArrayList<>();
    for (int d = 0; d < dimensions; d++) {
      long n = space.get(d);
      long start = numbers.get(repeats ? d : 2 * d);
      long both = repeats ? 0 : start + numbers.get(2 * d + 1);
      long made = repeats ? n * start : way == Effect.Way.PAD ? n + both : n - both;
      if (n >= 0 && made < 1) {
        throw node.amiss("it cuts %d off an input of %d.".formatted(both, n));
      }
      by.add(start);
      to.add(n < 0 ? -1 : made);
    }
    long channels = in.isEmpty() ? -1 : Sizes.channels(in, false);
    by.add(repeats ? 1L : 0L);
    return new ModelLayer(
        node.name(),
        node.type(),
        from,
        Sizes.shape(to, channels, false),
        0,
        new Effect.Move(way, by));
  }
}
