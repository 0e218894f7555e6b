package org.initlab.init.draw;

import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * The identity repeated until it fills the longer side, so that no output is silent, plus a trace
 * of noise that lets equal units part.
 *
 * <p>Formula: w[i][j] = gain where i = j modulo the shorter side, else 0, plus normal noise. A
 * convolution is read as a matrix with a column for every pair (input, kernel position), the
 * position changing fastest. Source: Pan et al. 2025, "IDInit: a universal and stable
 * initialization method for neural network training", section 3.
 *
 * <p>It is not {@link Identity}, whose longer side ends in zeros.
 *
 * @param gain the repeated diagonal, finite
 * @param noise the standard deviation of the noise, finite and at least 0
 */
public record PaddedIdentity(double gain, double noise) implements Initializer {

  public PaddedIdentity {
    Require.finite("padded_identity", "gain", gain);
    Require.factor("padded_identity", "noise", noise);
  }

  @Override
  public Weights draw(Site site, Key key) {
    WeightShape shape = site.shape();
    Weights weights = Weights.zeros(site, "padded_identity");
    if (weights.values().length == 0) {
      return weights;
    }
    if (noise > 0) {
      new Law.Normal().fill(key, noise, weights.values());
    }
    int in = (int) shape.in();
    int out = (int) shape.out();
    int field = (int) shape.receptiveField();
    int period = Math.min(in * field, out);
    for (int i = 0; i < in * field; i++) {
      int row = i % field * in + i / field;
      for (int j = i % period; j < out; j += period) {
        weights.values()[row * out + j] += (float) gain;
      }
    }
    return weights;
  }
}
