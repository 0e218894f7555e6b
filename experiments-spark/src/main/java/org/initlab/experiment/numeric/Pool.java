package org.initlab.experiment.numeric;

import java.util.Arrays;

/**
 * A {@link Pooling} of some images, on memory taken once. The way back gives a mean's gradient to
 * all its numbers alike, and a maximum's to the first of the greatest. A NaN is the greatest.
 */
public final class Pool {

  private final Pooling pooling;
  private final Volume in;
  private final Volume out;
  private final int examples;
  private final float[] z;
  private final float[] dz;
  private final float[] pooled;
  private final float[] dPooled;

  /**
   * Takes memory.
   *
   * @param in what an image is before
   * @param z the images, [examples, in]
   * @param dz gets their gradient; null if nobody asks
   */
  public Pool(Pooling pooling, Volume in, int examples, float[] z, float[] dz) {
    this.pooling = pooling;
    this.in = in;
    this.out = pooling.of(in);
    this.examples = examples;
    this.z = z;
    this.dz = dz;
    this.pooled = new float[examples * out.size()];
    this.dPooled = dz == null ? null : new float[pooled.length];
  }

  /** What is left, [examples, out]. */
  public float[] pooled() {
    return pooled;
  }

  /** Where its gradient is to be written; null if nobody asks. */
  public float[] gradient() {
    return dPooled;
  }

  /** Pools the images. */
  public void forward() {
    switch (pooling) {
      case MAX -> eachLine(this::maxima);
      case AVERAGE -> eachSquare(false);
      case GLOBAL_AVERAGE -> means();
    }
  }

  /** Gives the gradient back to the images. */
  public void backward() {
    if (dz == null) {
      return;
    }
    switch (pooling) {
      case MAX -> {
        Arrays.fill(dz, 0);
        eachLine(this::toGreatest);
      }
      case AVERAGE -> {
        clearRest();
        eachSquare(true);
      }
      case GLOBAL_AVERAGE -> spread();
    }
  }

  /** Where in the images the square of the first place of a row of outputs begins. */
  private int start(int row) {
    int example = row / out.height();
    int y = row % out.height() * Pooling.SIDE;
    return example * in.size() + y * in.width() * in.channels();
  }

  /** What belongs to no square has no gradient. */
  private void clearRest() {
    if (in.height() % Pooling.SIDE != 0 || in.width() % Pooling.SIDE != 0) {
      Arrays.fill(dz, 0);
    }
  }

  /** What is done to a square's channels: where it begins, and where what is left of it stands. */
  @FunctionalInterface
  private interface Square {
    void at(int from, int into);
  }

  private void eachLine(Square square) {
    int channels = in.channels();
    for (int row = 0; row < examples * out.height(); row++) {
      int from = start(row);
      int into = row * out.width() * channels;
      for (int x = 0; x < out.width(); x++) {
        square.at(from + x * Pooling.SIDE * channels, into + x * channels);
      }
    }
  }

  private void maxima(int from, int into) {
    int channels = in.channels();
    int right = from + channels;
    int below = from + in.width() * channels;
    int last = below + channels;
    for (int c = 0; c < channels; c++) {
      pooled[into + c] =
          Math.max(Math.max(z[from + c], z[right + c]), Math.max(z[below + c], z[last + c]));
    }
  }

  /** Choices from the last to the first, each a conditional move: no branch could be foreseen. */
  private void toGreatest(int from, int into) {
    int channels = in.channels();
    int right = from + channels;
    int below = from + in.width() * channels;
    for (int c = 0; c < channels; c++) {
      float most = pooled[into + c];
      int at = below + channels;
      at = z[below + c] == most ? below : at;
      at = z[right + c] == most ? right : at;
      at = z[from + c] == most ? from : at;
      dz[at + c] = dPooled[into + c]; // squares do not overlap
    }
  }

  private void eachSquare(boolean back) {
    int channels = in.channels();
    int line = in.width() * channels;
    float part = 1f / (Pooling.SIDE * Pooling.SIDE);
    for (int row = 0; row < examples * out.height(); row++) {
      for (int x = 0; x < out.width(); x++) {
        int from = start(row) + x * Pooling.SIDE * channels;
        int at = (row * out.width() + x) * channels;
        for (int c = 0; c < channels; c++) {
          int a = from + c;
          if (back) {
            float d = dPooled[at + c] * part;
            dz[a] = d;
            dz[a + channels] = d;
            dz[a + line] = d;
            dz[a + line + channels] = d;
          } else {
            pooled[at + c] =
                ((z[a] + z[a + channels]) + (z[a + line] + z[a + line + channels])) * part;
          }
        }
      }
    }
  }

  private void means() {
    int channels = in.channels();
    float part = 1f / in.places();
    Arrays.fill(pooled, 0);
    for (int example = 0; example < examples; example++) {
      int at = example * channels;
      for (int place = 0; place < in.places(); place++) {
        int from = example * in.size() + place * channels;
        for (int c = 0; c < channels; c++) {
          pooled[at + c] += z[from + c];
        }
      }
      for (int c = 0; c < channels; c++) {
        pooled[at + c] *= part;
      }
    }
  }

  private void spread() {
    int channels = in.channels();
    float part = 1f / in.places();
    for (int example = 0; example < examples; example++) {
      for (int place = 0; place < in.places(); place++) {
        int into = example * in.size() + place * channels;
        for (int c = 0; c < channels; c++) {
          dz[into + c] = dPooled[example * channels + c] * part;
        }
      }
    }
  }
}
