package org.initlab.init.simulate;

import java.util.List;
import org.initlab.init.random.Key;

/** The largest of a window, or the mean of those of its numbers that are no padding. */
final class PoolStep implements Step {

  private final Taps taps;
  private final int batch;
  private final int channels;
  private final boolean channelsFirst;
  private final boolean largest;
  private int[] winners = {};

  PoolStep(Taps taps, int batch, int channels, boolean channelsFirst, boolean largest) {
    this.taps = taps;
    this.batch = batch;
    this.channels = channels;
    this.channelsFirst = channelsFirst;
    this.largest = largest;
  }

  @Override
  public float[] forward(List<float[]> inputs, Key key) {
    float[] given = inputs.get(0);
    float[] x = channelsFirst ? Numbers.turned(given, batch, channels, taps.seen()) : given;
    float[] y = new float[batch * taps.places() * channels];
    winners = new int[largest ? y.length : 0];
    for (int row = 0; row < batch * taps.places(); row++) {
      int start = row / taps.places() * taps.seen();
      int place = row % taps.places() * taps.taps();
      int seen = seen(place);
      for (int c = 0; c < channels; c++) {
        int at = row * channels + c;
        double sum = 0;
        int best = -1;
        for (int t = place; t < place + taps.taps(); t++) {
          int from = taps.from()[t];
          if (from >= 0) {
            int i = (start + from) * channels + c;
            sum += x[i];
            best = best < 0 || x[i] > x[best] ? i : best;
          }
        }
        y[at] = largest ? best < 0 ? 0 : x[best] : (float) (sum / Math.max(1, seen));
        if (largest) {
          winners[at] = best;
        }
      }
    }
    return channelsFirst ? Numbers.turned(y, batch, taps.places(), channels) : y;
  }

  private int seen(int place) {
    int seen = 0;
    for (int t = place; t < place + taps.taps(); t++) {
      seen += taps.from()[t] >= 0 ? 1 : 0;
    }
    return seen;
  }

  @Override
  public List<float[]> backward(float[] gradient) {
    float[] g = channelsFirst ? Numbers.turned(gradient, batch, channels, taps.places()) : gradient;
    float[] x = new float[batch * taps.seen() * channels];
    for (int row = 0; row < batch * taps.places(); row++) {
      int start = row / taps.places() * taps.seen();
      int place = row % taps.places() * taps.taps();
      int seen = largest ? 1 : Math.max(1, seen(place));
      for (int c = 0; c < channels; c++) {
        int at = row * channels + c;
        if (largest) {
          if (winners[at] >= 0) {
            x[winners[at]] += g[at];
          }
          continue;
        }
        for (int t = place; t < place + taps.taps(); t++) {
          if (taps.from()[t] >= 0) {
            x[(start + taps.from()[t]) * channels + c] += g[at] / seen;
          }
        }
      }
    }
    return List.of(channelsFirst ? Numbers.turned(x, batch, taps.seen(), channels) : x);
  }
}
