package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Fan;
import org.initlab.init.Gain;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * Independent weights whose variance falls with a fan.
 *
 * <p>Formula: variance = gain(activation) / fan. Source: LeCun et al. 1998, section 4.6, equation
 * 16 (gain 1, fan-in); Glorot and Bengio 2010, equations 12 and 16 (gain 1, mean fan); He et al.
 * 2015, equation 10 (gain 2, fan-in).
 *
 * <p>The gain is not PyTorch's {@code calculate_gain}, which multiplies the deviation.
 *
 * @param gain the variance factor
 * @param fan which fan divides it
 * @param law the shape of the distribution
 */
public record VarianceScaling(Gain gain, Fan fan, Law law) implements Initializer, FanRule {

  @Override
  public Optional<String> objection(Site site) {
    return Shapes.objection("variance scaling", fan, site.shape());
  }

  @Override
  public Weights draw(Site site, Key key) {
    Shapes.require(this, site);
    Weights weights = Weights.zeros(site, "variance scaling");
    law.fill(key, Math.sqrt(variance(site)), weights.values());
    return weights;
  }

  @Override
  public Optional<WeightEnsemble> ensemble(Site site) {
    return Optional.of(WeightEnsemble.independent(variance(site)));
  }

  private double variance(Site site) {
    return gain.variance(site.into()) / fan.of(site.shape().fans());
  }
}
