package org.initlab.experiment.trial;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Trial;

/**
 * The costs of many trials of one study: trials of one kind cost the same, and a grid of a million
 * trials has few kinds.
 */
public final class Costs {

  /** Numbers that change what a network learns, and neither its layers nor what runs it. */
  private static final Set<Argument> IRRELEVANT =
      EnumSet.of(Argument.LEARNING_RATE, Argument.MOMENTUM, Argument.WEIGHT_DECAY, Argument.WARMUP);

  private final Map<List<String>, Cost> known = new HashMap<>();

  /** The cost of this trial. */
  public Cost of(Trial trial) {
    return known.computeIfAbsent(kind(trial), kind -> Cost.of(trial));
  }

  /** What decides a trial's network, engine and cost; equal for trials that differ in none. */
  public static List<String> kind(Trial trial) {
    return kind(trial.cell());
  }

  /** The same of a cell. */
  public static List<String> kind(Map<String, String> cell) {
    return Stream.of(Argument.values())
        .filter(argument -> !IRRELEVANT.contains(argument))
        .map(argument -> cell.getOrDefault(argument.key(), ""))
        .toList();
  }
}
