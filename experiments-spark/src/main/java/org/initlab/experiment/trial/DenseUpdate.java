package org.initlab.experiment.trial;

import java.util.List;
import java.util.function.IntFunction;
import org.initlab.experiment.numeric.Block;
import org.initlab.experiment.numeric.ChannelSums;
import org.initlab.experiment.numeric.Descent;
import org.initlab.experiment.numeric.LayerProducts;
import org.initlab.init.Rates;

/**
 * One update of a network on the way back. Plain SGD is folded into the products; the other
 * optimizers take the gradient tile by tile, while it is in the cache. To be closed.
 */
final class DenseUpdate implements DensePass.LayerUpdate, AutoCloseable {

  private final DenseNetwork network;
  private final float perExample;
  private final List<Rates> rates;
  private final float decay;
  private final boolean folded;
  private final Descent[] kernelDescents;
  private final Descent[] biasDescents;
  private final Descent gateDescent;
  private final float[] gateGradients;
  private final float[] biasGradient;

  private final ChannelSums[] sums;

  /** For other optimizers than plain SGD: the kernels again, where Java's loops reach them. */
  private final float[][] weights;

  private final float[] gradient;
  private final Block gradientBlock;
  private float rate;
  private long update;

  /**
   * Updates of a network.
   *
   * @param rows examples a batch
   * @param rates by what each layer's learning rates are multiplied
   * @param decay times a kernel is added to its gradient
   * @param folded whether the optimizer is plain SGD
   * @param descent the optimizer for a number of parameters
   */
  DenseUpdate(
      DenseNetwork network,
      int rows,
      List<Rates> rates,
      double decay,
      boolean folded,
      IntFunction<Descent> descent) {
    int layers = network.layers();
    this.network = network;
    this.perExample = 1f / rows;
    this.rates = List.copyOf(rates);
    this.decay = (float) decay;
    this.folded = folded;
    this.kernelDescents = new Descent[layers + 1];
    this.biasDescents = new Descent[layers + 1];
    this.weights = new float[layers + 1][];
    this.sums = new ChannelSums[layers + 1];
    int widest = 0;
    int largest = 0;
    for (int layer = 1; layer <= layers; layer++) {
      kernelDescents[layer] = descent.apply(network.kernel(layer).size());
      biasDescents[layer] = descent.apply(network.bias(layer).length);
      if (!folded) {
        weights[layer] = new float[network.kernel(layer).size()];
        network.kernel(layer).get(weights[layer], weights[layer].length);
      }
      sums[layer] = DensePass.sums(network, layer, rows * network.units(layer));
      widest = Math.max(widest, network.bias(layer).length);
      largest = Math.max(largest, network.kernel(layer).size());
    }
    this.gateDescent = descent.apply(layers + 1);
    this.gateGradients = new float[layers + 1];
    this.biasGradient = new float[widest];
    this.gradient = new float[folded ? 0 : largest];
    this.gradientBlock = new Block(folded ? 1 : largest);
  }

  /** The next way back is this update. */
  void next(long update, double rate) {
    this.update = update;
    this.rate = (float) rate;
  }

  @Override
  public void apply(int layer, LayerProducts products, float[] d) {
    float kernelRate = (float) (rate * rates.get(layer - 1).kernel());
    float biasRate = (float) (rate * rates.get(layer - 1).bias());
    if (folded) {
      products.backwardAndUpdate(1f - kernelRate * decay, -kernelRate * perExample);
    } else {
      Block kernel = network.kernel(layer);
      float[] w = weights[layer];
      products.backward(
          perExample,
          gradientBlock,
          (from, count) -> {
            gradientBlock.get(0, gradient, from, count);
            if (decay > 0) {
              add(decay, w, gradient, from, from + count);
            }
            kernelDescents[layer].update(w, gradient, from, from + count, kernelRate, update);
            kernel.put(from, w, from, count);
          });
    }
    float[] bias = network.bias(layer);
    sums[layer].of(d, biasGradient);
    for (int j = 0; j < bias.length; j++) {
      biasGradient[j] *= perExample;
    }
    biasDescents[layer].update(bias, biasGradient, 0, bias.length, biasRate, update);
  }

  /** Updates the gates after the way back; the weights have got theirs on it. */
  void gates(DensePass pass) {
    float[] gates = network.gates();
    for (int layer = 1; layer < gates.length; layer++) {
      if (network.link(layer).hasGate()) {
        gateGradients[layer] = pass.gateGradient(layer) * perExample;
        gateDescent.update(gates, gateGradients, layer, layer + 1, rate, update);
      }
    }
  }

  private static void add(float factor, float[] w, float[] g, int from, int to) {
    for (int i = from; i < to; i++) {
      g[i] += factor * w[i];
    }
  }

  @Override
  public void close() {
    gradientBlock.close();
  }
}
