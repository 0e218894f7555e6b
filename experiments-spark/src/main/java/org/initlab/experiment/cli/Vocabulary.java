package org.initlab.experiment.cli;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Need;
import org.initlab.experiment.Trial;
import org.initlab.experiment.grid.Known;
import org.initlab.experiment.metric.Metrics;
import org.initlab.experiment.numeric.Padding;
import org.initlab.experiment.trial.Architectures;
import org.initlab.experiment.trial.Convolutions;
import org.initlab.experiment.trial.Costs;
import org.initlab.experiment.trial.Datasets;
import org.initlab.experiment.trial.Engines;
import org.initlab.experiment.trial.Loss;
import org.initlab.experiment.trial.Optimizer;
import org.initlab.experiment.trial.Precision;
import org.initlab.experiment.trial.Schedule;
import org.initlab.init.Activation;
import org.initlab.init.named.Named;
import org.initlab.init.named.Nearest;

/** Every name that a study may use, gathered from the tables that own them. */
final class Vocabulary {

  private Vocabulary() {}

  static List<String> activations() {
    return Arrays.stream(Activation.values()).map(Activation::title).toList();
  }

  static Known known() {
    Map<Argument, UnaryOperator<String>> canonical = new EnumMap<>(Argument.class);
    canonical.put(Argument.SCHEME, Named::canonicalScheme);
    canonical.put(Argument.CALIBRATOR, Named::canonicalCalibrator);
    canonical.put(Argument.ACTIVATION, oneOf("activation", activations()));
    canonical.put(Argument.DATASET, exactly("dataset", Datasets.names()));
    canonical.put(Argument.ARCHITECTURE, oneOf("architecture", Architectures.names()));
    canonical.put(Argument.ENGINE, exactly("engine", Engines.names()));
    canonical.put(Argument.OPTIMIZER, oneOf("optimizer", Optimizer.names()));
    canonical.put(Argument.SCHEDULE, oneOf("schedule", Schedule.names()));
    canonical.put(Argument.LOSS, oneOf("loss", Loss.names()));
    canonical.put(Argument.PRECISION, oneOf("precision", Precision.names()));
    canonical.put(Argument.PADDING, oneOf("padding", Padding.names()));
    canonical.put(
        Argument.DOWNSAMPLING,
        oneOf("downsampling", Convolutions.names(Convolutions.Downsampling.values())));
    canonical.put(Argument.HEAD, oneOf("head", Convolutions.names(Convolutions.Head.values())));
    return new Known(
        canonical,
        new TreeSet<>(Metrics.names()),
        oncePerKind(Vocabulary::objection),
        Vocabulary::metricObjection);
  }

  private static final Measure NOTHING = new Measure(List.of(), List.of(), Map.of());

  private static Optional<String> objection(Map<String, String> cell) {
    return Engines.objection(Trial.of("", cell, 0, 0, NOTHING));
  }

  /** Cells of one kind meet one objection, and a grid may have a million cells. */
  private static Function<Map<String, String>, Optional<String>> oncePerKind(
      Function<Map<String, String>, Optional<String>> objection) {
    Map<List<String>, Optional<String>> known = new ConcurrentHashMap<>();
    return cell -> known.computeIfAbsent(Costs.kind(cell), kind -> objection.apply(cell));
  }

  private static Optional<String> metricObjection(String metric, Map<String, String> cell) {
    if (validates(metric) && cell.get(Argument.VALIDATION_EXAMPLES.key()).equals("0")) {
      return Optional.of(
          "metric "
              + metric
              + " needs examples that are not learned, and validation_examples is 0. Write"
              + " validation_examples: 1000, say, under fixed; they are taken from the training"
              + " examples.");
    }
    String architecture = cell.get(Argument.ARCHITECTURE.key());
    if (!takesKernelsForMatrices(metric) || !Architectures.named(architecture).convolves()) {
      return Optional.empty();
    }
    List<String> others =
        Metrics.names().stream().filter(name -> !takesKernelsForMatrices(name)).toList();
    return Optional.of(
        "metric "
            + metric
            + " takes kernels for matrices from one layer's units to the next's, and architecture "
            + architecture
            + " has convolutions. Allowed there: "
            + String.join(", ", others)
            + ". Maybe gradient_moments.");
  }

  private static boolean takesKernelsForMatrices(String metric) {
    return Metrics.named(metric).create(NOTHING).takesKernelsForMatrices();
  }

  private static boolean validates(String metric) {
    return Metrics.named(metric).create(NOTHING).needs().contains(Need.VALIDATION);
  }

  /** Accepts a name of the list, a hyphen standing for an underscore. */
  private static UnaryOperator<String> oneOf(String what, List<String> names) {
    UnaryOperator<String> exactly = exactly(what, names);
    return text -> exactly.apply(text.strip().replace('-', '_'));
  }

  private static UnaryOperator<String> exactly(String what, List<String> names) {
    return text -> {
      if (!names.contains(text)) {
        throw new IllegalArgumentException(Nearest.unknown(what, text, names));
      }
      return text;
    };
  }
}
