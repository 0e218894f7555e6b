package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.init.Activation;
import org.initlab.init.Fans;
import org.initlab.init.WeightShape;
import org.initlab.init.draw.Constant;
import org.initlab.init.layer.Convention;
import org.initlab.init.layer.Kernel;
import org.initlab.init.layer.Layer;
import org.initlab.init.model.Connection;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.Effect;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.model.Origin;
import org.initlab.init.model.Sizes;

/** Layers with kernels: dense, embeddings and recurrent ones; convolutions are next door. */
final class Weights {

  private static final List<String> RECURRENT = List.of("LSTM", "GRU", "SimpleRNN");

  private final String type;
  private final Settings settings;
  private final List<String> inputs;
  private final List<Long> in;
  private final List<String> notices;

  Weights(
      String type, Settings settings, List<String> inputs, List<Long> in, List<String> notices) {
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
        || Convolutions.knows(type);
  }

  ModelLayer layer() throws ModelFileException {
    if (type.equals("Dense")) {
      return dense();
    }
    if (type.equals("Embedding")) {
      return embedding();
    }
    return RECURRENT.contains(type)
        ? recurrent()
        : new Convolutions(this, type, settings, in).layer();
  }

  private ModelLayer dense() throws ModelFileException {
    long units = settings.count("units");
    long last = channels(false);
    Drawn kernel =
        drawn(
            "kernel",
            Kernel.DENSE,
            Layer.flat(last, units),
            last,
            new Connection.Dense(),
            WeightShape.dense(last, units),
            "glorot_uniform");
    List<Long> shape = Sizes.shape(Sizes.space(in, false), units, false);
    boolean biased = settings.flag("use_bias", true);
    return weighted(shape, last * units + (biased ? units : 0), List.of(kernel), biased, units);
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
            new Connection.Dense(),
            WeightShape.dense(words, width),
            "uniform");
    List<Long> shape = new ArrayList<>(in);
    shape.add(width);
    return made(shape, words * width, new Effect.Lookup(table));
  }

  private ModelLayer recurrent() throws ModelFileException {
    if (in.size() != 2) {
      throw settings.amiss(
          "a %s takes steps and features without the batch, and its input has %s."
              .formatted(type, in));
    }
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
            drawn(
                "kernel",
                kernel,
                layer,
                last,
                new Connection.Dense(),
                WeightShape.dense(last, gates * units),
                "glorot_uniform"),
            drawn(
                "recurrent_kernel",
                state,
                layer,
                units,
                new Connection.Dense(),
                WeightShape.dense(units, gates * units),
                "orthogonal"));
    // The reset gate of a GRU that stands behind its product has biases of its own.
    boolean twice = type.equals("GRU") && settings.flag("reset_after", true);
    long bias = settings.flag("use_bias", true) ? units * (twice ? 2 : 1) : 0;
    boolean sequences = settings.flag("return_sequences", false);
    List<Long> shape = sequences ? List.of(in.get(0), units) : List.of(units);
    notices.add(
        "layer %s: the signal through a %s is not predicted; behind it a mean square of 1 is taken."
            .formatted(settings.layer(), type));
    return made(shape, gates * (units * (last + units) + bias), new Effect.Recurrent(kernels));
  }

  long channels(boolean first) throws ModelFileException {
    long channels = Sizes.channels(in, first);
    if (channels < 1) {
      throw settings.amiss(
          "its input %s has an open number of channels. Maybe give --input-shape.".formatted(in));
    }
    return channels;
  }

  Drawn drawn(
      String role,
      Kernel table,
      Layer layer,
      double gathers,
      Connection connection,
      WeightShape stored,
      String otherwise)
      throws ModelFileException {
    Fans fans = table.fans(layer, Convention.KERAS).orElseThrow();
    String setting = role.equals("kernel") ? role : role.replace("_kernel", "");
    JsonNode initializer = settings.node(setting + "_initializer");
    double rows = (double) stored.in() * stored.receptiveField();
    Optional<Origin> origin =
        KerasInitializers.origin(settings, initializer, otherwise, fans, rows, stored.out());
    String title = KerasInitializers.name(initializer, otherwise);
    if (origin.isEmpty()) {
      notices.add(
          "layer %s: the initializer %s of its %s is not Keras's own; the layer's signal is passed on as it is."
              .formatted(settings.layer(), title, role));
    } else if (origin.get().mean() != 0) {
      notices.add(
          "layer %s: weights of its %s have mean %.3g; theory takes them as of mean 0, --measure does not."
              .formatted(settings.layer(), role, origin.get().mean()));
    }
    return new Drawn(
        role,
        fans,
        title,
        origin.map(Origin::square).orElse(Double.NaN),
        gathers,
        connection,
        stored,
        origin.map(Origin::initializer).orElse(new Constant(0)));
  }

  ModelLayer weighted(
      List<Long> shape, long parameters, List<Drawn> kernels, boolean biased, double units)
      throws ModelFileException {
    if (kernels.stream().anyMatch(kernel -> Double.isNaN(kernel.variance()))) {
      return made(shape, parameters, new Effect.Unknown());
    }
    Origin bias = Origin.constant(0);
    if (biased) {
      JsonNode initializer = settings.node("bias_initializer");
      Fans fans = new Fans(units, units);
      bias = KerasInitializers.origin(settings, initializer, "zeros", fans, units, 1).orElse(bias);
    }
    String activation = KerasActivations.name(settings.node("activation"));
    Optional<Activation> ours = KerasActivations.of(activation);
    if (ours.isEmpty() && !activation.equals("softmax")) {
      notices.add(
          "layer %s: the activation %s is not in the table; its signal is passed on as it is."
              .formatted(settings.layer(), activation));
    }
    return made(
        shape, parameters, new Effect.Weighted(kernels, bias.square(), bias.initializer(), ours));
  }

  private ModelLayer made(List<Long> shape, long parameters, Effect effect) {
    return new ModelLayer(settings.layer(), type, inputs, shape, parameters, effect);
  }
}
