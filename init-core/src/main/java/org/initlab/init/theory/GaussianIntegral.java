package org.initlab.init.theory;

import org.initlab.init.Activation;

/**
 * The expectations of one activation f under a normal law that mean-field theory is made of.
 *
 * <p>Throughout, x is normal with mean 0 and VARIANCE q. Values are good to about 1e-12 relative
 * for q from 0 to 1e12. It is not defined for a negative q.
 */
public interface GaussianIntegral {

  /** The integrals of {@code activation}: in closed form where one is known, else by quadrature. */
  static GaussianIntegral of(Activation activation) {
    return ClosedForms.of(activation).orElseGet(() -> new Quadrature(activation));
  }

  /** Which f. */
  Activation activation();

  /** E[f(x)]. */
  double mean(double q);

  /** E[f(x)^2]. */
  double square(double q);

  /** d/dq E[f(x)^2] = E[x f(x) f'(x)] / q = E[f'(x)^2 + f(x) f''(x)]. */
  double growth(double q);

  /** E[f'(x)^2]. */
  double slopeSquare(double q);

  /** E[f(x)^4]. */
  default double fourth(double q) {
    return Quadrature.expectation(
        x -> {
          double square = activation().of(x) * activation().of(x);
          return square * square;
        },
        q);
  }

  /** E[f'(x)^4]. */
  default double slopeFourth(double q) {
    return Quadrature.expectation(
        x -> {
          double square = activation().slope(x) * activation().slope(x);
          return square * square;
        },
        q);
  }

  /**
   * The integrals over pairs with variances {@code q1} and {@code q2}, as functions of their
   * correlation.
   *
   * @throws IllegalArgumentException if a variance is not above 0 or not finite
   */
  PairIntegral pair(double q1, double q2);
}
