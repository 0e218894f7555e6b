package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.initlab.init.Activation;
import org.initlab.init.Fans;
import org.initlab.init.layer.Convention;
import org.initlab.init.layer.Kernel;
import org.initlab.init.layer.Layer;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.Effect;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;

/** Layers with kernels: dense, convolutions, embeddings and recurrent ones. */
final class Weights {

  private static final Pattern CONVOLUTION =
      Pattern.compile("(?:Convolution|(Depthwise|Separable)?Conv)([123])D(Transpose)?");
  private static final List<String> RECURRENT = List.of("LSTM", "GRU", "SimpleRNN");

  private final String name;
  private final String type;
  private final Settings settings;
  private final List<String> inputs;
  private final List<Long> in;
  private final List<String> notices;

  private Weights(
      String name,
      String type,
      Settings settings,
      List<String> inputs,
      List<Long> in,
      List<String> notices) {
    this.name = name;
    this.type = type;
    this.settings = settings;
    this.inputs = inputs;
    this.in = in;
    this.notices = notices;
  }

  static boolean knows(String type) {
    return type.equals("Dense")
        || type.equals("Embedding")
        || RECURRENT.contains(type)
        || CONVOLUTION.matcher(type).matches();
  }

  static ModelLayer layer(
      String name,
      String type,
      Settings settings,
      List<String> inputs,
      List<Long> in,
      List<String> notices)
      throws ModelFileException {
    Weights weights = new Weights(name, type, settings, inputs, in, notices);
    if (type.equals("Dense")) {
      return weights.dense();
    }
    if (type.equals("Embedding")) {
      return weights.embedding();
    }
    return RECURRENT.contains(type) ? weights.recurrent() : weights.convolution();
  }

  private ModelLayer dense() throws ModelFileException {
    long units = settings.count("units");
    long last = channels(false);
    Drawn kernel = drawn("kernel", Kernel.DENSE, Layer.flat(last, units), last, units, last, units);
    List<Long> shape = Sizes.shape(Sizes.space(in, false), units, false);
    long bias = settings.flag("use_bias", true) ? units : 0;
    return weighted(shape, last * units + bias, List.of(kernel), bias > 0, units);
  }

  private ModelLayer convolution() throws ModelFileException {
    Matcher match = CONVOLUTION.matcher(type);
    if (!match.matches()) {
      throw new IllegalStateException(type);
    }
    boolean first = Reshaping.first(settings);
    int dimensions = Integer.parseInt(match.group(2));
    if (in.size() != dimensions + 1) {
      throw new ModelFileException(
          "layer %s: a %s takes %d lengths without the batch, and its input has %s."
              .formatted(name, type, dimensions + 1, in));
    }
    long channels = channels(first);
    List<Long> extents = settings.counts("kernel_size", dimensions, 1);
    List<Long> strides = settings.counts("strides", dimensions, 1);
    List<Long> dilations = settings.counts("dilation_rate", dimensions, 1);
    String padding = settings.text("padding", "valid");
    boolean transposed = match.group(3) != null;
    List<Long> space = new ArrayList<>();
    for (int d = 0; d < dimensions; d++) {
      long n = Sizes.space(in, first).get(d);
      space.add(
          transposed
              ? Sizes.unwound(n, extents.get(d), strides.get(d), padding)
              : Sizes.window(n, extents.get(d), strides.get(d), dilations.get(d), padding));
    }
    double field = Sizes.product(extents);
    double step = Sizes.product(strides);
    String kind = match.group(1) == null ? "" : match.group(1);
    long multiplier = settings.count("depth_multiplier", 1);
    long out = kind.equals("Depthwise") ? channels * multiplier : settings.count("filters");
    boolean biased = settings.flag("use_bias", true);
    long bias = biased ? out : 0;
    List<Long> shape = Sizes.shape(space, out, first);
    if (kind.isEmpty()) {
      long groups = settings.count("groups", 1);
      Layer layer = new Layer(channels, out, extents, strides, groups);
      Kernel table =
          transposed
              ? Kernel.TRANSPOSED_CONVOLUTION
              : groups > 1 ? Kernel.GROUPED_CONVOLUTION : Kernel.CONVOLUTION;
      double gathers = field * channels / groups / (transposed ? step : 1);
      double spreads = field * out / groups / (transposed ? 1 : step);
      Drawn kernel =
          drawn("kernel", table, layer, gathers, spreads, field * channels / groups, out);
      return weighted(
          shape, (long) field * channels / groups * out + bias, List.of(kernel), biased, out);
    }
    Layer depthwise = new Layer(channels, channels * multiplier, extents, strides, channels);
    Drawn depth =
        drawn(
            "depthwise_kernel",
            Kernel.DEPTHWISE_CONVOLUTION,
            depthwise,
            field,
            field * multiplier / step,
            field * channels,
            multiplier);
    long depthParameters = (long) field * channels * multiplier;
    if (kind.equals("Depthwise")) {
      return weighted(shape, depthParameters + bias, List.of(depth), biased, out);
    }
    long middle = channels * multiplier;
    Drawn point =
        drawn(
            "pointwise_kernel",
            Kernel.SEPARABLE_POINTWISE,
            Layer.flat(middle, out),
            middle,
            out,
            middle,
            out);
    return weighted(
        shape, depthParameters + middle * out + bias, List.of(depth, point), biased, out);
  }

  private ModelLayer embedding() throws ModelFileException {
    long words = settings.count("input_dim");
    long width = settings.count("output_dim");
    Drawn table =
        drawn(
            "embeddings",
            Kernel.EMBEDDING,
            Layer.flat(words, width),
            1,
            width,
            words,
            width,
            "uniform");
    List<Long> shape = new ArrayList<>(in);
    shape.add(width);
    return new ModelLayer(name, type, inputs, shape, words * width, new Effect.Lookup(table));
  }

  private ModelLayer recurrent() throws ModelFileException {
    long units = settings.count("units");
    long last = channels(false);
    int gates = type.equals("LSTM") ? 4 : type.equals("GRU") ? 3 : 1;
    Kernel kernel = gates == 4 ? Kernel.LSTM : gates == 3 ? Kernel.GRU : Kernel.SIMPLE_RECURRENT;
    Kernel state =
        gates == 4
            ? Kernel.LSTM_RECURRENT
            : gates == 3 ? Kernel.GRU_RECURRENT : Kernel.SIMPLE_RECURRENT_RECURRENT;
    Layer layer = Layer.flat(last, units);
    List<Drawn> kernels =
        List.of(
            drawn("kernel", kernel, layer, last, units, last, (double) gates * units),
            drawn(
                "recurrent_kernel",
                state,
                layer,
                units,
                units,
                units,
                (double) gates * units,
                "orthogonal"));
    // The reset gate of a GRU that stands behind its product has biases of its own.
    boolean twice = type.equals("GRU") && settings.flag("reset_after", true);
    long bias = settings.flag("use_bias", true) ? units * (twice ? 2 : 1) : 0;
    boolean sequences = settings.flag("return_sequences", false);
    List<Long> shape = sequences ? List.of(in.get(0), units) : List.of(units);
    notices.add(
        "layer %s: the signal through a %s is not predicted; behind it a mean square of 1 is taken."
            .formatted(name, type));
    return new ModelLayer(
        name,
        type,
        inputs,
        shape,
        gates * (units * (last + units) + bias),
        new Effect.Recurrent(kernels));
  }

  private long channels(boolean first) throws ModelFileException {
    long channels = Sizes.channels(in, first);
    if (channels < 1) {
      throw new ModelFileException(
          "layer %s: its input %s has an open number of channels.".formatted(name, in));
    }
    return channels;
  }

  private Drawn drawn(
      String role,
      Kernel table,
      Layer layer,
      double gathers,
      double spreads,
      double rows,
      double columns) {
    return drawn(role, table, layer, gathers, spreads, rows, columns, "glorot_uniform");
  }

  private Drawn drawn(
      String role,
      Kernel table,
      Layer layer,
      double gathers,
      double spreads,
      double rows,
      double columns,
      String otherwise) {
    Fans fans = table.fans(layer, Convention.KERAS).orElseThrow();
    String setting = role.equals("kernel") ? role : role.replace("_kernel", "");
    JsonNode initializer = settings.node(setting + "_initializer");
    OptionalDouble square = KerasInitializers.square(initializer, otherwise, fans, rows, columns);
    String title = KerasInitializers.name(initializer, otherwise);
    if (square.isEmpty()) {
      notices.add(
          "layer %s: the initializer %s of its %s is not Keras's own; the layer's signal is passed on as it is."
              .formatted(name, title, role));
    }
    return new Drawn(role, fans, title, square.orElse(Double.NaN), gathers, spreads);
  }

  private ModelLayer weighted(
      List<Long> shape, long parameters, List<Drawn> kernels, boolean biased, double units) {
    if (kernels.stream().anyMatch(kernel -> Double.isNaN(kernel.variance()))) {
      return new ModelLayer(name, type, inputs, shape, parameters, new Effect.Pass());
    }
    JsonNode initializer = settings.node("bias_initializer");
    double bias =
        biased
            ? KerasInitializers.square(initializer, "zeros", new Fans(units, units), units, 1)
                .orElse(0)
            : 0;
    String activation = KerasActivations.name(settings.node("activation"));
    Optional<Activation> ours = KerasActivations.of(activation);
    if (ours.isEmpty() && !activation.equals("softmax")) {
      notices.add(
          "layer %s: the activation %s is not in the table; its signal is passed on as it is."
              .formatted(name, activation));
    }
    return new ModelLayer(
        name, type, inputs, shape, parameters, new Effect.Weighted(kernels, bias, ours));
  }
}
