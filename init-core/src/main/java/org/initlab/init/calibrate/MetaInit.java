package org.initlab.init.calibrate;

import org.initlab.init.Calibrator;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Tensors;

/**
 * Tunes the norms of the kernels so that gradients change little along themselves.
 *
 * <p>Formula: gradient descent on {@link GradientQuotient} over the norms n_k of the kernels alone,
 * with signs and momentum: {@code v = momentum v + sign(dGQ/dn_k); n_k = n_k - rate v}. Source:
 * Dauphin and Schoenholz 2019, "MetaInit: initializing learning by learning to initialize", section
 * 4 and its listing (rate 0.1, momentum 0.9, 500 steps).
 *
 * <p>The paper differentiates exactly; here derivatives are differences of gradients, of which only
 * the sign counts. A step takes no more than half of a norm, which the paper leaves open: without
 * it a small kernel could turn its sign. Biases stay.
 *
 * <p>Where many gradients are all but 0, as behind ReLUs that few examples pass, the quotient has
 * heavy tails, and a batch tells little of its slope: larger batches and a smaller rate help (256
 * examples and 0.02 for ten layers on MNIST).
 *
 * @param rate of a step, above 0
 * @param momentum from 0 to below 1
 * @param steps at least 1
 * @param examples in a batch, at least 1
 */
public record MetaInit(double rate, double momentum, long steps, long examples)
    implements Calibrator {

  public MetaInit {
    Allowed.above("metainit", "rate", rate);
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "metainit: momentum must be a number from 0 to below 1, not " + momentum + ".");
    }
    Allowed.count("metainit", "steps", steps);
    Allowed.count("metainit", "examples", examples);
  }

  /**
   * Of each step 11 gradients: a gradient, three products with the Hessian of two, a third
   * derivative of four.
   */
  @Override
  public double passes() {
    return 11.0 * steps * examples;
  }

  @Override
  public void calibrate(LiveNetwork network) {
    int layers = network.sites().size();
    double[] velocities = new double[layers + 1];
    Tensors parameters = network.parameters();
    for (long step = 0; step < steps; step++) {
      Tensors slope =
          GradientQuotient.withSlope(network, parameters, new Probe(step, (int) examples)).slope();
      for (int k = 1; k <= layers; k++) {
        double[] kernel = parameters.kernel(k);
        double norm = Math.sqrt(Tensors.dot(kernel, kernel));
        if (norm > 0) {
          velocities[k] =
              momentum * velocities[k] + Math.signum(Tensors.dot(kernel, slope.kernel(k)));
          double factor = Math.max(norm - rate * velocities[k], norm / 2) / norm;
          for (int i = 0; i < kernel.length; i++) {
            kernel[i] *= factor;
          }
        }
      }
    }
    network.set(parameters);
  }
}
