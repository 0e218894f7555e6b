package org.initlab.device.cuda;

/**
 * What a look at one network found on its way through a probe: numbers of each layer, from 1 at the
 * input.
 *
 * @param numbers of each layer, in the order of look.cu
 * @param outputGradients dC/ds of the output layer, C being the loss of one example, [probe,
 *     outputs]; none if nobody asked
 */
@SuppressWarnings("ArrayRecordComponent")
public record CudaProbe(double[] numbers, float[] outputGradients) {

  /** Signals that have a mean and a variance, in the order of look.cu. */
  public enum Signal {
    PRE_ACTIVATIONS,
    ACTIVATIONS,
    PRE_ACTIVATION_GRADIENTS,
    WEIGHT_GRADIENTS
  }

  private static final int SATURATION = 2 * Signal.values().length;
  private static final int DEAD_UNITS = SATURATION + 1;

  /** How many a layer has. */
  static final int NUMBERS_OF_A_LAYER = DEAD_UNITS + 1;

  /**
   * What is wanted beyond the way forward.
   *
   * @param back the moments of gradients
   * @param percentile {@link #saturation}
   * @param outputGradients {@link #outputGradients}, of a way back
   */
  public record Wanted(boolean back, boolean percentile, boolean outputGradients) {

    int bits() {
      return (back ? 1 : 0) | (percentile ? 2 : 0);
    }
  }

  /** The mean of a signal's numbers in a layer, over its units and the probe. */
  public double mean(Signal signal, int layer) {
    return number(layer, 2 * signal.ordinal());
  }

  /** Their variance. */
  public double variance(Signal signal, int layer) {
    return number(layer, 2 * signal.ordinal() + 1);
  }

  /** The 98th percentile of a hidden layer's absolute activations: the rank ceil(0.98 n) of n. */
  public double saturation(int layer) {
    return number(layer, SATURATION);
  }

  /** The part of a hidden layer's units whose slope is at most 1e-6 for all of the probe. */
  public double deadUnits(int layer) {
    return number(layer, DEAD_UNITS);
  }

  private double number(int layer, int at) {
    return numbers[(layer - 1) * NUMBERS_OF_A_LAYER + at];
  }
}
