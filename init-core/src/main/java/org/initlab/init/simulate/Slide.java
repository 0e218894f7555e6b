package org.initlab.init.simulate;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Products of a kernel with what its window sees, place by place: a convolution by columns of
 * windows ("im2col"), of which a dense layer is the one with a single tap.
 *
 * @param taps where the window looks
 * @param channels numbers at a place that the window sees
 * @param columns numbers at a place that it makes
 * @param groups blocks of channels that do not see each other
 */
record Slide(Taps taps, int channels, int columns, int groups) {

  /** Floats in a block of windows: some megabytes. */
  private static final int BLOCK = 1 << 21;

  private int depth() {
    return taps.taps() * (channels / groups);
  }

  private int rowsAtOnce(int rows) {
    return Math.max(1, Math.min(rows, BLOCK / Math.max(depth(), columns / groups)));
  }

  /** From what is seen, [batch, seen, channels], to what is made, [batch, places, columns]. */
  float[] gather(float[] x, int batch, float[] kernel) {
    int rows = batch * taps.places();
    float[] y = new float[Math.multiplyExact(rows, columns)];
    int most = rowsAtOnce(rows);
    int width = columns / groups;
    float[] windows = new float[most * depth()];
    float[] made = new float[most * width];
    try (FloatPointer w = new FloatPointer(kernel);
        FloatPointer a = new FloatPointer((long) windows.length);
        FloatPointer c = new FloatPointer((long) made.length)) {
      for (int g = 0; g < groups; g++) {
        w.position((long) g * width);
        for (int row = 0; row < rows; row += most) {
          int n = Math.min(most, rows - row);
          look(x, row, n, g, windows);
          a.put(windows, 0, n * depth());
          cblas_sgemm(
              CblasRowMajor,
              CblasNoTrans,
              CblasNoTrans,
              n,
              width,
              depth(),
              1f,
              a,
              depth(),
              w,
              columns,
              0f,
              c,
              width);
          c.get(made, 0, n * width);
          for (int r = 0; r < n; r++) {
            System.arraycopy(made, r * width, y, (row + r) * columns + g * width, width);
          }
        }
      }
      w.position(0);
    }
    return y;
  }

  /** The way back: what is made is spread over what is seen, and added up there. */
  float[] scatter(float[] y, int batch, float[] kernel) {
    int rows = batch * taps.places();
    float[] x = new float[Math.multiplyExact(batch * taps.seen(), channels)];
    int most = rowsAtOnce(rows);
    int width = columns / groups;
    float[] windows = new float[most * depth()];
    float[] made = new float[most * width];
    try (FloatPointer w = new FloatPointer(kernel);
        FloatPointer a = new FloatPointer((long) windows.length);
        FloatPointer c = new FloatPointer((long) made.length)) {
      for (int g = 0; g < groups; g++) {
        w.position((long) g * width);
        for (int row = 0; row < rows; row += most) {
          int n = Math.min(most, rows - row);
          for (int r = 0; r < n; r++) {
            System.arraycopy(y, (row + r) * columns + g * width, made, r * width, width);
          }
          c.put(made, 0, n * width);
          cblas_sgemm(
              CblasRowMajor,
              CblasNoTrans,
              CblasTrans,
              n,
              depth(),
              width,
              1f,
              c,
              width,
              w,
              columns,
              0f,
              a,
              depth());
          a.get(windows, 0, n * depth());
          spread(windows, row, n, g, x);
        }
      }
      w.position(0);
    }
    return x;
  }

  private void look(float[] x, int row, int n, int group, float[] windows) {
    int part = channels / groups;
    int at = 0;
    for (int r = row; r < row + n; r++) {
      int start = r / taps.places() * taps.seen();
      int place = r % taps.places() * taps.taps();
      for (int t = 0; t < taps.taps(); t++, at += part) {
        int from = taps.from()[place + t];
        if (from < 0) {
          java.util.Arrays.fill(windows, at, at + part, 0);
        } else {
          System.arraycopy(x, (start + from) * channels + group * part, windows, at, part);
        }
      }
    }
  }

  private void spread(float[] windows, int row, int n, int group, float[] x) {
    int part = channels / groups;
    int at = 0;
    for (int r = row; r < row + n; r++) {
      int start = r / taps.places() * taps.seen();
      int place = r % taps.places() * taps.taps();
      for (int t = 0; t < taps.taps(); t++, at += part) {
        int from = taps.from()[place + t];
        if (from >= 0) {
          int to = (start + from) * channels + group * part;
          for (int i = 0; i < part; i++) {
            x[to + i] += windows[at + i];
          }
        }
      }
    }
  }
}
