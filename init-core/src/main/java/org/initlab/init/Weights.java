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

  /** What one Java array takes. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

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

  /**
   * Zeros for an initializer to fill.
   *
   * @param by who will fill them, named in the error
   * @throws IllegalArgumentException if the site has more weights than an array takes
   */
  public static Weights zeros(Site site, Initializer by) {
    requireRoom(site, by);
    return zeros(site.shape());
  }

  /** Refuses a site that has more weights than an array takes; the error names the initializer. */
  public static void requireRoom(Site site, Initializer by) {
    if (site.shape().size() > LARGEST) {
      throw new IllegalArgumentException(
          by + " cannot fill " + site.name() + ": " + tooLarge(site.shape()));
    }
  }

  /** A tensor of zeros of this shape. */
  public static Weights zeros(WeightShape shape) {
    if (shape.size() > LARGEST) {
      throw new IllegalArgumentException(tooLarge(shape));
    }
    return new Weights(shape.lengths(), new float[(int) shape.size()]);
  }

  private static String tooLarge(WeightShape shape) {
    return "%d weights (out %d, in %d, kernel %s) do not fit one Java array; allowed are at most %d."
        .formatted(shape.size(), shape.out(), shape.in(), shape.kernel(), LARGEST);
  }
}
