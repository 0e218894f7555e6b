package org.initlab.experiment.numeric;

/**
 * Images as the rows of a matrix: a row a place of the outputs, holding the numbers of its window
 * as [kernel, kernel, channels], which is the order of a kernel's own numbers ("im2col";
 * Chellapilla et al. 2006). The way back adds each number to the place that it came from.
 */
final class Patches {

  /** Longer runs are copied by the platform, shorter ones by a loop. */
  private static final int SHORT = 24;

  private final Window window;
  private final int channels;
  private final int length;
  private final int image;

  /** Where each row of each window begins in an image, if it lies there in one piece; else -1. */
  private final int[] runs;

  /** Where each tap of each window lies; -1 for a zero. */
  private final int[] taps;

  Patches(Window window) {
    int kernel = window.kernel();
    this.window = window;
    this.channels = window.in().channels();
    this.length = window.inputs();
    this.image = window.in().size();
    this.runs = new int[window.places() * kernel];
    this.taps = new int[window.places() * kernel * kernel];
    for (int place = 0; place < window.places(); place++) {
      for (int row = 0; row < kernel; row++) {
        int first = (place * kernel + row) * kernel;
        boolean whole = true;
        for (int column = 0; column < kernel; column++) {
          taps[first + column] = window.source(place, row * kernel + column);
          whole &= taps[first + column] == taps[first] + column * channels && taps[first] >= 0;
        }
        runs[place * kernel + row] = whole ? taps[first] : -1;
      }
    }
  }

  /** Numbers in the rows of an image. */
  int size() {
    return window.places() * length;
  }

  /** Writes the rows of {@code count} images, the first of which begins at {@code z[from]}. */
  void gather(float[] z, int from, int count, float[] rows) {
    int run = window.kernel() * channels;
    int at = 0;
    for (int i = 0; i < count; i++) {
      int base = from + i * image;
      for (int r = 0; r < runs.length; r++) {
        int start = runs[r];
        if (start < 0) {
          gatherTaps(z, base, r * window.kernel(), rows, at);
        } else {
          copy(z, base + start, rows, at, run);
        }
        at += run;
      }
    }
  }

  private void gatherTaps(float[] z, int base, int tap, float[] rows, int at) {
    for (int t = 0; t < window.kernel(); t++) {
      int start = taps[tap + t];
      int into = at + t * channels;
      if (start < 0) {
        for (int c = 0; c < channels; c++) {
          rows[into + c] = 0;
        }
      } else {
        copy(z, base + start, rows, into, channels);
      }
    }
  }

  private static void copy(float[] from, int start, float[] to, int at, int n) {
    if (n > SHORT) {
      System.arraycopy(from, start, to, at, n);
    } else {
      for (int i = 0; i < n; i++) {
        to[at + i] = from[start + i];
      }
    }
  }

  /** Adds the rows of {@code count} images to these, the first of which begins at dz[from]. */
  void scatter(float[] rows, float[] dz, int from, int count) {
    int run = window.kernel() * channels;
    int at = 0;
    for (int i = 0; i < count; i++) {
      int base = from + i * image;
      for (int r = 0; r < runs.length; r++) {
        int start = runs[r];
        if (start < 0) {
          scatterTaps(rows, at, dz, base, r * window.kernel());
        } else {
          add(rows, at, dz, base + start, run);
        }
        at += run;
      }
    }
  }

  private void scatterTaps(float[] rows, int at, float[] dz, int base, int tap) {
    for (int t = 0; t < window.kernel(); t++) {
      if (taps[tap + t] >= 0) {
        add(rows, at + t * channels, dz, base + taps[tap + t], channels);
      }
    }
  }

  private static void add(float[] from, int start, float[] to, int at, int n) {
    for (int i = 0; i < n; i++) {
      to[at + i] += from[start + i];
    }
  }
}
