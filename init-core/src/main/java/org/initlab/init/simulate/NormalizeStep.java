package org.initlab.init.simulate;

import java.util.List;
import org.initlab.init.model.Effect;
import org.initlab.init.random.Key;

/** Mean 0 and variance 1 for all numbers of a group. */
final class NormalizeStep implements Step {

  /** The group of each number of an example. */
  private final int[] groups;

  private final int number;
  private final boolean acrossExamples;
  private final int batch;
  private final double epsilon;
  private final double scale;
  private float[] standard = {};
  private double[] factors = {};

  NormalizeStep(Effect.Normalize effect, List<Long> shape, int batch) {
    this.batch = batch;
    this.acrossExamples = effect.over() == Effect.Over.BATCH;
    this.epsilon = effect.epsilon();
    this.scale = Math.sqrt(effect.scale());
    this.groups = new int[Taps.size(shape)];
    long[] at = new long[shape.size()];
    int most = 0;
    for (int i = 0; i < groups.length; i++) {
      groups[i] = group(effect, shape, at);
      most = Math.max(most, groups[i]);
      Taps.next(at, shape);
    }
    this.number = most + 1;
  }

  private static int group(Effect.Normalize effect, List<Long> shape, long[] at) {
    int channels = effect.axes().get(0);
    if (effect.over() == Effect.Over.GROUPS) {
      return (int) (at[channels] / (shape.get(channels) / effect.groups()));
    }
    boolean over = effect.over() == Effect.Over.AXES;
    int group = 0;
    for (int d = 0; d < at.length; d++) {
      if (effect.axes().contains(d) != over) {
        group = group * shape.get(d).intValue() + (int) at[d];
      }
    }
    return group;
  }

  private int group(int example, int i) {
    return acrossExamples ? groups[i] : example * number + groups[i];
  }

  @Override
  public float[] forward(List<float[]> inputs, Key key) {
    float[] x = inputs.get(0);
    double[] means = means(x, x, false);
    standard = new float[x.length];
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < groups.length; i++) {
        int at = b * groups.length + i;
        standard[at] = (float) (x[at] - means[group(b, i)]);
      }
    }
    double[] variances = means(standard, standard, true);
    factors = new double[variances.length];
    for (int g = 0; g < factors.length; g++) {
      factors[g] = 1 / Math.sqrt(variances[g] + epsilon);
    }
    float[] y = new float[x.length];
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < groups.length; i++) {
        int at = b * groups.length + i;
        standard[at] *= (float) factors[group(b, i)];
        y[at] = (float) (scale * standard[at]);
      }
    }
    return y;
  }

  /** The groups' means of one array, or of the product of two. */
  private double[] means(float[] x, float[] y, boolean product) {
    double[] sums = new double[acrossExamples ? number : batch * number];
    int[] counts = new int[sums.length];
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < groups.length; i++) {
        int at = b * groups.length + i;
        sums[group(b, i)] += product ? (double) x[at] * y[at] : x[at];
        counts[group(b, i)]++;
      }
    }
    for (int g = 0; g < sums.length; g++) {
      sums[g] /= counts[g];
    }
    return sums;
  }

  @Override
  public List<float[]> backward(float[] gradient) {
    double[] means = means(gradient, gradient, false);
    double[] overlaps = means(gradient, standard, true);
    float[] g = new float[gradient.length];
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < groups.length; i++) {
        int at = b * groups.length + i;
        int of = group(b, i);
        double rest = gradient[at] - means[of] - standard[at] * overlaps[of];
        g[at] = (float) (scale * factors[of] * rest);
      }
    }
    return List.of(g);
  }
}
