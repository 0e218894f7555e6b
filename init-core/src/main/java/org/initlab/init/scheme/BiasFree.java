package org.initlab.init.scheme;

import org.initlab.init.Initializer;
import org.initlab.init.Rates;
import org.initlab.init.Scheme;
import org.initlab.init.Site;

/**
 * A network without biases: they start at 0 and never learn.
 *
 * <p>Formula: learning rates of biases times 0, kernels as the base's. Source: the linear networks
 * of Saxe, McClelland and Ganguli 2013, section 1, {@code y = W(D) ... W(1) x}.
 *
 * <p>The biases are still there, as numbers that stay 0.
 *
 * @param base the initializer of all kernels
 */
public record BiasFree(Initializer base) implements Scheme {

  private static final Rates KERNELS_ALONE = new Rates(1, 0);

  @Override
  public Initializer at(Site site) {
    return base;
  }

  @Override
  public Rates rates(Site kernel, Rates.Rule rule) {
    return KERNELS_ALONE;
  }

  @Override
  public boolean scalesRates() {
    return true;
  }
}
