package org.initlab.init.theory;

import java.util.List;

/**
 * How far the length of a signal strays from the length map because layers are not infinitely wide.
 *
 * <p>Formula, to leading order in 1 / n: Var ln q' = (d ln q' / d ln q)^2 Var ln q + sigma_w^4
 * (E[f^4] - E[f^2]^2) / (n q'^2). For ReLU without biases this adds 5 / n a layer: Var ln M = 5 sum
 * 1 / n_l. Source: Hanin and Rolnick 2018; the factor 5 is E[f^4] / E[f^2]^2 - 1.
 *
 * <p>It is not exact: at L / n = 1 the variance is a quarter larger. {@link #secondMomentOfRelu} is
 * exact, but cannot be seen in a sample, since its mean comes from rare networks.
 */
public final class FiniteWidth {

  private FiniteWidth() {}

  /**
   * The variance, over random networks, of the logarithm of the length that pre-activations have
   * after hidden layers of these widths.
   *
   * @param start the length of the pre-activations of the first hidden layer
   */
  public static double logVariance(
      GaussianIntegral integral, Variances variances, double start, List<Integer> widths) {
    LengthMap map = new LengthMap(integral, variances);
    double variance = 0;
    double q = start;
    for (int width : widths) {
      double next = map.of(q);
      double slope = map.slope(q) * q / next;
      double square = integral.square(q);
      double weight = variances.weight();
      double noise = weight * weight * (integral.fourth(q) - square * square) / (next * next);
      variance = slope * slope * variance + noise / width;
      q = next;
    }
    return variance;
  }

  /**
   * E[M^2] / E[M]^2 for the mean square M of the last layer of a ReLU network without biases: the
   * product of 1 + 5 / n_l, exact at any width.
   */
  public static double secondMomentOfRelu(List<Integer> widths) {
    return widths.stream().mapToDouble(n -> 1 + 5.0 / n).reduce(1, (a, b) -> a * b);
  }
}
