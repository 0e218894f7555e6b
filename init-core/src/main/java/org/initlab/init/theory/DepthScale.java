package org.initlab.init.theory;

/**
 * Over how many layers a wide network forgets, each the number of layers in which a difference
 * shrinks (or a gradient changes) by a factor of e.
 *
 * <p>Formula: xi_q = -1 / ln chi_q, xi_c = -1 / ln chi_c, xi_gradient = 1 / |ln chi_1|. Source:
 * Schoenholz et al. 2017.
 *
 * <p>Infinite at the edge of chaos; NaN where a signal that diverges has no such scale. It is not a
 * number of trainable layers: that is a multiple, see {@link Propagation#trainableDepth}.
 *
 * @param length xi_q, for the length of a signal
 * @param correlation xi_c, for what tells two inputs apart
 * @param gradient xi_gradient, for the mean square of gradients
 */
public record DepthScale(double length, double correlation, double gradient) {

  /** Factors this near to 1 are taken for 1. */
  static final double EDGE = 1e-9;

  /** The number of layers in which powers of {@code factor}, at least 0, change e-fold. */
  static double of(double factor) {
    if (Math.abs(factor - 1) <= EDGE) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.abs(1 / Math.log(factor));
  }
}
