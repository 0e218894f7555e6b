package org.initlab.experiment.trial;

import java.util.List;

/**
 * A copy of a dense network's parameters.
 *
 * @param kernels row-major [in, out], from the input to the output
 * @param biases [out]
 */
public record Parameters(List<float[]> kernels, List<float[]> biases) {

  public Parameters {
    kernels = List.copyOf(kernels);
    biases = List.copyOf(biases);
  }
}
