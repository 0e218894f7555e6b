package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import org.initlab.init.Tensors;

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

  /** The floats that are next to these numbers; beyond the largest float, an infinity. */
  static Parameters rounded(Tensors exact) {
    List<float[]> kernels = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int layer = 1; layer <= exact.parts().size() / 2; layer++) {
      kernels.add(floats(exact.kernel(layer)));
      biases.add(floats(exact.bias(layer)));
    }
    return new Parameters(kernels, biases);
  }

  /** The same numbers in double precision. */
  Tensors widened() {
    List<double[]> parts = new ArrayList<>();
    for (int i = 0; i < kernels.size(); i++) {
      parts.add(doubles(kernels.get(i)));
      parts.add(doubles(biases.get(i)));
    }
    return new Tensors(parts);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
