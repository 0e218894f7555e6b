package org.initlab.init.draw;

import org.initlab.init.Fan;
import org.initlab.init.Gain;
import org.initlab.init.Law;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * JAX's {@code variance_scaling}: a {@link VarianceScaling} in JAX's single precision.
 *
 * <p>Formula: variance v = float(scale / fan); the draw times sqrt(v) where the law is normal,
 * times sqrt(3 v) from (-1, 1) where it is uniform, times sqrt(v) / float(0.8796) where it is cut
 * at two deviations; each step rounded to single precision. Source: JAX, {@code
 * jax.nn.initializers.variance_scaling}.
 *
 * @param scale the variance times the fan, finite and at least 0
 * @param fan which fan divides it
 * @param law the shape of the distribution; a truncated one is cut at 2
 */
public record JaxScaling(double scale, Fan fan, Law law) implements Renumbered {

  /** What two deviations leave of the parent's, as JAX writes it. */
  private static final float LEFT = (float) .87962566103423978;

  public JaxScaling {
    Require.factor("variance scaling", "scale", scale);
  }

  @Override
  public VarianceScaling rule() {
    return new VarianceScaling(Gain.of(scale), fan, law);
  }

  @Override
  public Weights draw(Site site, Key key) {
    Shapes.require(this, site);
    Weights weights = Weights.zeros(site, "variance scaling");
    float variance = (float) (scale / fan.of(site.shape().fans()));
    JaxFixed.fill(law, key, factor(variance), weights.values());
    return weights;
  }

  private float factor(float variance) {
    if (law instanceof Law.Uniform) {
      return (float) Math.sqrt(3 * variance);
    }
    float root = (float) Math.sqrt(variance);
    return law instanceof Law.Normal ? root : root / LEFT;
  }
}
