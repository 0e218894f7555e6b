package org.initlab.init.theory;

/**
 * The two kernels of an infinitely wide multi-layer perceptron with a linear output.
 *
 * <p>Formula: K_0 = sigma_w^2 x.y / d + sigma_b^2, K_l = sigma_w^2 E[f(u) f(v)] + sigma_b^2 with
 * (u, v) of covariance K_(l-1); T_0 = K_0, T_l = K_l + T_(l-1) sigma_w^2 E[f'(u) f'(v)]. Source:
 * Lee et al. 2018 for K; Jacot et al. 2018 for T.
 *
 * <p>T is the tangent kernel in the parametrization that divides each sum by sqrt(fan-in) outside
 * of its weights; in the standard one, kernels of layers are weighted by their widths.
 *
 * @param integral the activation's integrals
 * @param variances sigma_w^2 and sigma_b^2 of every layer
 * @param hidden number of hidden layers, at least 0
 */
public record MlpKernel(GaussianIntegral integral, Variances variances, int hidden) {

  public MlpKernel {
    if (hidden < 0) {
      throw new IllegalArgumentException(
          "hidden is a number of layers of at least 0, not " + hidden + ".");
    }
  }

  /**
   * Kernels over all pairs of inputs.
   *
   * @param nngp K: the covariance of random networks' outputs
   * @param ntk T: the inner product of the gradients of outputs
   */
  public record Kernels(double[][] nngp, double[][] ntk) {}

  /**
   * The kernels of inputs with these mean products x.y / d.
   *
   * @throws IllegalArgumentException if an input is 0 and there are no biases: it has no direction
   */
  public Kernels of(double[][] products) {
    int n = products.length;
    double[][] nngp = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        nngp[i][j] = variances.weight() * products[i][j] + variances.bias();
      }
    }
    double[][] ntk = copy(nngp);
    for (int l = 0; l < hidden; l++) {
      double[][] before = copy(nngp);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          layer(before, nngp, ntk, i, j);
        }
      }
    }
    return new Kernels(nngp, ntk);
  }

  private void layer(double[][] before, double[][] nngp, double[][] ntk, int i, int j) {
    double q1 = before[i][i];
    double q2 = before[j][j];
    double value;
    double slope;
    if (i == j) {
      value = integral.square(q1);
      slope = integral.slopeSquare(q1);
    } else {
      PairIntegral pair = integral.pair(q1, q2);
      double c = before[i][j] / Math.sqrt(q1) / Math.sqrt(q2);
      double within = Math.max(-1, Math.min(1, c));
      value = pair.of(within);
      slope = pair.slope(within);
    }
    nngp[i][j] = variances.weight() * value + variances.bias();
    ntk[i][j] = nngp[i][j] + ntk[i][j] * variances.weight() * slope;
    nngp[j][i] = nngp[i][j];
    ntk[j][i] = ntk[i][j];
  }

  private static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }
}
