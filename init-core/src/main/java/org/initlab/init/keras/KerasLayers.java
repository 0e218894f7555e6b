package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.initlab.init.Activation;
import org.initlab.init.model.Effect;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;

/**
 * The table of Keras's layers: from a layer's JSON and its inputs to its output's shape, its
 * parameters and what it does to a signal.
 */
final class KerasLayers {

  private static final Set<String> PASSING =
      Set.of(
          "Dropout",
          "SpatialDropout1D",
          "SpatialDropout2D",
          "SpatialDropout3D",
          "GaussianDropout",
          "GaussianNoise",
          "AlphaDropout",
          "ActivityRegularization",
          "Masking");

  private final List<String> notices;

  private final JsonNode modelInput;

  /**
   * The table.
   *
   * @param notices gets what cannot be told
   * @param modelInput the shape that the model was built on, for a first layer that has none
   */
  KerasLayers(List<String> notices, JsonNode modelInput) {
    this.notices = notices;
    this.modelInput = modelInput;
  }

  /** The layer of this name. */
  ModelLayer layer(String name, JsonNode json, List<ModelLayer> inputs) throws ModelFileException {
    String type = json.path("class_name").asText("");
    Settings settings = new Settings(name, json.path("config"));
    List<String> names = inputs.stream().map(ModelLayer::name).toList();
    if (type.equals("InputLayer")) {
      return new ModelLayer(name, type, names, given(settings, json), 0, new Effect.Input());
    }
    List<Long> in = inputs.isEmpty() ? given(settings, json) : inputs.get(0).shape();
    ModelLayer built = built(name, type, settings, names, in, inputs);
    if (built.effect() instanceof Effect.Unknown) {
      notices.add(
          "layer %s: a %s is not known; its signal is passed on as it is, and its output's shape is taken for its input's."
              .formatted(name, type));
    }
    return built;
  }

  private ModelLayer built(
      String name,
      String type,
      Settings settings,
      List<String> names,
      List<Long> in,
      List<ModelLayer> inputs)
      throws ModelFileException {
    if (PASSING.contains(type)) {
      return new ModelLayer(name, type, names, in, 0, new Effect.Pass());
    }
    if (Reshaping.knows(type)) {
      return new ModelLayer(
          name,
          type,
          names,
          Reshaping.shape(type, settings, known(settings, in)),
          0,
          Reshaping.effect(type, settings, in));
    }
    if (Weights.knows(type)) {
      return Weights.layer(name, type, settings, names, known(settings, in), notices);
    }
    switch (type) {
      case "BatchNormalization", "LayerNormalization", "GroupNormalization":
        return new ModelLayer(
            name, type, names, in, normalized(type, settings, in), new Effect.Normalize());
      case "Activation":
        return activation(
            name, type, names, in, KerasActivations.name(settings.node("activation")));
      case "ReLU":
        boolean plain = slope(settings, "negative_slope") == 0 && slope(settings, "threshold") == 0;
        if (plain && settings.has("max_value")) {
          once(
              "ReLUs that end at a max_value are taken for ReLUs: right where sums stay below it.");
        }
        return activation(name, type, names, in, plain ? "relu" : "a ReLU of another shape");
      case "LeakyReLU":
        double slope =
            settings.has("alpha") ? slope(settings, "alpha") : slope(settings, "negative_slope");
        return Math.abs(slope - 0.01) < 1e-6
            ? new ModelLayer(
                name, type, names, in, 0, new Effect.Activate(Optional.of(Activation.LEAKY_RELU)))
            : activation(name, type, names, in, "a leaky ReLU of slope " + slope);
      case "ELU":
        return activation(name, type, names, in, "elu");
      case "Softmax":
        return activation(name, type, names, in, "softmax");
      case "Add", "Average", "Subtract":
        double factor = type.equals("Average") ? 1.0 / names.size() : 1;
        return new ModelLayer(name, type, names, in, 0, new Effect.Sum(factor));
      case "Concatenate":
        return new ModelLayer(
            name, type, names, Reshaping.joined(settings, inputs), 0, new Effect.Concatenate());
      default:
        return new ModelLayer(name, type, names, in, 0, new Effect.Unknown());
    }
  }

  private void once(String notice) {
    if (!notices.contains(notice)) {
      notices.add(notice);
    }
  }

  private static double slope(Settings settings, String key) {
    JsonNode value = settings.node(key);
    return (value.isObject() ? value.path("config").path("value") : value).asDouble(0);
  }

  private ModelLayer activation(
      String name, String type, List<String> names, List<Long> in, String activation) {
    Optional<Activation> ours = KerasActivations.of(activation);
    if (ours.isEmpty() && !activation.equals("softmax")) {
      notices.add(
          "layer %s: the activation %s is not in the table; its signal is passed on as it is."
              .formatted(name, activation));
    }
    return new ModelLayer(name, type, names, in, 0, new Effect.Activate(ours));
  }

  private static long normalized(String type, Settings settings, List<Long> in)
      throws ModelFileException {
    List<Long> shape = known(settings, in);
    JsonNode axis = settings.node("axis");
    int at = (axis.isArray() ? axis.path(0) : axis).asInt(-1);
    // Keras counts the batch as axis 0.
    long length = shape.get(at < 0 ? shape.size() + at : at - 1);
    int each =
        (settings.flag("scale", true) ? 1 : 0)
            + (settings.flag("center", true) ? 1 : 0)
            + (type.equals("BatchNormalization") ? 2 : 0);
    return each * length;
  }

  /** The shape that a first layer was given, without the batch. */
  private List<Long> given(Settings settings, JsonNode json) throws ModelFileException {
    for (JsonNode shape :
        List.of(
            settings.node("batch_shape"),
            settings.node("batch_input_shape"),
            json.path("build_config").path("input_shape"),
            modelInput)) {
      if (shape.isArray() && shape.size() > 0) {
        List<Long> lengths = new ArrayList<>();
        for (int i = 1; i < shape.size(); i++) {
          lengths.add(shape.get(i).isNull() ? -1 : shape.get(i).asLong());
        }
        return lengths;
      }
    }
    throw new ModelFileException(
        "layer %s: the shape of its input is missing. Maybe build the model before it is written, or give it an Input layer."
            .formatted(settings.layer()));
  }

  /** A shape that a layer with weights can be built on. */
  private static List<Long> known(Settings settings, List<Long> shape) throws ModelFileException {
    if (shape.isEmpty()) {
      throw new ModelFileException(
          "layer %s: the shape of its input is not known.".formatted(settings.layer()));
    }
    return shape;
  }
}
