package org.initlab.init.random;

/**
 * The inverse of the normal cdf and of the error function in double precision.
 *
 * <p>Formula: three quotients of polynomials of degree 7, by distance from the median. Source:
 * Wichura 1988, algorithm AS 241 (PPND16), relative error about 1e-16.
 *
 * <p>Draws of InitLab's own go through {@link InverseErf}, which is faster and in single precision.
 */
public final class NormalQuantile {

  private static final double[] A = {
    2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
    4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
    1.3314166789178437745e2, 3.3871328727963666080e0
  };
  private static final double[] B = {
    5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
    2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
    4.2313330701600911252e1, 1
  };
  private static final double[] C = {
    7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
    1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
    4.63033784615654529590e0, 1.42343711074968357734e0
  };
  private static final double[] D = {
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
    1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
    2.05319162663775882187e0, 1
  };
  private static final double[] E = {
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
    2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
    5.46378491116411436990e0, 6.65790464350110377720e0
  };
  private static final double[] F = {
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
    7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
    5.99832206555887937690e-1, 1
  };

  private NormalQuantile() {}

  /** The x with erf(x) = {@code y}; infinite at -1 and 1, NaN beyond. */
  public static double inverseErf(double y) {
    return quantile(y) / Math.sqrt(2);
  }

  /** The x below which a standard normal number falls with probability (1 + y) / 2. */
  private static double quantile(double y) {
    double q = y / 2;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q * polynomial(A, r) / polynomial(B, r);
    }
    if (Math.abs(y) == 1) {
      return y * Double.POSITIVE_INFINITY;
    }
    double r = Math.sqrt(-StrictMath.log((1 - Math.abs(y)) / 2));
    double x =
        r <= 5
            ? polynomial(C, r - 1.6) / polynomial(D, r - 1.6)
            : polynomial(E, r - 5) / polynomial(F, r - 5);
    return Math.copySign(x, y);
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (double c : coefficients) {
      sum = sum * x + c;
    }
    return sum;
  }
}
