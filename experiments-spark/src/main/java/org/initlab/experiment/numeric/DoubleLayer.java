package org.initlab.experiment.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a layer of weights does to the numbers below it, and gives back to them, in double
 * precision: pooling first, then the products of a dense layer or of a convolution, example by
 * example. For reference, and where differences of gradients are taken; not for speed.
 */
public final class DoubleLayer {

  private final List<DoublePool> pools = new ArrayList<>();
  private final int rows;
  private final Window window;
  private final int[] taps;
  private final double[] patches;

  /** What the products see, after a way forward. */
  private double[] read;

  /** For one example of a convolution: what it gives, or the gradient of that. */
  private double[] part = {};

  /** For a kernel's gradient by one example. */
  private double[] share = {};

  /** For the gradient of what the products see. */
  private double[] gradient = {};

  /**
   * A layer.
   *
   * @param below what an example is below it
   * @param window where a convolution looks in what pooling leaves; empty for a dense layer
   * @param rows examples
   */
  public DoubleLayer(Volume below, List<Pooling> poolings, Optional<Window> window, int rows) {
    Volume volume = below;
    for (Pooling pooling : poolings) {
      pools.add(new DoublePool(pooling, volume, rows));
      volume = pooling.of(volume);
    }
    this.rows = rows;
    this.window = window.orElse(null);
    this.taps = window.map(DoubleLayer::taps).orElseGet(() -> new int[0]);
    this.patches = new double[taps.length];
  }

  /** Where each number of each window lies in an image; -1 for a zero. */
  private static int[] taps(Window window) {
    int channels = window.in().channels();
    int[] taps = new int[Math.multiplyExact(window.places(), window.inputs())];
    for (int i = 0; i < taps.length; i++) {
      int source = window.source(i / window.inputs(), i % window.inputs() / channels);
      taps[i] = source < 0 ? -1 : source + i % channels;
    }
    return taps;
  }

  /**
   * {@code s = x W}.
   *
   * @param z the numbers below, [rows, ...]
   * @param held which numbers the maxima took at another place, by pooling; null for the greatest
   */
  public void forward(double[] z, double[] w, double[] s, int[][] held) {
    read = z;
    for (int p = 0; p < pools.size(); p++) {
      read = pools.get(p).forward(read, held == null ? null : held[p]);
    }
    if (window == null) {
      DoubleProducts.forward(rows, read, w, s);
      return;
    }
    int outputs = s.length / rows;
    part = sized(part, outputs);
    for (int e = 0; e < rows; e++) {
      gather(e);
      DoubleProducts.forward(window.places(), patches, w, part);
      System.arraycopy(part, 0, s, e * outputs, outputs);
    }
  }

  /** Which numbers the maxima took, by pooling; nothing of a pooling without maxima. */
  public int[][] taken() {
    return pools.stream().map(DoublePool::taken).toArray(int[][]::new);
  }

  /** {@code g = factor x^T ds}, after a way forward. */
  public void kernelGradient(double factor, double[] ds, double[] g) {
    if (window == null) {
      DoubleProducts.kernelGradient(rows, factor, read, ds, g);
      return;
    }
    share = sized(share, g.length);
    Arrays.fill(g, 0);
    for (int e = 0; e < rows; e++) {
      gather(e);
      DoubleProducts.kernelGradient(window.places(), factor, patches, example(ds, e), share);
      add(share, g);
    }
  }

  /** Adds {@code ds W^T} to the gradient of the numbers below. */
  public void addInputGradient(double[] ds, double[] w, double[] below) {
    gradient = sized(gradient, read.length);
    if (window == null) {
      DoubleProducts.inputGradient(rows, ds, w, gradient);
    } else {
      Arrays.fill(gradient, 0);
      int image = read.length / rows;
      for (int e = 0; e < rows; e++) {
        DoubleProducts.inputGradient(window.places(), example(ds, e), w, patches);
        for (int i = 0; i < taps.length; i++) {
          if (taps[i] >= 0) {
            gradient[e * image + taps[i]] += patches[i];
          }
        }
      }
    }
    double[] unpooled = gradient;
    for (int p = pools.size() - 1; p >= 0; p--) {
      unpooled = pools.get(p).backward(unpooled);
    }
    add(unpooled, below);
  }

  private void gather(int example) {
    int image = example * (read.length / rows);
    for (int i = 0; i < taps.length; i++) {
      patches[i] = taps[i] < 0 ? 0 : read[image + taps[i]];
    }
  }

  private double[] example(double[] all, int example) {
    int size = all.length / rows;
    part = sized(part, size);
    System.arraycopy(all, example * size, part, 0, size);
    return part;
  }

  private static double[] sized(double[] room, int size) {
    return room.length == size ? room : new double[size];
  }

  private static void add(double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
