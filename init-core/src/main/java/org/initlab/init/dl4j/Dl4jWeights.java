package org.initlab.init.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/** Deeplearning4j's layers with kernels: dense, embeddings, recurrent; convolutions next door. */
final class Dl4jWeights {

  private static final Set<String> DENSE =
      Set.of("DenseLayer", "OutputLayer", "RnnOutputLayer", "CenterLossOutputLayer");
  private static final Set<String> EMBEDDING = Set.of("EmbeddingLayer", "EmbeddingSequenceLayer");
  private static final Set<String> RECURRENT = Set.of("LSTM", "SimpleRnn");

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

  Dl4jWeights(List<String> notices) {
    this.notices = notices;
  }

  boolean knows(String type) {
    return DENSE.contains(type)
        || EMBEDDING.contains(type)
        || RECURRENT.contains(type)
        || Dl4jConvolutions.knows(type);
  }

  ModelLayer layer(Node node, List<String> from, List<Long> in) throws ModelFileException {
    String type = node.type();
    if (DENSE.contains(type)) {
      return dense(node, from, in);
    }
    if (EMBEDDING.contains(type)) {
      return embedding(node, from, in);
    }
    return RECURRENT.contains(type)
        ? recurrent(node, from, in)
        : new Dl4jConvolutions(this, node, in).layer(from);
  }

  /** A dense layer takes images and volumes flat, and a series step by step. */
  private ModelLayer dense(Node node, List<String> from, List<Long> in) throws ModelFileException {
    Layer flat = Layer.flat(node.count("nin"), node.count("nout"));
    Drawn kernel =
        drawn(
            node,
            "kernel",
            Kernel.DENSE,
            flat,
            "weightInitFn",
            flat.in(),
            new Connection.Dense(),
            WeightShape.dense(flat.in(), flat.out()));
    boolean series = in.size() == 2 && in.get(1) == flat.in();
    long size = in.isEmpty() ? -1 : Sizes.product(in);
    if (!series && size > 0 && size != flat.in()) {
      throw node.amiss(
          "nin is %d, and its input %s has %d numbers. Maybe another --input-shape."
              .formatted(flat.in(), in, size));
    }
    List<Long> shape = series ? List.of(in.get(0), flat.out()) : List.of(flat.out());
    return weighted(node, from, shape, List.of(kernel), flat.out());
  }

  private ModelLayer embedding(Node node, List<String> from, List<Long> in)
      throws ModelFileException {
    Layer flat = Layer.flat(node.count("nin"), node.count("nout"));
    Drawn rows =
        drawn(
            node,
            "embeddings",
            Kernel.EMBEDDING,
            flat,
            "weightInitFn",
            1,
            new Connection.Dense(),
            WeightShape.dense(flat.in(), flat.out()));
    boolean series = node.type().equals("EmbeddingSequenceLayer");
    List<Long> shape =
        series ? List.of(in.isEmpty() ? -1L : in.get(0), flat.out()) : List.of(flat.out());
    return new ModelLayer(
        node.name(),
        node.type(),
        from,
        shape,
        Math.multiplyExact(flat.in(), flat.out()),
        new Effect.Lookup(rows));
  }

  private ModelLayer recurrent(Node node, List<String> from, List<Long> in)
      throws ModelFileException {
    Layer flat = Layer.flat(node.count("nin"), node.count("nout"));
    boolean lstm = node.type().equals("LSTM");
    long gates = lstm ? 4 : 1;
    Kernel kernel = lstm ? Kernel.LSTM : Kernel.SIMPLE_RECURRENT;
    Kernel state = lstm ? Kernel.LSTM_RECURRENT : Kernel.SIMPLE_RECURRENT_RECURRENT;
    boolean own = node.json().hasNonNull("weightInitFnRecurrent");
    Connection dense = new Connection.Dense();
    List<Drawn> kernels =
        List.of(
            drawn(
                node,
                "kernel",
                kernel,
                flat,
                "weightInitFn",
                flat.in(),
                dense,
                WeightShape.dense(flat.in(), gates * flat.out())),
            drawn(
                node,
                "recurrent_kernel",
                state,
                flat,
                own ? "weightInitFnRecurrent" : "weightInitFn",
                flat.out(),
                dense,
                WeightShape.dense(flat.out(), gates * flat.out())));
    notices.add(
        "layer %s: the signal through a %s is not predicted; behind it a mean square of 1 is taken."
            .formatted(node.name(), node.type()));
    return new ModelLayer(
        node.name(),
        node.type(),
        from,
        List.of(in.size() == 2 ? in.get(0) : -1L, flat.out()),
        Math.multiplyExact(gates * flat.out(), flat.in() + flat.out() + 1),
        new Effect.Recurrent(kernels));
  }

  Drawn drawn(
      Node node,
      String role,
      Kernel table,
      Layer units,
      String setting,
      double gathers,
      Connection connection,
      WeightShape stored) {
    Fans fans = table.fans(units, Convention.DL4J).orElseThrow();
    JsonNode initializer = node.json().path(setting);
    Optional<Origin> origin = Dl4jInitializers.origin(initializer, fans);
    String title = Dl4jInitializers.name(initializer);
    if (origin.isEmpty()) {
      notices.add(
          "layer %s: the initializer %s is not in the table; the layer's signal is passed on as it is."
              .formatted(node.name(), title.isEmpty() ? "that is missing" : title));
    } else if (origin.get().mean() != 0) {
      notices.add(
          "layer %s: weights of its %s have mean %.3g; theory takes them as of mean 0, --measure does not."
              .formatted(node.name(), role, origin.get().mean()));
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
      Node node, List<String> from, List<Long> shape, List<Drawn> kernels, long out) {
    boolean biased = node.json().path("hasBias").asBoolean(true);
    Origin bias = Origin.constant(biased ? node.json().path("biasInit").asDouble(0) : 0);
    long parameters = biased ? out : 0;
    for (Drawn kernel : kernels) {
      parameters = Math.addExact(parameters, kernel.stored().size());
    }
    boolean strange = kernels.stream().anyMatch(k -> Double.isNaN(k.variance()));
    Effect effect =
        strange
            ? new Effect.Unknown()
            : new Effect.Weighted(kernels, bias.square(), bias.initializer(), activation(node));
    return new ModelLayer(node.name(), node.type(), from, shape, parameters, effect);
  }

  Optional<Activation> activation(Node node) {
    JsonNode function = node.json().path("activationFn");
    String type = Node.type(function).replaceFirst("^Activation", "");
    if (type.equals("LReLU") && Math.abs(function.path("alpha").asDouble(0.01) - 0.01) < 1e-9) {
      return Optional.of(Activation.LEAKY_RELU);
    }
    Optional<Activation> ours = Optional.ofNullable(ACTIVATIONS.get(type));
    if (ours.isEmpty() && !type.equals("Softmax")) {
      notices.add(
          "layer %s: the activation %s is not in the table; its signal is passed on as it is."
              .formatted(node.name(), type));
    }
    return ours;
  }
}
