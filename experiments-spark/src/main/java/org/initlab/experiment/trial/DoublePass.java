package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.initlab.experiment.numeric.DoubleLayer;
import org.initlab.experiment.numeric.Volume;
import org.initlab.init.Activation;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Tensors;

/**
 * What {@link DensePass} computes, in double precision and with Java's own functions: the way of
 * some examples through a network and back.
 */
final class DoublePass {

  private final List<Link> links;
  private final int rows;
  private final int[] units;
  private final DoubleLayer[] products;
  private final double[][] s;
  private final double[][] z;

  /** Gradients; null before any is asked for. */
  private double[][] d;

  /**
   * A pass.
   *
   * @param units of the input and of each layer, places times channels
   */
  DoublePass(List<Link> links, int[] units, int rows) {
    this.links = List.copyOf(links);
    this.rows = rows;
    this.units = units.clone();
    this.s = room(units, rows);
    this.z = room(units, rows);
    this.products = new DoubleLayer[units.length];
    for (int layer = 1; layer < units.length; layer++) {
      int below = units[layer - 1];
      products[layer] =
          links
              .get(layer - 1)
              .inlet()
              .map(i -> new DoubleLayer(i.below(), i.poolings(), i.window(), rows))
              .orElseGet(
                  () -> new DoubleLayer(Volume.flat(below), List.of(), Optional.empty(), rows));
    }
  }

  private static double[][] room(int[] units, int rows) {
    double[][] room = new double[units.length][];
    for (int layer = 0; layer < units.length; layer++) {
      room[layer] = new double[units[layer] * rows];
    }
    return room;
  }

  private int layers() {
    return links.size();
  }

  /** A layer's outputs before the activation, after a way forward. */
  double[] outputs(int layer) {
    return s[layer];
  }

  /** Sends examples through the layers up to {@code last}. */
  void forward(Tensors w, Examples examples, int last) {
    forward(w, examples, last, null);
  }

  /** The sides of the kinks, after a way forward through all layers. */
  Sides sides() {
    int[][][] taken = new int[products.length][][];
    for (int layer = 1; layer < products.length; layer++) {
      taken[layer] = products[layer].taken();
    }
    return new Sides(Arrays.stream(s).map(double[]::clone).toArray(double[][]::new), taken);
  }

  private void forward(Tensors w, Examples examples, int last, Sides sides) {
    for (int i = 0; i < z[0].length; i++) {
      z[0][i] = examples.x()[i];
    }
    for (int layer = 1; layer <= last; layer++) {
      Link link = links.get(layer - 1);
      int[][] held = sides == null ? null : sides.taken()[layer];
      products[layer].forward(z[layer - 1], w.kernel(layer), s[layer], held);
      double[] bias = w.bias(layer);
      Activation f = link.activation();
      for (int i = 0; i < s[layer].length; i++) {
        s[layer][i] += bias[i % bias.length];
        z[layer][i] = sides == null ? f.of(s[layer][i]) : sides.of(f, layer, i, s[layer][i]);
      }
      if (link.hasGate() || link.skip() != Link.NONE) {
        double gate = link.hasGate() ? link.gate() : 1;
        for (int i = 0; i < z[layer].length; i++) {
          z[layer][i] = gate * z[layer][i] + (link.skip() == Link.NONE ? 0 : z[link.skip()][i]);
        }
      }
    }
  }

  /** The mean loss and its gradient, gates held where they start. */
  LiveNetwork.Slope slope(Tensors w, Examples examples, Goal goal) {
    return slope(w, examples, goal, null);
  }

  /** The same with kinks held on these sides; null for where they are. */
  LiveNetwork.Slope slope(Tensors w, Examples examples, Goal goal, Sides sides) {
    int last = layers();
    forward(w, examples, last, sides);
    if (d == null) {
      d = room(units, rows);
    }
    for (double[] gradient : d) {
      Arrays.fill(gradient, 0);
    }
    int classes = s[last].length / rows;
    double[] room = new double[classes];
    double sum = 0;
    for (int e = 0; e < rows; e++) {
      System.arraycopy(s[last], e * classes, room, 0, classes);
      sum += goal.replace(room, examples.labels()[e]);
      System.arraycopy(room, 0, d[last], e * classes, classes);
    }
    List<double[]> gradient = new ArrayList<>();
    for (int layer = last; layer >= 1; layer--) {
      if (layer < last) {
        towardsOutputs(layer, sides);
      }
      double[] bias = new double[w.bias(layer).length];
      for (int i = 0; i < d[layer].length; i++) {
        bias[i % bias.length] += d[layer][i] / rows;
      }
      double[] kernel = new double[w.kernel(layer).length];
      products[layer].kernelGradient(1.0 / rows, d[layer], kernel);
      gradient.add(0, bias);
      gradient.add(0, kernel);
      if (layer > 1) {
        products[layer].addInputGradient(d[layer], w.kernel(layer), d[layer - 1]);
      }
    }
    return new LiveNetwork.Slope(sum / rows, new Tensors(gradient));
  }

  /** From dC/dz of a layer to dC/ds, its sum's share going down to the layer that was added. */
  private void towardsOutputs(int layer, Sides sides) {
    Link link = links.get(layer - 1);
    if (link.skip() != Link.NONE) {
      add(d[layer], d[link.skip()]);
    }
    double gate = link.hasGate() ? link.gate() : 1;
    for (int i = 0; i < d[layer].length; i++) {
      Activation f = link.activation();
      double slope = sides == null ? f.slope(s[layer][i]) : sides.slope(f, layer, i, s[layer][i]);
      d[layer][i] *= gate * slope;
    }
  }

  private static void add(double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
