package org.initlab.init.simulate;

/**
 * A depthwise convolution: every channel has a kernel of its own, or several.
 *
 * @param taps where the window looks
 * @param channels that come in
 * @param multiplier outputs of a channel
 */
record Channelwise(Taps taps, int channels, int multiplier) {

  /** From [batch, seen, channels] to [batch, places, channels x multiplier]. */
  float[] gather(float[] x, int batch, float[] kernel) {
    int columns = channels * multiplier;
    float[] y = new float[Math.multiplyExact(batch * taps.places(), columns)];
    walk(
        batch,
        (from, to, tap) -> {
          for (int c = 0; c < channels; c++) {
            for (int m = 0; m < multiplier; m++) {
              int k = c * multiplier + m;
              y[to + k] += x[from + c] * kernel[tap + k];
            }
          }
        });
    return y;
  }

  /** The way back. */
  float[] scatter(float[] y, int batch, float[] kernel) {
    float[] x = new float[Math.multiplyExact(batch * taps.seen(), channels)];
    walk(
        batch,
        (from, to, tap) -> {
          for (int c = 0; c < channels; c++) {
            for (int m = 0; m < multiplier; m++) {
              int k = c * multiplier + m;
              x[from + c] += y[to + k] * kernel[tap + k];
            }
          }
        });
    return x;
  }

  /** Gets where in the input, in the output and in the kernel a place's channels start. */
  @FunctionalInterface
  private interface Visit {
    void at(int from, int to, int tap);
  }

  private void walk(int batch, Visit visit) {
    int columns = channels * multiplier;
    for (int b = 0; b < batch; b++) {
      for (int p = 0; p < taps.places(); p++) {
        for (int t = 0; t < taps.taps(); t++) {
          int from = taps.from()[p * taps.taps() + t];
          if (from >= 0) {
            visit.at(
                (b * taps.seen() + from) * channels,
                (b * taps.places() + p) * columns,
                t * columns);
          }
        }
      }
    }
  }
}
