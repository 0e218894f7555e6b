package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.initlab.init.Activation;

/** Which of Keras's activations is which of ours. */
final class KerasActivations {

  private static final Map<String, Activation> OURS =
      Map.ofEntries(
          Map.entry("linear", Activation.IDENTITY),
          Map.entry("relu", Activation.RELU),
          Map.entry("elu", Activation.ELU),
          Map.entry("selu", Activation.SELU),
          Map.entry("gelu", Activation.GELU),
          Map.entry("swish", Activation.SILU),
          Map.entry("silu", Activation.SILU),
          Map.entry("mish", Activation.MISH),
          Map.entry("tanh", Activation.TANH),
          Map.entry("sigmoid", Activation.SIGMOID),
          Map.entry("softsign", Activation.SOFTSIGN),
          Map.entry("hard_tanh", Activation.HARD_TANH),
          Map.entry("softplus", Activation.SOFTPLUS));

  private KerasActivations() {}

  /** The name, of a word or of an object with a class or a name. */
  static String name(JsonNode activation) {
    if (activation.isMissingNode() || activation.isNull()) {
      return "linear";
    }
    if (activation.isTextual()) {
      return activation.asText();
    }
    JsonNode config = activation.path("config");
    return config.isTextual() ? config.asText() : activation.path("class_name").asText("an object");
  }

  /** Ours; nothing where there is none. */
  static Optional<Activation> of(String name) {
    return Optional.ofNullable(OURS.get(name.toLowerCase(Locale.ROOT)));
  }
}
