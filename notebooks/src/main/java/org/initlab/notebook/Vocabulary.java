package org.initlab.notebook;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.experiment.Argument;
import org.initlab.experiment.metric.Metrics;
import org.initlab.experiment.trial.Architectures;
import org.initlab.experiment.trial.Datasets;
import org.initlab.init.Activation;
import org.initlab.init.named.Named;
import org.initlab.init.named.Nearest;
import org.initlab.init.named.Row;
import org.initlab.init.named.RuleRow;

/** The names that a cell may write in quotes. */
public final class Vocabulary {

  private Vocabulary() {}

  /** All of them, the most likely first. */
  public static Stream<String> names() {
    return Stream.of(
            initializers(),
            Named.schemeRows().stream().map(RuleRow::name).toList(),
            activations(),
            Metrics.names(),
            Datasets.names(),
            Architectures.names(),
            Arrays.stream(Argument.values()).map(Argument::key).toList())
        .flatMap(List::stream)
        .distinct();
  }

  static List<String> initializers() {
    return Named.rows().stream().map(Row::name).toList();
  }

  static List<String> activations() {
    return Arrays.stream(Activation.values()).map(Activation::title).toList();
  }

  /** The activation of this name; a hyphen stands for an underscore. */
  static Activation activation(String name) {
    String plain = name.strip().replace('-', '_');
    return Arrays.stream(Activation.values())
        .filter(a -> a.title().equalsIgnoreCase(plain))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(Nearest.unknown("activation", name, activations())));
  }
}
