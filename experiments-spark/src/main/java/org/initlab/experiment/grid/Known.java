package org.initlab.experiment.grid;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.initlab.experiment.Argument;

/**
 * The names that a study may use. They come from the tables of other rooms, so that this one needs
 * none of them.
 *
 * @param canonical for each argument of text, the canonical text of a value; it throws
 *     IllegalArgumentException with a complete message for a value that it does not know
 * @param metrics names of the table of metrics
 * @param objection what speaks against a cell whose values are all known, in a complete message;
 *     nothing if it can be run
 * @param metricObjection what speaks against a metric in a cell, in a complete message; nothing if
 *     it can be measured there
 */
public record Known(
    Map<Argument, UnaryOperator<String>> canonical,
    Set<String> metrics,
    Function<Map<String, String>, Optional<String>> objection,
    BiFunction<String, Map<String, String>, Optional<String>> metricObjection) {

  /** Names of which every metric suits every cell. */
  public Known(
      Map<Argument, UnaryOperator<String>> canonical,
      Set<String> metrics,
      Function<Map<String, String>, Optional<String>> objection) {
    this(canonical, metrics, objection, (metric, cell) -> Optional.empty());
  }

  public Known {
    canonical = Map.copyOf(canonical);
    metrics = Set.copyOf(metrics);
    for (Argument argument : Argument.values()) {
      if (argument.kind() == Argument.Kind.TEXT && !canonical.containsKey(argument)) {
        throw new IllegalArgumentException("Nothing knows the values of " + argument.key());
      }
    }
  }
}
