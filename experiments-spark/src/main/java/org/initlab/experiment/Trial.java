package org.initlab.experiment;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One training run to be done: names and numbers only, so that it travels to an executor.
 *
 * @param id hash of everything below but the study's name and what {@link Argument#identifies} not
 * @param study name of the study that asked first
 * @param cell every resolved argument, fixed or from an axis, as canonical text by name
 * @param repeat seed index, from 0; trials of one repeat share data and order
 * @param seed the study's seed
 * @param measure what to measure and when
 */
public record Trial(
    TrialId id, String study, Map<String, String> cell, int repeat, long seed, Measure measure)
    implements Serializable {

  public Trial {
    cell = Collections.unmodifiableMap(new TreeMap<>(cell));
  }

  /** The trial of these arguments, with its id. */
  public static Trial of(
      String study, Map<String, String> cell, int repeat, long seed, Measure measure) {
    StringBuilder text = new StringBuilder("initlab trial 1\n");
    new TreeMap<>(cell)
        .forEach(
            (k, v) -> {
              if (Argument.of(k).map(argument -> argument.identifies(v)).orElse(true)) {
                text.append(k).append('=').append(v).append('\n');
              }
            });
    text.append("repeat=").append(repeat).append('\n');
    text.append("seed=").append(seed).append('\n');
    text.append("measure=").append(measure.canonical()).append('\n');
    return new Trial(TrialId.ofText(text.toString()), study, cell, repeat, seed, measure);
  }

  /** The text of an argument. */
  public String text(String name) {
    String value = cell.get(name);
    if (value == null) {
      throw new IllegalArgumentException("Trial " + id.brief() + " has no argument " + name);
    }
    return value;
  }

  /** A whole-numbered argument. */
  public int integer(String name) {
    return Integer.parseInt(text(name));
  }

  /** A numeric argument. */
  public double number(String name) {
    return Double.parseDouble(text(name));
  }
}
