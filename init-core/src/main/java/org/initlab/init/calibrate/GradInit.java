package org.initlab.init.calibrate;

import java.util.Arrays;
import org.initlab.init.Calibrator;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Tensors;

/**
 * Learns a factor for every kernel and bias, so that the first step of training lowers the loss the
 * most while the gradient is no longer than {@code bound}.
 *
 * <p>Formula: with w the drawn parameters times their factors m, g the gradient at w on one batch
 * and A(g) = g / |g|: where |g| > bound, m goes down the slope of |g|; elsewhere down that of
 * {@code L(w - eta A(g))} on the next batch. Steps are Adam's with the rate {@code rate}; a factor
 * is at least {@value #LEAST}. Source: Zhu, Ni, Xu, Kong, Huang and Goldstein 2021, "GradInit:
 * learning to initialize neural networks for stable and efficient training", algorithm 1, for SGD
 * (eta 0.1, bound 1, 390 steps on CIFAR-10).
 *
 * <p>It is the paper's rule for SGD, whatever optimizer trains afterwards. The two batches of a
 * step overlap by half in the paper and not here. A bias of zeros stays zeros.
 *
 * @param eta the length of the step that is looked ahead, above 0
 * @param bound of the gradient's norm, above 0
 * @param rate of the factors' steps, above 0
 * @param steps at least 1
 * @param examples in a batch, at least 1
 */
public record GradInit(double eta, double bound, double rate, long steps, long examples)
    implements Calibrator {

  private static final double LEAST = 0.01;
  private static final double MEAN_DECAY = 0.9;
  private static final double SQUARE_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  public GradInit {
    Allowed.above("gradinit", "eta", eta);
    Allowed.above("gradinit", "bound", bound);
    Allowed.above("gradinit", "rate", rate);
    Allowed.count("gradinit", "steps", steps);
    Allowed.count("gradinit", "examples", examples);
  }

  /** Of each step 4 gradients: two gradients, and a product with the Hessian is two more. */
  @Override
  public double passes() {
    return 4.0 * steps * examples;
  }

  @Override
  public void calibrate(LiveNetwork network) {
    Tensors drawn = network.parameters();
    int tensors = drawn.parts().size();
    double[] factors = new double[tensors];
    double[] mean = new double[tensors];
    double[] square = new double[tensors];
    Arrays.fill(factors, 1);
    for (int step = 1; step <= steps; step++) {
      double[] slope = slope(network, drawn, factors, step);
      for (int t = 0; t < tensors; t++) {
        mean[t] = MEAN_DECAY * mean[t] + (1 - MEAN_DECAY) * slope[t];
        square[t] = SQUARE_DECAY * square[t] + (1 - SQUARE_DECAY) * slope[t] * slope[t];
        double unbiased = mean[t] / (1 - Math.pow(MEAN_DECAY, step));
        double root = Math.sqrt(square[t] / (1 - Math.pow(SQUARE_DECAY, step)));
        factors[t] = Math.max(LEAST, factors[t] - rate * unbiased / (root + EPSILON));
      }
    }
    network.set(scaled(drawn, factors));
  }

  /** The derivative by each factor of what this step lowers. */
  private double[] slope(LiveNetwork network, Tensors drawn, double[] factors, long step) {
    Probe first = new Probe(2 * step - 2, (int) examples);
    Probe second = new Probe(2 * step - 1, (int) examples);
    Tensors w = scaled(drawn, factors);
    Tensors g = network.slope(w, first).gradient();
    double norm = g.norm();
    if (!(norm > 0) || Double.isInfinite(norm)) {
      throw new IllegalStateException(
          "gradinit: at step %d the gradient has the norm %s, from which nothing can be learnt."
              .formatted(step, norm));
    }
    Curvature curvature = new Curvature(network, first, w);
    Tensors unit = g.times(1 / norm);
    if (norm > bound) {
      return against(drawn, curvature.hessian(unit));
    }
    Tensors ahead = network.slope(w.plus(-eta, unit), second).gradient();
    // d(g / |g|) = (1 - unit unit^T) H dw / |g|, and H is symmetric.
    Tensors across = ahead.plus(-ahead.dot(unit), unit).times(1 / norm);
    return against(drawn, ahead.plus(-eta, curvature.hessian(across)));
  }

  private static double[] against(Tensors drawn, Tensors slope) {
    double[] products = new double[drawn.parts().size()];
    for (int t = 0; t < products.length; t++) {
      products[t] = Tensors.dot(drawn.parts().get(t), slope.parts().get(t));
    }
    return products;
  }

  private static Tensors scaled(Tensors drawn, double[] factors) {
    Tensors scaled = drawn.copy();
    for (int t = 0; t < factors.length; t++) {
      double[] part = scaled.parts().get(t);
      for (int i = 0; i < part.length; i++) {
        part[i] *= factors[t];
      }
    }
    return scaled;
  }
}
