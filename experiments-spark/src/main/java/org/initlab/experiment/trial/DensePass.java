package org.initlab.experiment.trial;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.initlab.experiment.numeric.Block;
import org.initlab.experiment.numeric.ChannelSums;
import org.initlab.experiment.numeric.Curve;
import org.initlab.experiment.numeric.Curves;
import org.initlab.experiment.numeric.LayerProducts;
import org.initlab.init.Activation;

/**
 * The way of a number of examples through a network and back, on memory taken once: {@code s(l) =
 * z(l-1) W(l) + b(l)}, {@code z(l) = f(s(l))}, z(0) the inputs; {@code d(l) = dC/ds(l)} of each
 * example's own loss C, {@code d(l-1) = (d(l) W(l)^T) f'(s(l-1))}, the products being a
 * convolution's where the network says so. Arrays are row-major with an example a row, in which the
 * channels of a place stand together. To be closed before its network.
 */
final class DensePass implements AutoCloseable {

  private final DenseNetwork network;
  private final int rows;
  private final Curve[] curves;

  private final ChannelSums[] sums;

  private final PassProducts products;
  private final float[][] s;
  private final float[][] z;
  private final float[][] d;
  private final float[][] skipped;
  private final float[] gateGradients;
  private final double[] room;
  private Block kernelRoom;

  /** Layers whose signals are so faint that their subnormals are taken for 0; null in a look. */
  private final Faint faint;

  /** A pass that looks at a network as it is. */
  static DensePass look(DenseNetwork network, int rows) {
    return new DensePass(network, rows, null);
  }

  /** A pass to train by, which takes subnormal numbers for 0 where there are many. */
  static DensePass training(DenseNetwork network, int rows) {
    return new DensePass(network, rows, new Faint(network.layers()));
  }

  private DensePass(DenseNetwork network, int rows, Faint faint) {
    this.faint = faint;
    int layers = network.layers();
    this.network = network;
    this.rows = rows;
    this.s = new float[layers + 1][];
    this.z = new float[layers][];
    this.d = new float[layers + 1][];
    this.room = new double[network.units(layers)];
    this.curves = new Curve[layers + 1];
    this.sums = new ChannelSums[layers + 1];
    this.skipped = new float[layers + 1][];
    this.gateGradients = new float[layers + 1];
    Map<Activation, Curve> shared = new EnumMap<>(Activation.class);
    int widest = IntStream.rangeClosed(1, layers).map(network::units).max().orElse(1) * rows;
    z[0] = new float[rows * network.units(0)];
    for (int layer = 1; layer <= layers; layer++) {
      int size = rows * network.units(layer);
      s[layer] = new float[size];
      d[layer] = new float[size];
      if (layer < layers) {
        z[layer] = new float[size];
      }
      Link link = network.link(layer);
      curves[layer] = shared.computeIfAbsent(link.activation(), f -> Curves.of(f, widest));
      sums[layer] = sums(network, layer, size);
      if (link.skip() != Link.NONE) {
        skipped[link.skip()] = new float[size];
      }
    }
    this.products = new PassProducts(network, rows, z, s, d);
  }

  /** What is done to a layer's biases, with that many numbers in all examples. */
  static ChannelSums sums(DenseNetwork network, int layer, int numbers) {
    int channels = network.bias(layer).length;
    return network.link(layer).places() > 1
        ? ChannelSums.ofPlaces(channels, numbers)
        : ChannelSums.ofRows(channels, numbers);
  }

  int rows() {
    return rows;
  }

  /** Where the caller writes the examples, and finds each hidden layer's activations. */
  float[] activations(int layer) {
    return z[layer];
  }

  float[] preActivations(int layer) {
    return s[layer];
  }

  /** dC/ds after a way back. */
  float[] gradients(int layer) {
    return d[layer];
  }

  /** Sends the examples through all layers. */
  void forward() {
    int layers = network.layers();
    for (int layer = 1; layer <= layers; layer++) {
      products.of(layer).forward();
      float[] out = s[layer];
      sums[layer].add(network.bias(layer), out);
      if (layer < layers) {
        curves[layer].values(out, z[layer], out.length);
        join(layer);
        if (faint != null) {
          faint.activations(layer, z[layer]);
        }
      }
    }
  }

  /** The gate and the sum of a layer's output. */
  private void join(int layer) {
    Link link = network.link(layer);
    if (link.hasGate()) {
      multiply(z[layer], network.gates()[layer]);
    }
    if (link.skip() != Link.NONE) {
      add(z[layer], z[link.skip()]);
    }
  }

  private static void multiply(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private static void add(float[] values, float[] more) {
    for (int i = 0; i < values.length; i++) {
      values[i] += more[i];
    }
  }

  /** Writes dC/ds of the output layer and returns the mean of C. */
  double loss(Goal goal, int[] labels) {
    int layers = network.layers();
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += goal.of(s[layers], i * room.length, labels[i], room, d[layers]);
    }
    return sum / rows;
  }

  /** What happens to a layer's weights on the way back, between the gradients of its two sides. */
  @FunctionalInterface
  interface LayerUpdate {

    /** Computes the products' dx and whatever else is wanted; d is the layer's dC/ds. */
    void apply(int layer, LayerProducts products, float[] d);
  }

  /** Sends dC/ds back from the output layer to layer 1; the weights may change on the way. */
  void backward(LayerUpdate update) {
    for (int layer = network.layers(); layer >= 1; layer--) {
      update.apply(layer, products.of(layer), d[layer]);
      if (layer > 1) {
        float[] below = d[layer - 1];
        part(layer - 1, below);
        curves[layer - 1].backward(s[layer - 1], z[layer - 1], below, below.length);
        if (faint != null) {
          faint.gradients(layer - 1, below);
        }
      }
    }
  }

  /** From dC/dz by way of the next layer to the dC/d of what the activation gave. */
  private void part(int layer, float[] gradient) {
    Link link = network.link(layer);
    if (skipped[layer] != null) {
      add(gradient, skipped[layer]);
    }
    if (link.skip() != Link.NONE) {
      System.arraycopy(gradient, 0, skipped[link.skip()], 0, gradient.length);
    }
    if (link.hasGate()) {
      double sum = 0;
      for (int i = 0; i < gradient.length; i++) {
        sum += gradient[i] * s[layer][i];
      }
      gateGradients[layer] = (float) sum;
      multiply(gradient, network.gates()[layer]);
    }
  }

  /** The sum over the examples of dC/dgate of a layer that has one, after a way back. */
  float gateGradient(int layer) {
    return gateGradients[layer];
  }

  /** {@code factor z(l-1)^T d(l)}, after a way back. */
  float[] kernelGradient(int layer, float factor) {
    if (kernelRoom == null) { // one for all layers: memory that is new is zeroed page by page
      kernelRoom =
          new Block(
              IntStream.rangeClosed(1, network.layers())
                  .map(i -> network.kernel(i).size())
                  .max()
                  .orElse(0));
    }
    float[] gradient = new float[network.kernel(layer).size()];
    products.of(layer).kernelGradient(factor, kernelRoom);
    kernelRoom.get(gradient, gradient.length);
    return gradient;
  }

  @Override
  public void close() {
    if (kernelRoom != null) {
      kernelRoom.close();
    }
    products.close();
  }
}
