package org.initlab.experiment.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.initlab.init.named.Nearest;

/**
 * How the learning rate goes over a trial: the factor of the study's rate at an update, after a
 * warm-up in which it rises linearly (Goyal et al. 2017, section 2.2).
 */
public enum Schedule {
  /** 1. */
  CONSTANT {
    @Override
    double after(double part) {
      return 1;
    }
  },
  /** From 1 down a line to 0 after the last update. */
  LINEAR {
    @Override
    double after(double part) {
      return 1 - part;
    }
  },
  /** {@code (1 + cos(pi t / T)) / 2} (Loshchilov and Hutter 2017, equation 5, one period). */
  COSINE {
    @Override
    double after(double part) {
      return (1 + StrictMath.cos(Math.PI * part)) / 2;
    }
  };

  /** The factor where this part of the updates after the warm-up is done. */
  abstract double after(double part);

  /**
   * The factor of an update.
   *
   * @param update its number, from 1
   * @param steps all updates
   * @param warmup the factor is {@code update / (warmup + 1)} in the first {@code warmup} updates
   */
  public double factor(long update, long steps, long warmup) {
    return update <= warmup
        ? (double) update / (warmup + 1)
        : after((double) (update - 1 - warmup) / (steps - warmup));
  }

  /** The name in studies. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names, in the order of the table. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Schedule::title).toList();
  }

  /** The row of this name. */
  public static Schedule named(String name) {
    return Arrays.stream(values())
        .filter(s -> s.title().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(Nearest.unknown("schedule", name, names())));
  }
}
