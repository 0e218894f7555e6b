package org.initlab.experiment;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of a trial's arguments: what may stand under {@code fixed} and {@code axes}. The kind
 * also types the argument's column in the table of trials.
 */
public enum Argument {
  ARCHITECTURE("architecture", Kind.TEXT, "mlp", "the shape of the network"),
  DATASET("dataset", Kind.TEXT, null, "what is learned"),
  SCHEME(
      "scheme",
      Kind.TEXT,
      null,
      "an initializer for all kernels (biases start at 0), or a rule for the whole network"),
  CALIBRATOR("calibrator", Kind.TEXT, "none", "what changes the drawn weights by looking at data"),
  ACTIVATION("activation", Kind.TEXT, "tanh", "the nonlinearity of the hidden layers"),
  DEPTH("depth", Kind.INTEGER, null, "hidden layers, convolutions or blocks, at least 1"),
  WIDTH("width", Kind.INTEGER, null, "units or channels of a hidden layer, at least 1"),
  KERNEL("kernel", Kind.INTEGER, "3", "side of a convolution's window, at least 1"),
  PADDING("padding", Kind.TEXT, "same", "of convolutions: same, valid or circular"),
  HALVINGS("halvings", Kind.INTEGER, "2", "times a cnn halves its image, from 0"),
  DOWNSAMPLING("downsampling", Kind.TEXT, "max_pool", "how: max_pool, average_pool or stride"),
  GROWTH("growth", Kind.INTEGER, "2", "times as many channels behind each halving, at least 1"),
  HEAD("head", Kind.TEXT, "flatten", "behind convolutions: flatten or global_average"),
  HEAD_UNITS("head_units", Kind.INTEGER, "0", "units of a dense layer there, 0 for none"),
  OPTIMIZER("optimizer", Kind.TEXT, "sgd", "sgd, momentum, nesterov, rmsprop or adam"),
  LEARNING_RATE("learning_rate", Kind.NUMBER, null, "step size, above 0"),
  MOMENTUM("momentum", Kind.NUMBER, "0.9", "of momentum and nesterov, from 0 to below 1"),
  WEIGHT_DECAY(
      "weight_decay", Kind.NUMBER, "0.0", "times a kernel is added to its gradient, from 0"),
  SCHEDULE("schedule", Kind.TEXT, "constant", "of the learning rate: constant, linear or cosine"),
  WARMUP("warmup", Kind.INTEGER, "0", "first updates, over which the learning rate rises"),
  LOSS("loss", Kind.TEXT, "cross_entropy", "cross_entropy or squared_error"),
  PRECISION("precision", Kind.TEXT, "float32", "in which it trains: float32 or float64"),
  BATCH("batch", Kind.INTEGER, "10", "examples an update, at least 1"),
  STEPS("steps", Kind.INTEGER, null, "updates, 0 to measure the initialization alone"),
  TEST_EXAMPLES("test_examples", Kind.INTEGER, "1000", "held-out examples for loss and error"),
  PROBE_EXAMPLES("probe_examples", Kind.INTEGER, "300", "held-out examples for layer statistics"),
  VALIDATION_EXAMPLES(
      "validation_examples",
      Kind.INTEGER,
      "0",
      "training examples that are not learned, to choose by, from 0"),
  ENGINE(
      "engine", Kind.TEXT, "auto", "what trains: auto, fused, fused-cuda, stacked, dl4j or double");

  private static final Set<Argument> LATER =
      EnumSet.of(
          KERNEL,
          PADDING,
          HALVINGS,
          DOWNSAMPLING,
          GROWTH,
          HEAD,
          HEAD_UNITS,
          PRECISION,
          VALIDATION_EXAMPLES);

  private static final Map<String, Argument> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toMap(Argument::key, argument -> argument));

  /** How an argument's value is written and stored. */
  public enum Kind {
    TEXT,
    INTEGER,
    NUMBER
  }

  private final String key;
  private final Kind kind;
  private final String standard;
  private final String says;

  Argument(String key, Kind kind, String standard, String says) {
    this.key = key;
    this.kind = kind;
    this.standard = standard;
    this.says = says;
  }

  /** The name in a study. */
  public String key() {
    return key;
  }

  public Kind kind() {
    return kind;
  }

  /** The value of a study that does not name the argument; empty where it must. */
  public Optional<String> standard() {
    return Optional.ofNullable(standard);
  }

  /** What it means, in a few words. */
  public String says() {
    return says;
  }

  /**
   * Whether a value of this argument enters a trial's id and a run folder's: always, but for those
   * that came later (of convolutions, precision and validation), where they are as usual. So the
   * results of studies that do not name them keep their names.
   */
  public boolean identifies(String value) {
    return !LATER.contains(this) || !value.equals(standard);
  }

  /** The row of this name. */
  public static Optional<Argument> of(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }
}
