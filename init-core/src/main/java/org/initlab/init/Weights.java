package org.initlab.init;

/**
 * A drawn tensor: row-major values in the layout of Keras and JAX (kernel..., in, out).
 *
 * <p>The arrays are the record's own and not copied; whoever takes them may change them.
 *
 * @param shape lengths, their product being {@code values.length}
 * @param values the weights
 */
@SuppressWarnings("ArrayRecordComponent")
public record Weights(long[] shape, float[] values) {

  public Weights {
    long size = 1;
    for (long length : shape) {
      size = Math.multiplyExact(size, length);
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          "A shape of " + size + " elements cannot hold " + values.length + " values.");
    }
  }

  /** A tensor of zeros of this shape. */
  public static Weights zeros(WeightShape shape) {
    if (shape.size() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "A tensor of "
              + shape.size()
              + " weights does not fit one Java array; allowed are at most 2^31 - 9.");
    }
    return new Weights(shape.lengths(), new float[(int) shape.size()]);
  }
}
