package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import org.initlab.experiment.numeric.Block;

/**
 * The weights of a network of dense layers and convolutions, kept where products are computed.
 * Layers are numbered from 1 at the input; a kernel is row-major, [units(layer - 1), units(layer)],
 * or [kernel, kernel, in, out] for a convolution. To be closed.
 */
final class DenseNetwork implements AutoCloseable {

  private final List<Block> kernels = new ArrayList<>();
  private final List<float[]> biases;
  private final List<Link> links;
  private final float[] gates;

  /** A network with a copy of these kernels and with these very biases. */
  DenseNetwork(Parameters parameters, List<Link> links) {
    this(parameters, links, false);
  }

  /**
   * The same.
   *
   * @param spread whether rows of dense kernels start at cache lines, for products that update them
   *     in place
   */
  private DenseNetwork(Parameters parameters, List<Link> links, boolean spread) {
    this.links = List.copyOf(links);
    this.gates = new float[links.size() + 1];
    for (int layer = 1; layer <= links.size(); layer++) {
      gates[layer] = links.get(layer - 1).gate();
    }
    this.biases = parameters.biases();
    for (int layer = 1; layer <= links.size(); layer++) {
      float[] kernel = parameters.kernels().get(layer - 1);
      boolean dense = link(layer).inlet().flatMap(Inlet::window).isEmpty();
      kernels.add(spread && dense ? Block.ofRows(kernel, bias(layer).length) : Block.of(kernel));
    }
  }

  /** The network with which a trial starts. */
  static DenseNetwork first(Setup setup) {
    return new DenseNetwork(setup.first(), setup.links(), setup.optimizer() == Optimizer.SGD);
  }

  /** Takes these numbers over. */
  void set(Parameters parameters) {
    for (int i = 0; i < kernels.size(); i++) {
      float[] kernel = parameters.kernels().get(i);
      kernels.get(i).put(kernel, kernel.length);
      float[] bias = parameters.biases().get(i);
      System.arraycopy(bias, 0, biases.get(i), 0, bias.length);
    }
  }

  int layers() {
    return kernels.size();
  }

  /** Numbers that a layer gives for one example, places times channels; 0 is the input. */
  int units(int layer) {
    return layer == 0
        ? link(1)
            .inlet()
            .map(inlet -> inlet.below().size())
            .orElseGet(() -> kernel(1).size() / units(1))
        : bias(layer).length * link(layer).places();
  }

  Block kernel(int layer) {
    return kernels.get(layer - 1);
  }

  float[] bias(int layer) {
    return biases.get(layer - 1);
  }

  Link link(int layer) {
    return links.get(layer - 1);
  }

  /** The gates' values, by layer; NaN where there is none. */
  float[] gates() {
    return gates;
  }

  @Override
  public void close() {
    kernels.forEach(Block::close);
  }
}
