package org.initlab.experiment.numeric;

/**
 * Images as the rows of a matrix, on which a convolution is a product of matrices ("im2col";
 * Chellapilla et al. 2006). The way back adds each number to the place that it came from.
 *
 * <p>There are two ways to lay an image. Whole: a row a place of the outputs, holding all of its
 * window as [kernel, kernel, channels], which is the order of a kernel's own numbers. In strips: a
 * row holds one row of a window, [kernel, channels]; the first row of a window at one place is the
 * second row of the window above it, so each number is copied {@code kernel} times instead of
 * {@code kernel^2}, and the product is the sum of {@code kernel} products, each on rows that begin
 * further down. Strips are for large images and products that are not too thin.
 */
final class Patches {

  /** With so many numbers in a window, a product of a third of them would be too thin. */
  private static final int THIN = 32;

  /** With so few places, more images than one should be in a product. */
  private static final int FEW = 64;

  /** Longer runs are copied by the platform, shorter ones by a loop. */
  private static final int SHORT = 16;

  private final Frame frame;
  private final boolean strips;
  private final int kernel;
  private final int stride;
  private final int channels;
  private final int width;
  private final int height;
  private final int image;

  /** Rows of a frame that lie a stride apart follow on one another; so many do. */
  private final int every;

  Patches(Window window) {
    this.frame = new Frame(window);
    this.strips = inStrips(window);
    this.kernel = window.kernel();
    this.stride = window.stride();
    this.channels = window.in().channels();
    this.width = window.width();
    this.height = window.height();
    this.image = window.in().size();
    this.every = (frame.height() + stride - 1) / stride;
  }

  /** Whether images lie in strips, one image at a time. */
  static boolean inStrips(Window window) {
    return window.kernel() > 1 && window.inputs() > THIN && window.places() > FEW;
  }

  /** Numbers of an image's matrix. */
  static int size(Window window) {
    if (!inStrips(window)) {
      return Math.multiplyExact(window.places(), window.inputs());
    }
    int rows = (window.height() - 1) * window.stride() + window.kernel();
    int all = (rows + window.stride() - 1) / window.stride() * window.stride();
    return Math.multiplyExact(
        all * window.width(), Math.multiplyExact(window.kernel(), window.in().channels()));
  }

  /** Numbers in a row. */
  int length() {
    return strips ? kernel * channels : kernel * kernel * channels;
  }

  /** Products that make a convolution, each with so many rows of the kernel as are long a row. */
  int products() {
    return strips ? kernel : 1;
  }

  /** Where the rows of a product begin. */
  int start(int product) {
    return (product % stride * every + product / stride) * width * length();
  }

  /** Writes the rows of {@code count} images, the first of which begins at {@code z[from]}. */
  void gather(float[] z, int from, int count, float[] rows) {
    int at = 0;
    for (int i = 0; i < count; i++) {
      int start = from + i * image;
      frame.put(z, start);
      float[] source = frame.array(z);
      int base = frame.start(start);
      if (strips) {
        for (int y = 0; y < frame.height(); y++) {
          int to = (y % stride * every + y / stride) * width * length();
          gatherRow(source, base + y * frame.line(), rows, to, length());
        }
      } else {
        for (int y = 0; y < height; y++) {
          for (int tap = 0; tap < kernel; tap++) {
            int line = base + (y * stride + tap) * frame.line();
            gatherRow(source, line, rows, at + tap * kernel * channels, length());
          }
          at += width * length();
        }
      }
    }
  }

  /** A row of each window of a row of places; the windows' rows lie {@code apart} numbers apart. */
  private void gatherRow(float[] from, int start, float[] rows, int at, int apart) {
    int run = kernel * channels;
    int step = stride * channels;
    for (int x = 0; x < width; x++) {
      int source = start + x * step;
      int to = at + x * apart;
      if (run > SHORT) {
        System.arraycopy(from, source, rows, to, run);
      } else {
        for (int i = 0; i < run; i++) {
          rows[to + i] = from[source + i];
        }
      }
    }
  }

  /** Adds up the rows of {@code count} images, the first of which begins at {@code dz[from]}. */
  void scatter(float[] rows, float[] dz, int from, int count) {
    int at = 0;
    for (int i = 0; i < count; i++) {
      int start = from + i * image;
      frame.clear(dz, start);
      float[] target = frame.array(dz);
      int base = frame.start(start);
      if (strips) {
        for (int y = 0; y < frame.height(); y++) {
          int source = (y % stride * every + y / stride) * width * length();
          scatterRow(rows, source, length(), target, base + y * frame.line());
        }
      } else {
        for (int y = 0; y < height; y++) {
          for (int tap = 0; tap < kernel; tap++) {
            int line = base + (y * stride + tap) * frame.line();
            scatterRow(rows, at + tap * kernel * channels, length(), target, line);
          }
          at += width * length();
        }
      }
      frame.give(dz, start);
    }
  }

  private void scatterRow(float[] rows, int start, int apart, float[] to, int at) {
    int run = kernel * channels;
    int step = stride * channels;
    for (int x = 0; x < width; x++) {
      Frame.add(rows, start + x * apart, to, at + x * step, run);
    }
  }
}
