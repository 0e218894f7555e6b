package org.initlab.init.simulate;

import org.initlab.init.Law;
import org.initlab.init.random.Key;

/** Sums over arrays, and random arrays. */
final class Numbers {

  private Numbers() {}

  /** The sum of squares. */
  static double squares(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += (double) v * v;
    }
    return sum;
  }

  static double meanSquare(float[] x) {
    return squares(x) / x.length;
  }

  /** Independent normal numbers of mean 0. */
  static float[] normal(Key key, double meanSquare, int n) {
    float[] x = new float[n];
    new Law.Normal().fill(key, Math.sqrt(meanSquare), x);
    return x;
  }

  /**
   * From [batch, places, channels] to [batch, channels, places], or back by exchanging the two
   * numbers.
   */
  static float[] turned(float[] x, int batch, int places, int channels) {
    float[] y = new float[x.length];
    int size = places * channels;
    for (int b = 0; b < batch; b++) {
      for (int p = 0; p < places; p++) {
        for (int c = 0; c < channels; c++) {
          y[b * size + c * places + p] = x[b * size + p * channels + c];
        }
      }
    }
    return y;
  }
}
