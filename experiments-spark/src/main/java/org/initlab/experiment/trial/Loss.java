package org.initlab.experiment.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.initlab.init.named.Nearest;

/**
 * What training lowers: the cost of one example as a function of the output layer's pre-activations
 * s, with p = softmax(s) and y the label's one-hot vector. The loss of a batch is the mean. Where a
 * data set's labels stand for vectors of their own, squared_error is the {@link Distance} to these,
 * without a softmax.
 */
public enum Loss implements Goal {
  /** {@code C = -log p_label}; {@code dC/ds = p - y}. */
  CROSS_ENTROPY {
    @Override
    double of(double[] p, double logLabel, int label) {
      return -logLabel;
    }

    @Override
    void slope(double[] p, int label) {
      p[label] -= 1;
    }
  },
  /**
   * {@code C = 1/2 |p - y|^2}, the quadratic cost on the softmax's outputs of Glorot and Bengio
   * (2010, section 4.1); {@code dC/ds_k = p_k (g_k - sum_j g_j p_j)} with {@code g = p - y}.
   */
  SQUARED_ERROR {
    @Override
    double of(double[] p, double logLabel, int label) {
      double sum = 0;
      for (int k = 0; k < p.length; k++) {
        double g = p[k] - (k == label ? 1 : 0);
        sum += g * g;
      }
      return sum / 2;
    }

    @Override
    void slope(double[] p, int label) {
      double mean = 0;
      for (int k = 0; k < p.length; k++) {
        mean += p[k] * (p[k] - (k == label ? 1 : 0));
      }
      for (int k = 0; k < p.length; k++) {
        p[k] *= p[k] - (k == label ? 1 : 0) - mean;
      }
    }
  };

  abstract double of(double[] p, double logLabel, int label);

  /** Replaces p by dC/ds. */
  abstract void slope(double[] p, int label);

  /** The name in studies. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names, in the order of the table. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Loss::title).toList();
  }

  /** The row of this name. */
  public static Loss named(String name) {
    return Arrays.stream(values())
        .filter(l -> l.title().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no loss " + name + "." + Nearest.maybe(name, names())));
  }

  @Override
  public double of(float[] s, int at, int classes, int label) {
    double[] p = new double[classes];
    copy(s, at, p);
    double own = p[label];
    double logSum = softmax(p);
    return of(p, own - logSum, label);
  }

  @Override
  public double of(float[] s, int at, int label, double[] room, float[] slope) {
    copy(s, at, room);
    double cost = replace(room, label);
    for (int k = 0; k < room.length; k++) {
      slope[at + k] = (float) room[k];
    }
    return cost;
  }

  @Override
  public float target(int label, int output) {
    return output == label ? 1 : 0;
  }

  /** Whether the label's output is the greatest, the first of equal ones; NaN answers nothing. */
  @Override
  public boolean right(float[] s, int at, int classes, int label) {
    for (int k = 0; k < classes; k++) {
      boolean less = k < label ? s[at + k] < s[at + label] : s[at + k] <= s[at + label];
      if (!less) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double replace(double[] s, int label) {
    double own = s[label];
    double logSum = softmax(s);
    double cost = of(s, own - logSum, label);
    slope(s, label);
    return cost;
  }

  private static void copy(float[] s, int at, double[] into) {
    for (int k = 0; k < into.length; k++) {
      into[k] = s[at + k];
    }
  }

  /** Replaces s by its softmax and returns log(sum(exp(s))). */
  private static double softmax(double[] s) {
    double most = Double.NEGATIVE_INFINITY;
    for (double x : s) {
      most = Math.max(most, x);
    }
    double sum = 0;
    for (int k = 0; k < s.length; k++) {
      s[k] = Math.exp(s[k] - most);
      sum += s[k];
    }
    for (int k = 0; k < s.length; k++) {
      s[k] /= sum;
    }
    return most + Math.log(sum);
  }
}
