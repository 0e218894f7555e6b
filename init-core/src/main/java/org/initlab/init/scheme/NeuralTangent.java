package org.initlab.init.scheme;

import java.util.Optional;
import org.initlab.init.Fan;
import org.initlab.init.Gain;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Rates;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.draw.FixedScale;
import org.initlab.init.draw.VarianceScaling;

/**
 * The parametrization in which the neural tangent kernel of a wide network stays what it was at the
 * start.
 *
 * <p>Formula: {@code s = sqrt(v / fan_in) w x + sqrt(u) b} with w and b standard normal, v and u
 * the variances of weights and biases. Told of the kernel W = sqrt(v / fan_in) w itself: variance v
 * / fan_in, learning rate times v / fan_in (for normalized rules, its square root); for the bias u
 * in both places. Source: Jacot, Gabriel and Hongler 2018, "Neural tangent kernel", section 2 and
 * section 6 (v = 1, u = 0.01).
 *
 * <p>With u = 0 the biases are 0 and never learn.
 *
 * @param weightVariance v, at least 0 and finite
 * @param biasVariance u, at least 0 and finite
 */
public record NeuralTangent(double weightVariance, double biasVariance) implements Scheme {

  public NeuralTangent {
    if (!(weightVariance >= 0)
        || !(biasVariance >= 0)
        || Double.isInfinite(weightVariance + biasVariance)) {
      throw new IllegalArgumentException(
          "ntk: variances must be finite numbers of at least 0, not %s and %s."
              .formatted(weightVariance, biasVariance));
    }
  }

  @Override
  public Initializer at(Site site) {
    return new VarianceScaling(Gain.of(weightVariance), Fan.IN, new Law.Normal());
  }

  @Override
  public Optional<Initializer> bias(Site kernel) {
    return Optional.of(new FixedScale(Math.sqrt(biasVariance), new Law.Normal()));
  }

  @Override
  public boolean scalesRates() {
    return true;
  }

  @Override
  public Rates rates(Site kernel, Rates.Rule rule) {
    Rates squares = new Rates(weightVariance / kernel.shape().fans().in(), biasVariance);
    return rule == Rates.Rule.PROPORTIONAL
        ? squares
        : new Rates(Math.sqrt(squares.kernel()), Math.sqrt(squares.bias()));
  }
}
