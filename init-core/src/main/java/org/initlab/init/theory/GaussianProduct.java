package org.initlab.init.theory;

/**
 * The spectrum of a product of N independent, square and wide random matrices whose elements are
 * independent with mean 0 and variance 1 / n.
 *
 * <p>Formula: the moduli of eigenvalues have the distribution {@code P(|lambda| < r) = r^(2/N)} up
 * to 1 (Burda, Janik and Waclaw 2010, "Spectrum of the product of independent random Gaussian
 * matrices", equation 5; for other laws of the elements Goetze and Tikhomirov 2010). Squared
 * singular values have the free product of N Marchenko-Pastur laws, whose moments are the
 * Fuss-Catalan numbers. On its curve, with u from 0 to pi and {@code v = (pi - u) / (N + 1)},
 *
 * <pre>s^2 = sin(u)^(N+1) / (sin(v) sin(u + v)^N)    (Haagerup and Moeller 2013, theorem 6)
 * P(below s) = (u + N sin(v) sin(u) / sin(u + v)) / pi</pre>
 *
 * <p>of which the second line follows from the S-transform {@code (1 + z)^-N}: with G the Stieltjes
 * transform, {@code G dx = (N - 1/z) dz}. For N = 1 it is the quarter circle.
 *
 * <p>It is about n to infinity with N fixed. Where N is comparable to n, the values stand apart as
 * steps of a staircase, and most eigenvalues of a product of real matrices are real; their
 * logarithms divided by N still go with these laws.
 *
 * @param factors N, at least 1
 */
public record GaussianProduct(int factors) {

  private static final int HALVINGS = 60;

  public GaussianProduct {
    if (factors < 1) {
      throw new IllegalArgumentException("A product has at least 1 factor, not " + factors + ".");
    }
  }

  /** The part of the eigenvalues whose modulus is below {@code r}, at least 0. */
  public double modulusShare(double r) {
    return Math.min(1, Math.pow(r, 2.0 / factors));
  }

  /** The modulus below which the part {@code share} of the eigenvalues lies, from 0 to 1. */
  public double modulus(double share) {
    return Math.pow(share, factors / 2.0);
  }

  /** The part of the singular values that are below {@code s}, at least 0. */
  public double singularValueShare(double s) {
    double low = 0;
    double high = Math.PI;
    for (int i = 0; i < HALVINGS; i++) {
      double u = (low + high) / 2;
      boolean below = Math.exp(logAt(u)) < s;
      low = below ? u : low;
      high = below ? high : u;
    }
    return shareAt(high);
  }

  /** The value below which the part {@code share} of the singular values lies, from 0 to 1. */
  public double singularValue(double share) {
    double low = 0;
    double high = Math.PI;
    for (int i = 0; i < HALVINGS; i++) {
      double u = (low + high) / 2;
      boolean below = shareAt(u) < share;
      low = below ? u : low;
      high = below ? high : u;
    }
    return Math.exp(logAt(low));
  }

  private double shareAt(double u) {
    double v = (Math.PI - u) / (factors + 1);
    double bend = Math.sin(v) * Math.sin(u) / Math.sin(u + v);
    return u >= Math.PI ? 1 : Math.min(1, (u + factors * bend) / Math.PI);
  }

  /** The logarithm of the singular value. */
  private double logAt(double u) {
    double v = (Math.PI - u) / (factors + 1);
    return ((factors + 1) * Math.log(Math.sin(u))
            - Math.log(Math.sin(v))
            - factors * Math.log(Math.sin(u + v)))
        / 2;
  }
}
