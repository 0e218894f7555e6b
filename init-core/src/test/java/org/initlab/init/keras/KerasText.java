package org.initlab.init.keras;

/** Writes small Keras models for tests, as {@code to_json()} writes them. */
public final class KerasText {

  private KerasText() {}

  /** A Sequential model of Keras 2 with these layers; the first has its input's shape. */
  public static String sequential(String... layers) {
    return "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"m\", \"layers\": ["
        + String.join(", ", layers)
        + "]}, \"keras_version\": \"2.15.0\", \"backend\": \"tensorflow\"}";
  }

  /** A layer with these settings, in JSON. */
  public static String layer(String type, String name, String settings) {
    return "{\"class_name\": \"%s\", \"config\": {\"name\": \"%s\"%s}}"
        .formatted(type, name, settings.isEmpty() ? "" : ", " + settings);
  }

  /** The input, with lengths like 28, 28, 1. */
  public static String input(String lengths) {
    return layer("InputLayer", "input", "\"batch_input_shape\": [null, " + lengths + "]");
  }

  /** A dense layer with one of Keras's initializers, its settings in JSON. */
  public static String dense(
      String name, long units, String activation, String initializer, String settings) {
    return layer(
        "Dense",
        name,
        "\"units\": %d, \"activation\": \"%s\", \"use_bias\": true, \"kernel_initializer\": {\"class_name\": \"%s\", \"config\": {%s}}, \"bias_initializer\": {\"class_name\": \"Zeros\", \"config\": {}}"
            .formatted(units, activation, initializer, settings));
  }

  /** Hidden layers alike, then ten classes. */
  public static String mlp(
      int depth, long width, String activation, String initializer, String settings) {
    String[] layers = new String[depth + 2];
    layers[0] = input(String.valueOf(width));
    for (int i = 1; i <= depth; i++) {
      layers[i] = dense("hidden_" + i, width, activation, initializer, settings);
    }
    layers[depth + 1] = dense("output", 10, "softmax", "GlorotUniform", "");
    return sequential(layers);
  }
}
