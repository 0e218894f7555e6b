package org.initlab.init.calibrate;

import java.util.function.Function;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Tensors;

/**
 * Second and third derivatives of a loss at one place, as differences of its gradient.
 *
 * <p>Formula: {@code H v = (g(w + h v) - g(w - h v)) / 2h}, with h |v| = {@value #STEP} (1 + |w|):
 * exact but for terms of order h^2 and for rounding, some 1e-9 of the largest element in double
 * precision. Kinks of activations stay on the side on which they are at w ({@link
 * LiveNetwork#near}): a difference over a kink is not small when divided by h.
 */
final class Curvature {

  private static final double STEP = 1e-6;

  /** Third derivatives divide by two steps, so that rounding wants them longer. */
  private static final double LONG_STEP = 1e-5;

  private final Function<Tensors, LiveNetwork.Slope> near;
  private final Tensors at;
  private final double length;

  Curvature(LiveNetwork network, Probe probe, Tensors at) {
    this.near = network.near(at, probe);
    this.at = at;
    this.length = 1 + at.norm();
  }

  /** The gradient {@code shift} away. */
  private Tensors gradient(double factor, Tensors shift) {
    return slope(at.plus(factor, shift));
  }

  /** H v. */
  Tensors hessian(Tensors v) {
    double norm = v.norm();
    if (norm == 0) {
      return v;
    }
    double h = STEP * length / norm;
    return gradient(h, v).plus(-1, gradient(-h, v)).times(1 / (2 * h));
  }

  /** The third derivative with u and v put in: how {@code H v} changes towards u. */
  Tensors third(Tensors u, Tensors v) {
    double product = u.norm() * v.norm();
    if (product == 0) {
      return u.times(0);
    }
    double h = LONG_STEP * length / u.norm();
    double k = LONG_STEP * length / v.norm();
    Tensors there = at.plus(h, u);
    Tensors back = at.plus(-h, u);
    return slope(there.plus(k, v))
        .plus(-1, slope(there.plus(-k, v)))
        .plus(-1, slope(back.plus(k, v)))
        .plus(1, slope(back.plus(-k, v)))
        .times(1 / (4 * h * k));
  }

  private Tensors slope(Tensors place) {
    return near.apply(place).gradient();
  }
}
