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
   * @param initializer the name of who will fill them, for the error
   * @throws IllegalArgumentException if the site has more weights than an array takes
   */
  public static Weights zeros(Site site, String initializer) {
    requireRoom(site, initializer);
    return zeros(site.shape());
  }

  /** Refuses a site that has more weights than an array takes; the error names the initializer. */
  public static void requireRoom(Site site, String initializer) {
    if (site.shape().size() > LARGEST) {
      throw new IllegalArgumentException(
          initializer + ": shape of " + site.name() + " must be one of " + tooLarge(site.shape()));
    }
  }

  /** A tensor of zeros of this shape. */
  public static Weights zeros(WeightShape shape) {
    if (shape.size() > LARGEST) {
      throw new IllegalArgumentException("A shape must be one of " + tooLarge(shape));
    }
    return new Weights(shape.lengths(), new float[(int) shape.size()]);
  }

  private static String tooLarge(WeightShape shape) {
    return "at most %d weights, which one Java array takes, not %d: kernel %s, in %d, out %d."
        .formatted(LARGEST, shape.size(), shape.kernel(), shape.in(), shape.out());
  }
}
