package org.initlab.init;

/**
 * The variance factor by which an initializer answers a nonlinearity: weights have variance {@code
 * gain / fan}. It is a factor on the VARIANCE; PyTorch's {@code calculate_gain} is its square root.
 */
public interface Gain {

  /** No correction: variance 1 / fan. */
  Gain UNIT = new Constant(1);

  /** The factor for weights that feed {@code activation}; at least 0 and finite. */
  double variance(Activation activation);

  /** The same factor whatever the activation. */
  static Gain of(double variance) {
    return new Constant(variance);
  }

  /** A gain that does not look at the activation. */
  record Constant(double variance) implements Gain {
    public Constant {
      if (!(variance >= 0) || Double.isInfinite(variance)) {
        throw new IllegalArgumentException(
            "scale must be a finite number of at least 0, not " + variance);
      }
    }

    @Override
    public double variance(Activation activation) {
      return variance;
    }
  }
}
