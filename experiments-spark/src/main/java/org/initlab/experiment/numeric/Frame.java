package org.initlab.experiment.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An image with its border as a convolution's windows see it, so that a row of any window lies in
 * one piece. Without a border it is the image itself, and nothing is copied.
 */
final class Frame {

  /** Numbers of a row of the frame that lie in an image's row as they do here; or zeros. */
  private record Piece(int at, int from, int count) {

    boolean isZero() {
      return from < 0;
    }
  }

  private final Window window;
  private final int channels;
  private final int height;
  private final int line;
  private final boolean bare;
  private final List<Piece> pieces = new ArrayList<>();
  private final float[] numbers;

  Frame(Window window) {
    Volume in = window.in();
    int width = (window.width() - 1) * window.stride() + window.kernel();
    this.window = window;
    this.channels = in.channels();
    this.height = (window.height() - 1) * window.stride() + window.kernel();
    this.bare =
        window.row(0, 0) == 0
            && window.column(0, 0) == 0
            && height <= in.height()
            && width <= in.width();
    this.line = (bare ? in.width() : width) * channels;
    this.numbers = new float[bare ? 0 : height * line];
    int start = 0;
    for (int x = 1; x <= width; x++) {
      if (x == width || column(x) != column(x - 1) + 1 || column(x) == 0) {
        int from = column(start) * channels;
        pieces.add(new Piece(start * channels, from, (x - start) * channels));
        start = x;
      }
    }
  }

  private int column(int x) {
    return window.column(0, x);
  }

  /** Its rows, those of the border included. */
  int height() {
    return height;
  }

  /** Numbers from one row to the next. */
  int line() {
    return line;
  }

  /** Where the frame of the image lies that begins at {@code z[from]}: in which array. */
  float[] array(float[] z) {
    return bare ? z : numbers;
  }

  /** Where it begins there. */
  int start(int from) {
    return bare ? from : 0;
  }

  /** Puts the image that begins at {@code z[from]} into the frame. */
  void put(float[] z, int from) {
    if (bare) {
      return;
    }
    for (int y = 0; y < height; y++) {
      int row = window.row(0, y);
      for (Piece piece : pieces) {
        int to = y * line + piece.at;
        if (row < 0 || piece.isZero()) {
          Arrays.fill(numbers, to, to + piece.count, 0);
        } else {
          System.arraycopy(z, source(from, row) + piece.from, numbers, to, piece.count);
        }
      }
    }
  }

  /** Makes the frame 0, in the image that begins at {@code dz[from]} if it has no border. */
  void clear(float[] dz, int from) {
    Arrays.fill(
        array(dz), start(from), start(from) + (bare ? window.in().size() : height * line), 0);
  }

  /** Gives what is in the frame to the image that begins at {@code dz[from]}. */
  void give(float[] dz, int from) {
    if (bare) {
      return;
    }
    Arrays.fill(dz, from, from + window.in().size(), 0);
    for (int y = 0; y < height; y++) {
      int row = window.row(0, y);
      for (Piece piece : pieces) {
        if (row >= 0 && !piece.isZero()) {
          int to = source(from, row) + piece.from;
          add(numbers, y * line + piece.at, dz, to, piece.count);
        }
      }
    }
  }

  private int source(int from, int row) {
    return from + row * window.in().width() * channels;
  }

  static void add(float[] from, int start, float[] to, int at, int n) {
    for (int i = 0; i < n; i++) {
      to[at + i] += from[start + i];
    }
  }
}
