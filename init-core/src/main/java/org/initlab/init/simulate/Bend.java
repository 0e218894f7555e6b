package org.initlab.init.simulate;

import java.util.Optional;
import org.initlab.init.Activation;
import org.initlab.init.model.Forecast;

/** An activation on sums, which it keeps. Without one the numbers pass. */
final class Bend {

  private final Optional<Activation> activation;
  private final float[] sums;

  Bend(Optional<Activation> activation, float[] sums) {
    this.activation = activation.filter(f -> f != Activation.IDENTITY);
    this.sums = sums;
  }

  float[] outputs() {
    if (activation.isEmpty()) {
      return sums;
    }
    Activation f = activation.get();
    float[] y = new float[sums.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) f.of(sums[i]);
    }
    return y;
  }

  float[] backward(float[] gradient) {
    if (activation.isEmpty()) {
      return gradient;
    }
    Activation f = activation.get();
    float[] g = new float[gradient.length];
    for (int i = 0; i < g.length; i++) {
      g[i] = (float) (f.slope(sums[i]) * gradient[i]);
    }
    return g;
  }

  /** The part of units whose slope is below a tenth of the largest. */
  double saturated() {
    if (activation.isEmpty()) {
      return 0;
    }
    double flat = Forecast.flat(activation.get());
    int number = 0;
    for (float s : sums) {
      number += Math.abs(activation.get().slope(s)) < flat ? 1 : 0;
    }
    return (double) number / sums.length;
  }
}
