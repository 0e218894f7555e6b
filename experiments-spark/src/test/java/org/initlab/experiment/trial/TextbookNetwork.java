package org.initlab.experiment.trial;

import java.util.List;
import java.util.Optional;
import org.initlab.experiment.numeric.Padding;
import org.initlab.experiment.numeric.Pooling;
import org.initlab.experiment.numeric.Volume;
import org.initlab.experiment.numeric.Window;
import org.initlab.init.Activation;

/**
 * A network's loss in double precision, by the sums of the textbook, for tests to differentiate.
 */
record TextbookNetwork(Volume image, List<Link> links, double[][] w, double[][] b, double[] gates) {

  /** An image, or numbers without places. */
  private record Signal(Volume volume, double[] at) {

    double get(int y, int x, int c) {
      return at[(y * volume.width() + x) * volume.channels() + c];
    }
  }

  /** Mean cross-entropy of the examples. */
  double loss(float[] x, int[] labels) {
    double sum = 0;
    for (int e = 0; e < labels.length; e++) {
      double[] s = outputs(x, e);
      double all = 0;
      for (double v : s) {
        all += Math.exp(v);
      }
      sum += Math.log(all) - s[labels[e]];
    }
    return sum / labels.length;
  }

  private double[] outputs(float[] x, int example) {
    double[] input = new double[image.size()];
    for (int i = 0; i < input.length; i++) {
      input[i] = x[example * input.length + i];
    }
    Signal[] z = new Signal[links.size() + 1];
    z[0] = new Signal(image, input);
    for (int layer = 1; layer <= links.size(); layer++) {
      Link link = links.get(layer - 1);
      Signal read = z[layer - 1];
      for (Pooling pooling : link.inlet().map(Inlet::poolings).orElse(List.of())) {
        read = pool(read, pooling);
      }
      Optional<Window> window = link.inlet().flatMap(Inlet::window);
      Signal s =
          window.isPresent()
              ? convolve(read, window.get(), w[layer - 1], b[layer - 1])
              : dense(read, w[layer - 1], b[layer - 1]);
      Activation f = link.activation();
      for (int i = 0; i < s.at.length; i++) {
        double value = f.of(s.at[i]);
        double gated = link.hasGate() ? gates[layer] * value : value;
        s.at[i] = gated + (link.skip() == Link.NONE ? 0 : z[link.skip()].at[i]);
      }
      z[layer] = s;
    }
    return z[links.size()].at;
  }

  private static Signal dense(Signal x, double[] w, double[] b) {
    double[] s = b.clone();
    for (int i = 0; i < x.at.length; i++) {
      for (int o = 0; o < s.length; o++) {
        s[o] += x.at[i] * w[i * s.length + o];
      }
    }
    return new Signal(Volume.flat(s.length), s);
  }

  /** The number before the border: half of what is missing, rounded down. */
  private static int before(int size, Window window) {
    int outputs = (size + window.stride() - 1) / window.stride();
    int missing = (outputs - 1) * window.stride() + window.kernel() - size;
    return window.padding() == Padding.VALID ? 0 : Math.max(0, missing) / 2;
  }

  private static Signal convolve(Signal x, Window window, double[] w, double[] b) {
    Volume in = x.volume;
    int k = window.kernel();
    boolean valid = window.padding() == Padding.VALID;
    int height = valid ? (in.height() - k) / window.stride() + 1 : ceil(in.height(), window);
    int width = valid ? (in.width() - k) / window.stride() + 1 : ceil(in.width(), window);
    Volume out = new Volume(height, width, b.length);
    double[] s = new double[out.size()];
    for (int y = 0; y < height; y++) {
      for (int at = 0; at < width; at++) {
        for (int o = 0; o < b.length; o++) {
          double sum = b[o];
          for (int dy = 0; dy < k; dy++) {
            for (int dx = 0; dx < k; dx++) {
              int row = y * window.stride() + dy - before(in.height(), window);
              int column = at * window.stride() + dx - before(in.width(), window);
              if (window.padding() == Padding.CIRCULAR) {
                row = (row + 10 * in.height()) % in.height();
                column = (column + 10 * in.width()) % in.width();
              }
              if (row < 0 || column < 0 || row >= in.height() || column >= in.width()) {
                continue;
              }
              for (int c = 0; c < in.channels(); c++) {
                int weight = ((dy * k + dx) * in.channels() + c) * b.length + o;
                sum += x.get(row, column, c) * w[weight];
              }
            }
          }
          s[(y * width + at) * b.length + o] = sum;
        }
      }
    }
    return new Signal(out, s);
  }

  private static int ceil(int size, Window window) {
    return (int) Math.ceil(size / (double) window.stride());
  }

  private static Signal pool(Signal x, Pooling pooling) {
    Volume in = x.volume;
    boolean global = pooling == Pooling.GLOBAL_AVERAGE;
    Volume out =
        global
            ? Volume.flat(in.channels())
            : new Volume(in.height() / 2, in.width() / 2, in.channels());
    int high = global ? in.height() : 2;
    int wide = global ? in.width() : 2;
    double[] pooled = new double[out.size()];
    for (int y = 0; y < out.height(); y++) {
      for (int at = 0; at < out.width(); at++) {
        for (int c = 0; c < in.channels(); c++) {
          double sum = 0;
          double most = Double.NEGATIVE_INFINITY;
          for (int dy = 0; dy < high; dy++) {
            for (int dx = 0; dx < wide; dx++) {
              double value = x.get(2 * y + dy, 2 * at + dx, c);
              sum += value;
              most = Math.max(most, value);
            }
          }
          pooled[(y * out.width() + at) * in.channels() + c] =
              pooling == Pooling.MAX ? most : sum / (high * wide);
        }
      }
    }
    return new Signal(out, pooled);
  }
}
