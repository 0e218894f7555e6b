package org.initlab.init.draw;

import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;
import org.initlab.init.random.Uniforms;

/**
 * Weights equally likely from 0 to a scale.
 *
 * <p>Formula: scale u, u from 0 to below 1 of 23 bits; mean scale / 2, variance scale^2 / 12.
 * Source: JAX's {@code jax.nn.initializers.uniform}, whose numbers these are.
 *
 * <p>Its mean is not 0, so that all outputs of a layer start with a share of their inputs' sum. It
 * is not {@code uniform(limit=...)}, which is symmetric.
 *
 * @param scale the upper end, finite and at least 0
 */
public record UniformFromZero(double scale) implements Initializer {

  public UniformFromZero {
    Require.factor("uniform", "scale", scale);
  }

  @Override
  public Weights draw(Site site, Key key) {
    Weights weights = Weights.zeros(site, "uniform");
    float[] values = weights.values();
    new Uniforms(key, values.length).fill(0, values, 0, values.length);
    float factor = (float) scale;
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return weights;
  }
}
