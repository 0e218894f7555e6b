package org.initlab.experiment.trial;

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
 * some examples through a network and back, on memory taken once.
 */
final class DoublePass {

  private final List<Link> links;
  private final int rows;
  private final int[] units;
  private final DoubleLayer[] products;
  private final double[][] s;
  private final double[][] z;
  private final double[] gates;
  private final double[] gateGradients;

  /** One example's outputs. */
  private final double[] answer;

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
    this.gates = new double[units.length];
    this.gateGradients = new double[units.length];
    this.answer = new double[units[units.length - 1]];
    this.products = new DoubleLayer[units.length];
    Arrays.fill(gates, 1);
    for (int layer = 1; layer < units.length; layer++) {
      Link link = links.get(layer - 1);
      int below = units[layer - 1];
      if (link.hasGate()) {
        gates[layer] = link.gate();
      }
      products[layer] =
          link.inlet()
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

  /**
   * The gates' values by layer, from where the links start them; 1 where there is none. A caller
   * may change them.
   */
  double[] gates() {
    return gates;
  }

  /** The mean loss's gradient by the gates, after a way back; 0 where there is none. */
  double[] gateGradients() {
    return gateGradients;
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
      addToRows(w.bias(layer), s[layer]);
      Activation f = link.activation();
      for (int i = 0; i < s[layer].length; i++) {
        z[layer][i] = sides == null ? f.of(s[layer][i]) : sides.of(f, layer, i, s[layer][i]);
      }
      if (link.hasGate() || link.skip() != Link.NONE) {
        for (int i = 0; i < z[layer].length; i++) {
          z[layer][i] =
              gates[layer] * z[layer][i] + (link.skip() == Link.NONE ? 0 : z[link.skip()][i]);
        }
      }
    }
  }

  private static void addToRows(double[] bias, double[] s) {
    for (int at = 0; at < s.length; at += bias.length) {
      for (int j = 0; j < bias.length; j++) {
        s[at + j] += bias[j];
      }
    }
  }

  /** The mean loss and its gradient, gates held where they are. */
  LiveNetwork.Slope slope(Tensors w, Examples examples, Goal goal) {
    return slope(w, examples, goal, null);
  }

  /** The same with kinks held on these sides; null for where they are. */
  LiveNetwork.Slope slope(Tensors w, Examples examples, Goal goal, Sides sides) {
    Tensors gradient = roomFor(w);
    double loss = loss(w, examples, goal, sides);
    backward(w, sides, gradient);
    return new LiveNetwork.Slope(loss, gradient);
  }

  /** Room for a gradient of these parameters. */
  static Tensors roomFor(Tensors w) {
    return new Tensors(w.parts().stream().map(part -> new double[part.length]).toList());
  }

  /** Sends examples through all layers, and returns their mean loss. */
  double loss(Tensors w, Examples examples, Goal goal) {
    return loss(w, examples, goal, null);
  }

  private double loss(Tensors w, Examples examples, Goal goal, Sides sides) {
    int last = layers();
    forward(w, examples, last, sides);
    if (d == null) {
      d = room(units, rows);
    }
    double sum = 0;
    for (int e = 0; e < rows; e++) {
      System.arraycopy(s[last], e * answer.length, answer, 0, answer.length);
      sum += goal.replace(answer, examples.labels()[e]);
      System.arraycopy(answer, 0, d[last], e * answer.length, answer.length);
    }
    return sum / rows;
  }

  /** Writes the mean loss's gradient, after {@link #loss}. */
  void backward(Tensors w, Tensors gradient) {
    backward(w, null, gradient);
  }

  private void backward(Tensors w, Sides sides, Tensors gradient) {
    int last = layers();
    for (int layer = 1; layer < last; layer++) {
      Arrays.fill(d[layer], 0);
    }
    for (int layer = last; layer >= 1; layer--) {
      if (layer < last) {
        towardsOutputs(layer, sides);
      }
      meanOfRows(d[layer], gradient.bias(layer));
      products[layer].kernelGradient(1.0 / rows, d[layer], gradient.kernel(layer));
      if (layer > 1) {
        products[layer].addInputGradient(d[layer], w.kernel(layer), d[layer - 1]);
      }
    }
  }

  /** The sum over places, and the mean over examples. */
  private void meanOfRows(double[] gradients, double[] mean) {
    Arrays.fill(mean, 0);
    for (int at = 0; at < gradients.length; at += mean.length) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += gradients[at + j] / rows;
      }
    }
  }

  /** From dC/dz of a layer to dC/ds, its sum's share going down to the layer that was added. */
  private void towardsOutputs(int layer, Sides sides) {
    Link link = links.get(layer - 1);
    if (link.skip() != Link.NONE) {
      add(d[layer], d[link.skip()]);
    }
    if (link.hasGate()) { // whose activation is the identity
      gateGradients[layer] = Tensors.dot(d[layer], s[layer]) / rows;
    }
    Activation f = link.activation();
    for (int i = 0; i < d[layer].length; i++) {
      double slope = sides == null ? f.slope(s[layer][i]) : sides.slope(f, layer, i, s[layer][i]);
      d[layer][i] *= gates[layer] * slope;
    }
  }

  private static void add(double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
