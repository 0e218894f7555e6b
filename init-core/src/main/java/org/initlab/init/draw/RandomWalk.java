package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Activation;
import org.initlab.init.Fan;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * Normal weights with a gain a little above the critical one, so that the logarithm of the
 * back-propagated gradient's norm walks over the layers without drift.
 *
 * <p>Formula: variance = g^2 / N with N = fan_in; g = exp(1 / (2N)) for linear units, g = sqrt(2)
 * exp(1.2 / (max(N, 6) - 2.4)) for ReLU. Source: Sussillo and Abbott 2014, "Random walk
 * initialization for training very deep feedforward networks", section 3.
 *
 * <p>The paper has no formula for other activations and tunes g by hand (1.1 to 1.3 for tanh): they
 * are refused, and {@link VarianceScaling} with scale g^2 serves them. It corrects for the width:
 * for wide layers it becomes LeCun's rule, or He's.
 */
public record RandomWalk() implements Initializer, FanRule {

  @Override
  public Fan fan() {
    return Fan.IN;
  }

  @Override
  public Weights draw(Site site, Key key) {
    Shapes.require(this, site);
    double fan = site.shape().fans().in();
    Weights weights = Weights.zeros(site, "random_walk");
    new Law.Normal().fill(key, gain(site.into(), fan) / Math.sqrt(fan), weights.values());
    return weights;
  }

  @Override
  public Optional<WeightEnsemble> ensemble(Site site) {
    if (objection(site).isPresent()) {
      return Optional.empty();
    }
    double fan = site.shape().fans().in();
    double gain = gain(site.into(), fan);
    return Optional.of(WeightEnsemble.independent(gain * gain / fan));
  }

  /** The factor g on the deviation for layers of this fan-in. */
  public static double gain(Activation activation, double fan) {
    if (activation == Activation.IDENTITY) {
      return Math.exp(1 / (2 * fan));
    }
    if (activation == Activation.RELU) {
      return Math.sqrt(2) * Math.exp(1.2 / (Math.max(fan, 6) - 2.4));
    }
    throw new IllegalArgumentException(refusal(activation));
  }

  private static String refusal(Activation activation) {
    return "random_walk: activation must be identity or relu, not %s. Maybe %s."
        .formatted(activation.title(), "variance_scaling(scale=1.44, distribution=normal)");
  }

  @Override
  public Optional<String> objection(Site site) {
    Activation activation = site.into();
    return activation == Activation.IDENTITY || activation == Activation.RELU
        ? Shapes.objection("random_walk", Fan.IN, site.shape())
        : Optional.of(refusal(activation));
  }
}
