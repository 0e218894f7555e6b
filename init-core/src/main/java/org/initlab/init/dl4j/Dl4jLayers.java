package org.initlab.init.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.initlab.init.Activation;
import org.initlab.init.Fans;
import org.initlab.init.layer.Convention;
import org.initlab.init.layer.Kernel;
import org.initlab.init.layer.Layer;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.Effect;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;

/**
 * The table of Deeplearning4j's layers. A configuration tells channels and kernels but not the
 * extents of images, which stay open here.
 */
final class Dl4jLayers {

  private static final Set<String> DENSE =
      Set.of("DenseLayer", "OutputLayer", "RnnOutputLayer", "CenterLossOutputLayer");
  private static final Set<String> CONVOLUTIONS =
      Set.of("ConvolutionLayer", "Convolution1DLayer", "Convolution3D");
  private static final Set<String> RECURRENT = Set.of("LSTM", "SimpleRnn");
  private static final Set<String> PASSING =
      Set.of(
          "DropoutLayer",
          "LossLayer",
          "RnnLossLayer",
          "CnnLossLayer",
          "ZeroPaddingLayer",
          "ZeroPadding1DLayer",
          "Upsampling1D",
          "Upsampling2D",
          "Cropping2D",
          "PreprocessorVertex",
          "SubsetVertex");

  private static final Map<String, Activation> ACTIVATIONS =
      Map.ofEntries(
          Map.entry("Identity", Activation.IDENTITY),
          Map.entry("ReLU", Activation.RELU),
          Map.entry("ELU", Activation.ELU),
          Map.entry("SELU", Activation.SELU),
          Map.entry("GELU", Activation.GELU),
          Map.entry("Swish", Activation.SILU),
          Map.entry("Mish", Activation.MISH),
          Map.entry("TanH", Activation.TANH),
          Map.entry("Sigmoid", Activation.SIGMOID),
          Map.entry("SoftSign", Activation.SOFTSIGN),
          Map.entry("HardTanH", Activation.HARD_TANH),
          Map.entry("SoftPlus", Activation.SOFTPLUS));

  private final List<String> notices;

  Dl4jLayers(List<String> notices) {
    this.notices = notices;
  }

  /** A vertex that joins others, or does something else without a layer. */
  ModelLayer vertex(String name, JsonNode vertex, List<String> inputs) {
    String type = type(vertex);
    Effect effect =
        switch (type) {
          case "ElementWiseVertex" ->
              switch (vertex.path("op").asText()) {
                case "Add", "Subtract" -> new Effect.Sum(1);
                case "Average" -> new Effect.Sum(1.0 / inputs.size());
                default -> new Effect.Unknown();
              };
          case "MergeVertex" -> new Effect.Concatenate();
          default -> PASSING.contains(type) ? new Effect.Pass() : new Effect.Unknown();
        };
    return noted(new ModelLayer(name, type, inputs, List.of(), 0, effect));
  }

  /** A layer. */
  ModelLayer layer(String name, JsonNode layer, List<String> inputs) throws ModelFileException {
    String type = type(layer);
    if (DENSE.contains(type)) {
      Layer flat = Layer.flat(units(name, layer, "nin"), units(name, layer, "nout"));
      Drawn kernel = drawn(name, layer, Kernel.DENSE, flat, "weightInitFn", flat.in(), flat.out());
      return weighted(name, type, layer, inputs, flat, 1, kernel);
    }
    if (CONVOLUTIONS.contains(type)) {
      return convolution(name, type, layer, inputs);
    }
    if (RECURRENT.contains(type)) {
      return recurrent(name, type, layer, inputs);
    }
    long in = layer.path("nin").asLong(0);
    return switch (type) {
      case "EmbeddingLayer", "EmbeddingSequenceLayer" -> {
        Layer flat = Layer.flat(units(name, layer, "nin"), units(name, layer, "nout"));
        Drawn rows = drawn(name, layer, Kernel.EMBEDDING, flat, "weightInitFn", 1, flat.out());
        yield new ModelLayer(
            name,
            type,
            inputs,
            List.of(flat.out()),
            flat.in() * flat.out(),
            new Effect.Lookup(rows));
      }
      case "BatchNormalization" ->
          new ModelLayer(name, type, inputs, List.of(in), 4 * in, new Effect.Normalize());
      case "ActivationLayer" ->
          new ModelLayer(
              name, type, inputs, List.of(), 0, new Effect.Activate(activation(name, layer)));
      case "SubsamplingLayer", "Subsampling1DLayer", "Subsampling3DLayer", "GlobalPoolingLayer" ->
          new ModelLayer(name, type, inputs, List.of(), 0, pool(layer));
      default ->
          noted(
              new ModelLayer(
                  name,
                  type,
                  inputs,
                  List.of(),
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

  private static Effect pool(JsonNode layer) {
    if (layer.path("poolingType").asText().equals("MAX")) {
      return new Effect.MaxPool();
    }
    double window = layer.path("kernelSize").size() > 0 ? 1 : Double.NaN;
    for (JsonNode extent : layer.path("kernelSize")) {
      window *= extent.asDouble(1);
    }
    return new Effect.AveragePool(window);
  }

  private ModelLayer convolution(String name, String type, JsonNode layer, List<String> inputs)
      throws ModelFileException {
    List<Long> kernel = numbers(layer.path("kernelSize"));
    List<Long> stride = numbers(layer.path("stride"));
    if (type.equals("Convolution1DLayer")) {
      kernel = kernel.subList(0, Math.min(1, kernel.size()));
      stride = stride.subList(0, Math.min(1, stride.size()));
    }
    if (kernel.isEmpty() || stride.size() != kernel.size()) {
      throw new ModelFileException(
          "layer %s: kernelSize and stride must be as long as each other, not %s and %s."
              .formatted(name, layer.path("kernelSize"), layer.path("stride")));
    }
    long in = units(name, layer, "nin");
    long out = units(name, layer, "nout");
    Layer convolution = new Layer(in, out, kernel, stride, 1);
    double field = 1;
    double step = 1;
    for (int d = 0; d < kernel.size(); d++) {
      field *= kernel.get(d);
      step *= stride.get(d);
    }
    Drawn drawn =
        drawn(
            name,
            layer,
            Kernel.CONVOLUTION,
            convolution,
            "weightInitFn",
            field * in,
            field * out / step);
    return weighted(name, type, layer, inputs, convolution, (long) field, drawn);
  }

  private ModelLayer recurrent(String name, String type, JsonNode layer, List<String> inputs)
      throws ModelFileException {
    Layer flat = Layer.flat(units(name, layer, "nin"), units(name, layer, "nout"));
    boolean lstm = type.equals("LSTM");
    int gates = lstm ? 4 : 1;
    Kernel kernel = lstm ? Kernel.LSTM : Kernel.SIMPLE_RECURRENT;
    Kernel state = lstm ? Kernel.LSTM_RECURRENT : Kernel.SIMPLE_RECURRENT_RECURRENT;
    String own =
        layer.hasNonNull("weightInitFnRecurrent") ? "weightInitFnRecurrent" : "weightInitFn";
    List<Drawn> kernels =
        List.of(
            drawn(name, layer, kernel, flat, "weightInitFn", flat.in(), flat.out()),
            drawn(name, layer, state, flat, own, flat.out(), flat.out()));
    notices.add(
        "layer %s: the signal through a %s is not predicted; behind it a mean square of 1 is taken."
            .formatted(name, type));
    return new ModelLayer(
        name,
        type,
        inputs,
        List.of(flat.out()),
        gates * flat.out() * (flat.in() + flat.out() + 1),
        new Effect.Recurrent(kernels));
  }

  private Drawn drawn(
      String name,
      JsonNode layer,
      Kernel table,
      Layer units,
      String setting,
      double gathers,
      double spreads) {
    Fans fans = table.fans(units, Convention.DL4J).orElseThrow();
    JsonNode initializer = layer.path(setting);
    OptionalDouble square = Dl4jInitializers.square(initializer, fans);
    String title = Dl4jInitializers.name(initializer);
    if (square.isEmpty()) {
      notices.add(
          "layer %s: the initializer %s is not in the table; the layer's signal is passed on as it is."
              .formatted(name, title.isEmpty() ? "that is missing" : title));
    }
    return new Drawn("kernel", fans, title, square.orElse(Double.NaN), gathers, spreads);
  }

  private ModelLayer weighted(
      String name,
      String type,
      JsonNode layer,
      List<String> inputs,
      Layer units,
      long field,
      Drawn kernel) {
    long bias = layer.path("hasBias").asBoolean(true) ? units.out() : 0;
    double start = bias > 0 ? layer.path("biasInit").asDouble(0) : 0;
    Effect effect =
        Double.isNaN(kernel.variance())
            ? new Effect.Pass()
            : new Effect.Weighted(List.of(kernel), start * start, activation(name, layer));
    return new ModelLayer(
        name, type, inputs, List.of(units.out()), units.in() * units.out() * field + bias, effect);
  }

  private Optional<Activation> activation(String name, JsonNode layer) {
    JsonNode function = layer.path("activationFn");
    String type = type(function).replaceFirst("^Activation", "");
    if (type.equals("LReLU") && Math.abs(function.path("alpha").asDouble(0.01) - 0.01) < 1e-9) {
      return Optional.of(Activation.LEAKY_RELU);
    }
    Optional<Activation> ours = Optional.ofNullable(ACTIVATIONS.get(type));
    if (ours.isEmpty() && !type.equals("Softmax")) {
      notices.add(
          "layer %s: the activation %s is not in the table; its signal is passed on as it is."
              .formatted(name, type));
    }
    return ours;
  }

  private static long units(String name, JsonNode layer, String key) throws ModelFileException {
    long units = layer.path(key).asLong(0);
    if (units < 1) {
      throw new ModelFileException(
          "layer %s: %s must be at least 1, not %s. Maybe set the input type of the configuration."
              .formatted(name, key, layer.path(key).isMissingNode() ? "missing" : units));
    }
    return units;
  }

  private static List<Long> numbers(JsonNode array) {
    List<Long> numbers = new ArrayList<>();
    array.forEach(n -> numbers.add(n.asLong(1)));
    return numbers;
  }

  private static String type(JsonNode node) {
    String type = node.path("@class").asText("nothing");
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }
}
