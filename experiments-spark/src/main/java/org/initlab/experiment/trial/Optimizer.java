package org.initlab.experiment.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.initlab.experiment.Trial;
import org.initlab.experiment.numeric.Descent;
import org.initlab.experiment.numeric.Descents;
import org.initlab.experiment.numeric.DoubleDescent;
import org.initlab.experiment.numeric.DoubleDescents;
import org.initlab.init.Rates;
import org.initlab.init.named.Nearest;

/** The rules of update, with what a study cannot vary of them. */
public enum Optimizer {
  /** {@code w -= rate * g}. */
  SGD,
  /** Polyak's heavy ball with the study's momentum. */
  MOMENTUM,
  /** Nesterov's accelerated gradient with the study's momentum (Sutskever et al. 2013). */
  NESTEROV,
  /** Tieleman and Hinton's RMSProp: decay {@value #RMS_DECAY}, epsilon 1e-8. */
  RMSPROP,
  /** Kingma and Ba's Adam: decays 0.9 and 0.999, epsilon 1e-8. */
  ADAM;

  /** Decay of RMSProp's mean of squared gradients. */
  public static final double RMS_DECAY = 0.9;

  /** Decay of Adam's mean of gradients. */
  public static final double ADAM_MEAN_DECAY = 0.9;

  /** Decay of Adam's mean of squared gradients. */
  public static final double ADAM_SQUARE_DECAY = 0.999;

  /** What is added to a root of squared gradients. */
  public static final double EPSILON = 1e-8;

  /** How an update depends on the size of the gradient. */
  Rates.Rule rule() {
    return switch (this) {
      case SGD, MOMENTUM, NESTEROV -> Rates.Rule.PROPORTIONAL;
      case RMSPROP, ADAM -> Rates.Rule.NORMALIZED;
    };
  }

  /** The rule for {@code size} parameters of a trial. */
  Descent descent(Trial trial, int size) {
    return switch (this) {
      case SGD -> Descents.sgd();
      case MOMENTUM -> Descents.momentum(size, (float) trial.number("momentum"));
      case NESTEROV -> Descents.nesterov(size, (float) trial.number("momentum"));
      case RMSPROP -> Descents.rmsProp(size, (float) RMS_DECAY, (float) EPSILON);
      case ADAM -> Descents.adam(size, ADAM_MEAN_DECAY, ADAM_SQUARE_DECAY, (float) EPSILON);
    };
  }

  /** The same in double precision. */
  DoubleDescent doubleDescent(Trial trial, int size) {
    return switch (this) {
      case SGD -> DoubleDescents.sgd();
      case MOMENTUM -> DoubleDescents.momentum(size, trial.number("momentum"));
      case NESTEROV -> DoubleDescents.nesterov(size, trial.number("momentum"));
      case RMSPROP -> DoubleDescents.rmsProp(size, RMS_DECAY, EPSILON);
      case ADAM -> DoubleDescents.adam(size, ADAM_MEAN_DECAY, ADAM_SQUARE_DECAY, EPSILON);
    };
  }

  /** The name in studies. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names, in the order of the table. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Optimizer::title).toList();
  }

  /** The row of this name. */
  public static Optimizer named(String name) {
    return Arrays.stream(values())
        .filter(o -> o.title().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no optimizer " + name + "." + Nearest.maybe(name, names())));
  }
}
