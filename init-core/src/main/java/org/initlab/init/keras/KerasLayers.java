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
  private final List<JsonNode> modelInputs;
  private final Inputs entrance;

  /**
   * The table.
   *
   * @param notices gets what cannot be told
   * @param modelInputs where the file may have the shape that the model was built on, for a first
   *     layer that has none
   * @param inputShape for lengths that the file leaves open; may be empty
   */
  KerasLayers(List<String> notices, List<JsonNode> modelInputs, List<Long> inputShape) {
    this.notices = notices;
    this.modelInputs = modelInputs;
    this.entrance = new Inputs(inputShape);
  }

  /** The layer of this name. */
  ModelLayer layer(String name, JsonNode json, List<ModelLayer> inputs) throws ModelFileException {
    String type = json.path("class_name").asText("");
    if (type.isEmpty()) {
      throw new ModelFileException("layer " + name + ": it has no class_name.");
    }
    Settings settings = new Settings(name, json.path("config"));
    List<String> names = inputs.stream().map(ModelLayer::name).toList();
    List<Long> in = inputs.isEmpty() ? given(settings, json) : inputs.get(0).shape();
    if (type.equals("InputLayer")) {
      Effect effect = inputs.isEmpty() ? new Effect.Input() : new Effect.Pass();
      return new ModelLayer(name, type, names, in, 0, effect);
    }
    if (in.isEmpty() && !PASSING.contains(type)) {
      throw settings.amiss("its input has no lengths, and a " + type + " needs at least one.");
    }
    int known = notices.size();
    ModelLayer built = built(type, settings, names, in, inputs);
    if (built.effect() instanceof Effect.Unknown && notices.size() == known) {
      notices.add(
          "layer %s: a %s is not known; its signal is passed on as it is, and its output's shape is taken for its input's."
              .formatted(name, type));
    }
    return built;
  }

  private ModelLayer built(
      String type, Settings settings, List<String> names, List<Long> in, List<ModelLayer> inputs)
      throws ModelFileException {
    if (PASSING.contains(type)) {
      return plain(type, settings, names, in, new Effect.Pass());
    }
    if (Reshaping.knows(type)) {
      return new Reshaping(type, settings, in).layer(names);
    }
    if (Weights.knows(type)) {
      return new Weights(type, settings, names, in, notices).layer();
    }
    if (Normalizing.knows(type)) {
      return new Normalizing(type, settings, in).layer(names);
    }
    if (Joining.knows(type)) {
      return new Joining(type, settings, inputs).layer();
    }
    return switch (type) {
      case "Activation" ->
          activation(type, settings, names, in, KerasActivations.name(settings.node("activation")));
      case "ReLU" -> rectifier(type, settings, names, in);
      case "LeakyReLU" -> {
        double slope =
            settings.has("alpha")
                ? settings.number("alpha", 0.3)
                : settings.number("negative_slope", 0.3);
        yield Math.abs(slope - 0.01) < 1e-6
            ? plain(
                type, settings, names, in, new Effect.Activate(Optional.of(Activation.LEAKY_RELU)))
            : activation(type, settings, names, in, "a leaky ReLU of slope " + slope);
      }
      case "ELU" ->
          activation(
              type,
              settings,
              names,
              in,
              settings.number("alpha", 1) == 1
                  ? "elu"
                  : "an ELU of alpha " + settings.number("alpha", 1));
      case "Softmax" -> activation(type, settings, names, in, "softmax");
      default -> plain(type, settings, names, in, new Effect.Unknown());
    };
  }

  private ModelLayer rectifier(String type, Settings settings, List<String> names, List<Long> in)
      throws ModelFileException {
    boolean plain =
        settings.number("negative_slope", 0) == 0 && settings.number("threshold", 0) == 0;
    if (plain && settings.has("max_value")) {
      once("ReLUs that end at a max_value are taken for ReLUs: right where sums stay below it.");
    }
    return activation(type, settings, names, in, plain ? "relu" : "a ReLU of another shape");
  }

  private static ModelLayer plain(
      String type, Settings settings, List<String> names, List<Long> in, Effect effect) {
    return new ModelLayer(settings.layer(), type, names, in, 0, effect);
  }

  private void once(String notice) {
    if (!notices.contains(notice)) {
      notices.add(notice);
    }
  }

  private ModelLayer activation(
      String type, Settings settings, List<String> names, List<Long> in, String activation) {
    Optional<Activation> ours = KerasActivations.of(activation);
    if (ours.isEmpty() && !activation.equals("softmax")) {
      notices.add(
          "layer %s: the activation %s is not in the table; its signal is passed on as it is."
              .formatted(settings.layer(), activation));
    }
    return plain(type, settings, names, in, new Effect.Activate(ours));
  }

  /** The shape that a first layer was given, without the batch. */
  private List<Long> given(Settings settings, JsonNode json) throws ModelFileException {
    List<JsonNode> places = new ArrayList<>();
    places.add(settings.node("batch_shape"));
    places.add(settings.node("batch_input_shape"));
    places.add(json.path("build_config").path("input_shape"));
    places.addAll(modelInputs);
    return entrance.shape(settings, places);
  }
}
