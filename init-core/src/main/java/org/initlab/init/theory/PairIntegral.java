package org.initlab.init.theory;

/**
 * Expectations of an activation f and its slope over two normal variables x and y of fixed
 * variances, as functions of their correlation c in [-1, 1].
 *
 * <p>By Price's theorem d/dc E[f(x) f(y)] = sqrt(q1 q2) E[f'(x) f'(y)].
 */
public interface PairIntegral {

  /** E[f(x) f(y)]. */
  double of(double c);

  /** E[f'(x) f'(y)]. */
  double slope(double c);
}
