package org.initlab.init.draw;

import org.initlab.init.Law;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.random.JaxRandom;
import org.initlab.init.random.Key;

/**
 * JAX's {@code normal} and {@code truncated_normal}: a {@link FixedScale} in JAX's single
 * precision.
 *
 * <p>Formula: float(stddev) times a number of {@link JaxRandom}. Source: JAX, {@code
 * jax.nn.initializers}.
 *
 * @param stddev the deviation; of a truncated law, that of the parent BEFORE the cut; finite and at
 *     least 0
 * @param law the shape of the distribution; a truncated one is cut at 2
 */
public record JaxFixed(double stddev, Law law) implements Renumbered {

  public JaxFixed {
    Require.factor("fixed scale", "stddev", stddev);
  }

  @Override
  public FixedScale rule() {
    boolean cut = law instanceof Law.TruncatedNormal;
    return new FixedScale(
        cut ? stddev * ((Law.TruncatedNormal) law).parentDeviation() : stddev, law);
  }

  @Override
  public Weights draw(Site site, Key key) {
    Weights weights = Weights.zeros(site, "fixed scale");
    fill(law, key, (float) stddev, weights.values());
    return weights;
  }

  /** JAX's numbers of a law times a factor: those from -1 to 1, or of the parent's deviation 1. */
  static void fill(Law law, Key key, float factor, float[] out) {
    if (law instanceof Law.Uniform) {
      JaxRandom.uniform(key, -1, 1, factor, out);
    } else if (law instanceof Law.Normal) {
      JaxRandom.normal(key, factor, out);
    } else if (law instanceof Law.TruncatedNormal truncated && truncated.cut() == 2) {
      JaxRandom.truncatedNormal(key, factor, out);
    } else {
      throw new IllegalArgumentException("JAX's initializers cut at 2 deviations, not as " + law);
    }
  }
}
