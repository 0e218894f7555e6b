package org.initlab.experiment.numeric;

/**
 * Where the outputs of a convolution look: at each place of its outputs a square of its inputs.
 *
 * @param in what it slides over
 * @param kernel the square's side, at least 1
 * @param stride places from one square to the next, in both directions, at least 1
 * @param padding what it sees beyond the border
 */
public record Window(Volume in, int kernel, int stride, Padding padding) {

  public Window {
    if (kernel < 1 || stride < 1) {
      throw new IllegalArgumentException(
          "A window has a kernel and a stride of at least 1, not %d and %d."
              .formatted(kernel, stride));
    }
    if (padding.outputs(in.height(), kernel, stride) < 1
        || padding.outputs(in.width(), kernel, stride) < 1) {
      throw new IllegalArgumentException(
          "A kernel of %d does not fit into an image of %s with padding %s."
              .formatted(kernel, in, padding.title()));
    }
  }

  /** Rows of outputs. */
  public int height() {
    return padding.outputs(in.height(), kernel, stride);
  }

  /** Outputs in a row. */
  public int width() {
    return padding.outputs(in.width(), kernel, stride);
  }

  /** Places of outputs. */
  public int places() {
    return height() * width();
  }

  /** Numbers that an output looks at, {@code kernel^2} times the channels; zeros included. */
  public int inputs() {
    return Math.multiplyExact(kernel * kernel, in.channels());
  }

  /** What a convolution to so many channels gives. */
  public Volume out(int channels) {
    return new Volume(height(), width(), channels);
  }

  /** The row of the input that output row {@code y} sees in row {@code tap} of its square. */
  int row(int y, int tap) {
    int size = in.height();
    return padding.inside(y * stride + tap - padding.before(size, kernel, stride), size);
  }

  /** The same for columns. */
  int column(int x, int tap) {
    int size = in.width();
    return padding.inside(x * stride + tap - padding.before(size, kernel, stride), size);
  }

  /** Where in an image the first channel of a tap lies; negative where it sees a zero. */
  public int source(int place, int tap) {
    int row = row(place / width(), tap / kernel);
    int column = column(place % width(), tap % kernel);
    return row < 0 || column < 0 ? -1 : (row * in.width() + column) * in.channels();
  }
}
