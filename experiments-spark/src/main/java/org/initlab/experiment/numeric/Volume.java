package org.initlab.experiment.numeric;

/**
 * The extent of an image, or of what a convolution makes of it. Its numbers lie row by row, place
 * by place, the channels of a place together (NHWC).
 *
 * @param height rows, at least 1
 * @param width places in a row, at least 1
 * @param channels numbers at a place, at least 1
 */
public record Volume(int height, int width, int channels) {

  public Volume {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "An image has at least 1 row, place and channel, not %d, %d and %d."
              .formatted(height, width, channels));
    }
  }

  /** Numbers without places, as a dense layer gives them. */
  public static Volume flat(int numbers) {
    return new Volume(1, 1, numbers);
  }

  /** Rows times width. */
  public int places() {
    return Math.multiplyExact(height, width);
  }

  /** All its numbers. */
  public int size() {
    return Math.multiplyExact(places(), channels);
  }

  /** Height x width x channels, as people write it. */
  @Override
  public String toString() {
    return height + "x" + width + "x" + channels;
  }
}
