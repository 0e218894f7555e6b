package org.initlab.init.calibrate;

import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Tensors;

/**
 * The gradient quotient: how much a step along the gradient changes the gradient itself, element by
 * element. 0 where the loss is linear, 1 where a step of length 1 undoes the gradient.
 *
 * <p>Formula: {@code GQ = 1/N sum |(g - H g) / (g + eps sign(g)) - 1|}, with g the gradient, H the
 * Hessian and N the number of parameters. Source: Dauphin and Schoenholz 2019, "MetaInit:
 * initializing learning by learning to initialize", equation 3; sign(0) is 1.
 *
 * @param value GQ
 * @param slope its derivative with respect to every parameter
 */
public record GradientQuotient(double value, Tensors slope) {

  /** What keeps the divisor from 0, as in the paper. */
  public static final double EPSILON = 1e-5;

  /** The quotient of a network at these parameters, without its derivative. */
  public static double of(LiveNetwork network, Tensors at, Probe probe) {
    Tensors g = network.slope(at, probe).gradient();
    Tensors h = new Curvature(network, probe, at).hessian(g);
    double sum = 0;
    for (int p = 0; p < g.parts().size(); p++) {
      double[] gs = g.parts().get(p);
      double[] hs = h.parts().get(p);
      for (int i = 0; i < gs.length; i++) {
        sum += Math.abs((gs[i] - hs[i]) / divisor(gs[i]) - 1);
      }
    }
    return sum / g.size();
  }

  /**
   * The quotient and its derivative: with phi = (g - Hg) / d, {@code dGQ = c . dg + e . d(Hg)} and
   * d(Hg) = (D^3 L [g] + H H) dw.
   */
  static GradientQuotient withSlope(LiveNetwork network, Tensors at, Probe probe) {
    Tensors g = network.slope(at, probe).gradient();
    Curvature curvature = new Curvature(network, probe, at);
    Tensors h = curvature.hessian(g);
    Tensors c = g.times(0);
    Tensors e = g.times(0);
    double count = g.size();
    double sum = 0;
    for (int p = 0; p < g.parts().size(); p++) {
      double[] gs = g.parts().get(p);
      double[] hs = h.parts().get(p);
      for (int i = 0; i < gs.length; i++) {
        double d = divisor(gs[i]);
        double phi = (gs[i] - hs[i]) / d - 1;
        double sign = Math.signum(phi) / count;
        sum += Math.abs(phi);
        c.parts().get(p)[i] = sign * (1 / d - (gs[i] - hs[i]) / (d * d));
        e.parts().get(p)[i] = -sign / d;
      }
    }
    Tensors slope =
        curvature.hessian(c.plus(1, curvature.hessian(e))).plus(1, curvature.third(g, e));
    return new GradientQuotient(sum / count, slope);
  }

  private static double divisor(double g) {
    return g + (g < 0 ? -EPSILON : EPSILON);
  }
}
