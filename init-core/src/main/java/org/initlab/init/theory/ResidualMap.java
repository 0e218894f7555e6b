package org.initlab.init.theory;

/**
 * How lengths and gradients grow through residual blocks x' = x + V f(W x + b), without
 * normalization.
 *
 * <p>Formula: with q = sigma_w^2 p + sigma_b^2, p' = p + s E[f^2]; the mean square of gradients
 * changes by 1 + s sigma_w^2 E[f'^2] a block. Source: Yang and Schoenholz 2017 (their reduced
 * network has no V: s = 1). For tanh p grows like l and the logarithm of gradients like sqrt(l);
 * for ReLU both are exponential.
 *
 * <p>It is not the law of a network whose branches are normalized, or scaled by depth.
 *
 * @param integral the activation's integrals
 * @param variances sigma_w^2 and sigma_b^2 of W and b
 * @param branch s = fan_in Var[V], 1 where there is no V
 */
public record ResidualMap(GaussianIntegral integral, Variances variances, double branch) {

  public ResidualMap {
    if (!(branch >= 0) || Double.isInfinite(branch)) {
      throw new IllegalArgumentException(
          "The variance of a branch must be a finite number of at least 0, not " + branch + ".");
    }
  }

  /** The mean square of the stream after one more block. */
  public double of(double p) {
    return p + branch * integral.square(inner(p));
  }

  /** The factor of the mean square of gradients through a block that p enters. */
  public double gradientFactor(double p) {
    return 1 + branch * variances.weight() * integral.slopeSquare(inner(p));
  }

  /** The mean squares p_0 = {@code start}, p_1, ..., p_depth. */
  public double[] lengths(double start, int depth) {
    double[] lengths = new double[depth + 1];
    lengths[0] = start;
    for (int l = 1; l <= depth; l++) {
      lengths[l] = of(lengths[l - 1]);
    }
    return lengths;
  }

  /**
   * ln of the mean square of gradients at the input by that at the output of the first 0, 1, ...,
   * depth blocks.
   */
  public double[] logGradients(double start, int depth) {
    double[] p = lengths(start, depth);
    double[] logs = new double[depth + 1];
    for (int l = 1; l <= depth; l++) {
      logs[l] = logs[l - 1] + Math.log(gradientFactor(p[l - 1]));
    }
    return logs;
  }

  private double inner(double p) {
    return variances.weight() * p + variances.bias();
  }
}
