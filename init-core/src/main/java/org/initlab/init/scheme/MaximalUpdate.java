package org.initlab.init.scheme;

import org.initlab.init.Initializer;
import org.initlab.init.Rates;
import org.initlab.init.Role;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.draw.Constant;
import org.initlab.init.draw.Scaled;

/**
 * The maximal update parametrization, muP: every layer learns features at every width, and the best
 * learning rate of a narrow network is that of a wide one.
 *
 * <p>Formula, with r = fan / base width for the fan named: kernels are the base's, the output
 * kernel times r_in^(-1/2), so that its variance falls as 1 / fan_in^2. Learning rates in
 * proportion to the gradient: input kernel and hidden biases times r_out, output kernel times 1 /
 * r_in; normalized: hidden and output kernels times 1 / r_in. A network of the base width is an
 * ordinary one. Source: Yang et al. 2021, "Tensor programs V: tuning large neural networks via
 * zero-shot hyperparameter transfer", table 3.
 *
 * <p>Attention's 1 / d is not part of it. The authors' package multiplies the output by 1 / r_in
 * instead and corrects rate and variance for it, which is the same.
 *
 * @param base an initializer whose variance falls as 1 / fan_in
 * @param baseWidth the width at which rates are tuned, at least 1
 * @param zeroReadout whether the output kernel starts at 0, as the paper recommends
 */
public record MaximalUpdate(Initializer base, long baseWidth, boolean zeroReadout)
    implements Scheme {

  public MaximalUpdate {
    if (baseWidth < 1) {
      throw new IllegalArgumentException(
          "mup: base_width must be a whole number of at least 1, not " + baseWidth + ".");
    }
  }

  @Override
  public Initializer at(Site site) {
    if (site.role() != Role.OUTPUT) {
      return base;
    }
    return zeroReadout ? new Constant(0) : new Scaled(base, 1 / Math.sqrt(in(site)));
  }

  @Override
  public boolean scalesRates() {
    return true;
  }

  @Override
  public Rates rates(Site kernel, Rates.Rule rule) {
    if (rule == Rates.Rule.NORMALIZED) {
      return new Rates(kernel.role() == Role.INPUT ? 1 : 1 / in(kernel), 1);
    }
    return switch (kernel.role()) {
      case INPUT -> new Rates(out(kernel), out(kernel));
      case OUTPUT -> new Rates(1 / in(kernel), 1);
      default -> new Rates(out(kernel) / in(kernel), out(kernel));
    };
  }

  private double in(Site site) {
    return site.shape().in() / (double) baseWidth;
  }

  private double out(Site site) {
    return site.shape().out() / (double) baseWidth;
  }
}
