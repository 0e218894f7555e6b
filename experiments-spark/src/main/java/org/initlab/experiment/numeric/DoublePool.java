package org.initlab.experiment.numeric;

import java.util.Arrays;

/** A {@link Pooling} of some images in double precision. */
final class DoublePool {

  private static final int[] NOTHING = {};

  private final boolean maximum;
  private final int in;
  private final int out;

  /** Where the numbers of each square lie, from the start of their image; a square's together. */
  private final int[] sources;

  private final int terms;
  private final double[] pooled;
  private final double[] gradient;

  /** For the places of the greatest numbers. */
  private final int[] greatest;

  private int[] taken = NOTHING;

  DoublePool(Pooling pooling, Volume volume, int rows) {
    Volume left = pooling.of(volume);
    int channels = volume.channels();
    int height = pooling == Pooling.GLOBAL_AVERAGE ? volume.height() : Pooling.SIDE;
    int width = pooling == Pooling.GLOBAL_AVERAGE ? volume.width() : Pooling.SIDE;
    this.maximum = pooling == Pooling.MAX;
    this.in = volume.size();
    this.out = left.size();
    this.terms = height * width;
    this.pooled = new double[rows * out];
    this.gradient = new double[rows * in];
    this.greatest = new int[maximum ? rows * out : 0];
    this.sources = new int[out * terms];
    for (int i = 0; i < sources.length; i++) {
      int place = i / terms / channels;
      int y = place / left.width() * height + i % terms / width;
      int x = place % left.width() * width + i % terms % width;
      sources[i] = (y * volume.width() + x) * channels + i / terms % channels;
    }
  }

  /** Which number of all images each maximum is; nothing of means. A copy. */
  int[] taken() {
    return taken.clone();
  }

  /**
   * What is left, until the next time; maxima are the numbers {@code held}, where there are any.
   */
  double[] forward(double[] z, int[] held) {
    if (maximum) {
      if (held == null) {
        findGreatest(z);
      }
      taken = held == null ? greatest : held;
      for (int i = 0; i < pooled.length; i++) {
        pooled[i] = z[taken[i]];
      }
      return pooled;
    }
    for (int i = 0; i < pooled.length; i++) {
      int image = i / out * in;
      pooled[i] = 0;
      for (int t = 0; t < terms; t++) {
        pooled[i] += z[image + sources[i % out * terms + t]] / terms;
      }
    }
    return pooled;
  }

  private void findGreatest(double[] z) {
    for (int i = 0; i < greatest.length; i++) {
      int image = i / out * in;
      int best = image + sources[i % out * terms];
      for (int t = 1; t < terms; t++) {
        int at = image + sources[i % out * terms + t];
        best = z[at] <= z[best] || Double.isNaN(z[best]) ? best : at;
      }
      greatest[i] = best;
    }
  }

  /** The images' gradient from that of what is left, until the next time. */
  double[] backward(double[] d) {
    Arrays.fill(gradient, 0);
    for (int i = 0; i < d.length; i++) {
      if (maximum) {
        gradient[taken[i]] += d[i];
      } else {
        int image = i / out * in;
        for (int t = 0; t < terms; t++) {
          gradient[image + sources[i % out * terms + t]] += d[i] / terms;
        }
      }
    }
    return gradient;
  }
}
