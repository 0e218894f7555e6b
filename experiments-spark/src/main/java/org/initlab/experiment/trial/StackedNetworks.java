package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of T dense networks of one shape, and their gradients: all kernels of a trial are a
 * row of [T, kernels' weights], all biases a row of [T, units]. A layer is a view of these, [T, in,
 * out] and [T, 1, out]. Layers are numbered from 1 at the input. To be closed.
 */
final class StackedNetworks implements AutoCloseable {

  private final int trials;
  private final int[] units;
  private final INDArray kernels;
  private final INDArray biases;
  private final INDArray kernelGradients;
  private final INDArray biasGradients;

  /**
   * Networks of zeros.
   *
   * @param units of the input and of each layer
   */
  StackedNetworks(int trials, int[] units) {
    this.trials = trials;
    this.units = units.clone();
    this.kernels = Tape.zeros(trials, kernelAt(units.length));
    this.biases = Tape.zeros(trials, biasAt(units.length));
    this.kernelGradients = Tape.zeros(kernels.shape());
    this.biasGradients = Tape.zeros(biases.shape());
  }

  /** Where a layer's kernel starts in a trial's row. */
  private int kernelAt(int layer) {
    int at = 0;
    for (int l = 1; l < layer; l++) {
      at = Math.addExact(at, Math.multiplyExact(units[l - 1], units[l]));
    }
    return at;
  }

  private int biasAt(int layer) {
    int at = 0;
    for (int l = 1; l < layer; l++) {
      at += units[l];
    }
    return at;
  }

  int trials() {
    return trials;
  }

  int layers() {
    return units.length - 1;
  }

  int units(int layer) {
    return units[layer];
  }

  /** [T, weights]. */
  INDArray kernels() {
    return kernels;
  }

  /** [T, units]. */
  INDArray biases() {
    return biases;
  }

  INDArray kernelGradients() {
    return kernelGradients;
  }

  INDArray biasGradients() {
    return biasGradients;
  }

  /** [T, in, out]. */
  INDArray kernel(int layer) {
    return layer(kernels, kernelAt(layer), units[layer - 1], units[layer]);
  }

  INDArray kernelGradient(int layer) {
    return layer(kernelGradients, kernelAt(layer), units[layer - 1], units[layer]);
  }

  /** [T, 1, out]. */
  INDArray bias(int layer) {
    return layer(biases, biasAt(layer), 1, units[layer]);
  }

  INDArray biasGradient(int layer) {
    return layer(biasGradients, biasAt(layer), 1, units[layer]);
  }

  private INDArray layer(INDArray rows, int at, int in, int out) {
    return Tape.view(rows, at, new long[] {trials, in, out}, new long[] {rows.size(1), out, 1});
  }

  /** Writes a trial's parameters. */
  void set(int trial, Parameters parameters) {
    for (int layer = 1; layer <= layers(); layer++) {
      float[] kernel = parameters.kernels().get(layer - 1);
      float[] bias = parameters.biases().get(layer - 1);
      HostCopies.put(kernels, trial * kernels.size(1) + kernelAt(layer), kernel, kernel.length);
      HostCopies.put(biases, trial * biases.size(1) + biasAt(layer), bias, bias.length);
    }
  }

  /** A copy of a trial's parameters. */
  Parameters get(int trial) {
    List<float[]> allKernels = new ArrayList<>();
    List<float[]> allBiases = new ArrayList<>();
    for (int layer = 1; layer <= layers(); layer++) {
      float[] kernel = new float[units[layer - 1] * units[layer]];
      float[] bias = new float[units[layer]];
      HostCopies.get(kernels, trial * kernels.size(1) + kernelAt(layer), kernel, kernel.length);
      HostCopies.get(biases, trial * biases.size(1) + biasAt(layer), bias, bias.length);
      allKernels.add(kernel);
      allBiases.add(bias);
    }
    return new Parameters(allKernels, allBiases);
  }

  @Override
  public void close() {
    kernels.close();
    biases.close();
    kernelGradients.close();
    biasGradients.close();
  }
}
