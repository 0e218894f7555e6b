package org.initlab.experiment.numeric;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Images, a window that slides over them and what it gives: the products of matrices between the
 * three, one or a few images at a time, so that their {@link Patches} stay in the cache.
 */
final class PatchPass {

  /** Numbers of patches at a time, if an image has no more: half a megabyte. */
  private static final int MOST = 1 << 17;

  /** Multiplications in a product that OpenBLAS's AVX-512 kernels do without copying first. */
  private static final int SMALL = 1_000_000;

  /** With fewer rows in a tile, copying costs less than thin products. */
  private static final int LEAST_TILE = 96;

  /** The same for a kernel's gradient, whose rows are added up. */
  private static final int LEAST_SUM = 48;

  private final int examples;
  private final int atOnce;
  private final int places;
  private final int image;
  private final int out;
  private final int length;
  private final int size;
  private final float[] images;
  private final float[] outputs;
  private final Patches patches;
  private final PatchProducts.Room room;
  private final FloatPointer[] x;
  private final FloatPointer y;
  private final Tiles forward;
  private final Tiles sums;

  /**
   * Rows of patches and of outputs in parts.
   *
   * @param rows of a part; the last may have fewer
   * @param x where each part of each product's patches begins
   * @param y where each part of the outputs begins
   */
  private record Tiles(int rows, FloatPointer[][] x, FloatPointer[] y) {}

  /**
   * Fixes the memory.
   *
   * @param images [examples, height, width, channels], to be read or written
   * @param out channels of the outputs
   * @param outputs [examples, height, width, out], to be written or read
   */
  PatchPass(
      Window window,
      int examples,
      float[] images,
      int out,
      float[] outputs,
      PatchProducts.Room room) {
    this.examples = examples;
    this.atOnce = atOnce(window, examples);
    this.places = window.places();
    this.image = window.in().size();
    this.out = out;
    this.images = images;
    this.outputs = outputs;
    this.patches = new Patches(window);
    this.length = patches.length();
    this.size = Patches.size(window);
    this.room = room;
    this.x = new FloatPointer[patches.products()];
    for (int p = 0; p < x.length; p++) {
      x[p] = room.patches().at(patches.start(p));
    }
    this.y = room.outputs().at(0);
    this.forward = tiles(LEAST_TILE);
    this.sums = tiles(LEAST_SUM);
  }

  private Tiles tiles(int least) {
    int rows = atOnce * places;
    long fits = SMALL / ((long) length * out);
    int count = fits < least ? 1 : (int) ((rows + fits - 1) / fits);
    int tile = (rows + count - 1) / count;
    FloatPointer[][] parts = new FloatPointer[x.length][count];
    FloatPointer[] outs = new FloatPointer[count];
    for (int t = 0; t < count; t++) {
      outs[t] = room.outputs().at(t * tile * out);
      for (int p = 0; p < x.length; p++) {
        parts[p][t] = room.patches().at(patches.start(p) + t * tile * length);
      }
    }
    return new Tiles(tile, parts, outs);
  }

  private static int atOnce(Window window, int examples) {
    return Patches.inStrips(window)
        ? 1
        : Math.max(1, Math.min(examples, MOST / Patches.size(window)));
  }

  /** Numbers of patches that it needs room for. */
  static int patches(Window window, int examples) {
    return Math.multiplyExact(atOnce(window, examples), Patches.size(window));
  }

  /** Numbers of outputs that it needs room for. */
  static int outputs(Window window, int out, int examples) {
    return Math.multiplyExact(atOnce(window, examples), Math.multiplyExact(window.places(), out));
  }

  /** The rows of a kernel [kernel, kernel, channels, out] that each product has. */
  FloatPointer[] parts(Block kernel) {
    FloatPointer[] parts = new FloatPointer[x.length];
    for (int p = 0; p < parts.length; p++) {
      parts[p] = kernel.at(p * length * out);
    }
    return parts;
  }

  private int count(int first) {
    return Math.min(atOnce, examples - first);
  }

  private void gather(int first, int count) {
    patches.gather(images, first * image, count, room.numbers());
    room.patches().put(room.numbers(), count * size);
  }

  private void take(int first, int count) {
    room.outputs().put(0, outputs, first * places * out, count * places * out);
  }

  /** Outputs from images: {@code outputs = patches W}. */
  void outputs(FloatPointer[] w) {
    for (int first = 0; first < examples; first += atOnce) {
      int count = count(first);
      gather(first, count);
      int rows = count * places;
      for (int t = 0; t * forward.rows < rows; t++) {
        int part = Math.min(forward.rows, rows - t * forward.rows);
        for (int p = 0; p < x.length; p++) {
          FloatPointer a = forward.x[p][t];
          FloatPointer c = forward.y[t];
          float keep = p == 0 ? 0 : 1;
          multiply(CblasNoTrans, CblasNoTrans, part, out, length, 1, a, length, w[p], keep, c);
        }
      }
      room.outputs().get(0, outputs, first * places * out, rows * out);
    }
  }

  /** Images from outputs: each gets the sum of {@code outputs W^T} where its patches lie. */
  void images(FloatPointer[] w) {
    for (int first = 0; first < examples; first += atOnce) {
      int count = count(first);
      take(first, count);
      int rows = count * places;
      float keep = 0;
      if (x.length > 1) { // the products' rows overlap
        Pointer.memset(x[0], 0, (long) size * Float.BYTES);
        keep = 1;
      }
      for (int p = 0; p < x.length; p++) {
        multiply(CblasNoTrans, CblasTrans, rows, length, out, 1, y, out, w[p], keep, x[p]);
      }
      room.patches().get(room.numbers(), count * size);
      patches.scatter(room.numbers(), images, first * image, count);
    }
  }

  /** A kernel from images and outputs: {@code into = keep into + step patches^T outputs}. */
  void kernel(float step, float keep, FloatPointer[] into) {
    for (int first = 0; first < examples; first += atOnce) {
      int count = count(first);
      take(first, count);
      gather(first, count);
      int rows = count * places;
      for (int t = 0; t * sums.rows < rows; t++) {
        int part = Math.min(sums.rows, rows - t * sums.rows);
        float kept = first == 0 && t == 0 ? keep : 1;
        for (int p = 0; p < x.length; p++) {
          FloatPointer a = sums.x[p][t];
          FloatPointer b = sums.y[t];
          multiply(CblasTrans, CblasNoTrans, length, out, part, step, a, length, b, kept, into[p]);
        }
      }
    }
  }

  /** {@code c = keep c + factor a b}, rows of b holding {@code out} numbers. */
  private void multiply(
      int turnA,
      int turnB,
      int m,
      int n,
      int k,
      float factor,
      FloatPointer a,
      int lineA,
      FloatPointer b,
      float keep,
      FloatPointer c) {
    cblas_sgemm(CblasRowMajor, turnA, turnB, m, n, k, factor, a, lineA, b, out, keep, c, n);
  }
}
