package org.initlab.experiment.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Trial;
import org.initlab.init.named.Nearest;

/**
 * The numbers in which a network trains, from weights that are drawn in single precision either
 * way.
 */
public enum Precision {
  /** Single: 24 bits, from 2^-126 on, and below with fewer bits down to 2^-149. */
  FLOAT32(Float.BYTES),
  /** Double: 53 bits, from 2^-1022 on. For reference: does rounding explain what is seen? */
  FLOAT64(Double.BYTES);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** Of a number. */
  int bytes() {
    return bytes;
  }

  /** The name in studies. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names, in the order of the table. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Precision::title).toList();
  }

  /** The row of this name. */
  public static Precision named(String name) {
    return Arrays.stream(values())
        .filter(p -> p.title().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(Nearest.unknown("precision", name, names())));
  }

  /** That of a trial. */
  static Precision of(Trial trial) {
    return named(trial.text(Argument.PRECISION.key()));
  }
}
