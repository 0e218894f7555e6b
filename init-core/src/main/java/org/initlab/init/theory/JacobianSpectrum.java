package org.initlab.init.theory;

/**
 * Mean and variance of the squared singular values of the Jacobian of a wide, deep network from
 * input to output.
 *
 * <p>Formula: with m_k = E[f'^(2k)], mean = (sigma_w^2 m_1)^L and variance = mean^2 L (m_2 / m_1^2
 * - 1 + r), where r is 1 for Gaussian weights and 0 for orthogonal ones. Source: Pennington,
 * Schoenholz and Ganguli 2017, for chi_1 = 1; off the edge of chaos the same sum holds relative to
 * the mean, since free products add relative variances.
 *
 * <p>It is not the spectrum's largest value: for Gaussian weights that grows like e L.
 *
 * @param mean of the squared singular values
 * @param variance of the squared singular values
 */
public record JacobianSpectrum(double mean, double variance) {

  /** How weights are drawn, as far as a spectrum is concerned. */
  public enum Ensemble {
    /** Independent weights of variance sigma_w^2 / n. */
    GAUSSIAN(1),
    /** sigma_w times an orthogonal matrix. */
    ORTHOGONAL(0);

    private final double relativeVariance;

    Ensemble(double relativeVariance) {
      this.relativeVariance = relativeVariance;
    }

    /** The variance of the squared singular values of one weight matrix, by their mean squared. */
    public double relativeVariance() {
      return relativeVariance;
    }
  }

  /** The spectrum after {@code depth} layers whose pre-activations all have the length q. */
  public static JacobianSpectrum of(
      GaussianIntegral integral, Variances variances, double q, int depth, Ensemble ensemble) {
    double first = integral.slopeSquare(q);
    double second = integral.slopeFourth(q);
    double mean = Math.pow(variances.weight() * first, depth);
    double relative = depth * (second / (first * first) - 1 + ensemble.relativeVariance());
    return new JacobianSpectrum(mean, mean * mean * relative);
  }

  /**
   * The largest squared singular value of a product of {@code depth} wide Gaussian matrices of
   * variance 1 / n: (L + 1)^(L + 1) / L^L.
   */
  public static double largestOfLinear(int depth) {
    return (depth + 1) * Math.pow(1 + 1.0 / depth, depth);
  }
}
