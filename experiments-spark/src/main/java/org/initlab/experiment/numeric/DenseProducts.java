package org.initlab.experiment.numeric;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/**
 * The matrix products of a dense layer, on memory fixed beforehand: {@code y = x W}, {@code dx = dy
 * W^T} and {@code g = x^T dy}, all row-major, with x [rows, in], W [in, out], y and dy [rows, out].
 *
 * <p>W is worked through in tiles of whole rows. OpenBLAS multiplies small matrices in place, and
 * copies ("packs") large ones first, which costs more than the product itself when x has few rows:
 * on one core, 10 rows by 1000x1000 run at 38 GFLOP/s whole and at 97 in tiles. A tile is as large
 * as the small kernels take, and the update of a tile follows its dx while it is in the cache.
 */
public final class DenseProducts {

  /** Multiplications in a product that OpenBLAS's AVX-512 kernels do without packing. */
  private static final int SMALL = 1_000_000;

  /** Elements of dx in a product with a transposed W that they do without packing. */
  private static final int SMALL_TURNED = 1_200;

  /** With fewer rows in a tile, packing costs less than many calls. */
  private static final int LEAST_TILE = 16;

  private final int rows;
  private final int in;
  private final int out;
  private final int[] heights;
  private final FloatPointer[] x;
  private final FloatPointer[] w;
  private final FloatPointer[] dx;
  private final FloatPointer y;
  private final FloatPointer dy;
  private final int stride;
  private final int tile;

  /**
   * Fixes the memory.
   *
   * @param rows examples, or places of a convolution
   * @param x inputs, [rows, in]
   * @param w the kernel, [in, out], whose rows may be spread out
   * @param y gets x W, and holds dy when gradients are asked for, [rows, out]
   * @param dx gets dy W^T, [rows, in]; null if nobody asks
   */
  public DenseProducts(int rows, Block x, Block w, Block y, Block dx) {
    this.rows = rows;
    this.in = x.size() / rows;
    this.out = y.size() / rows;
    if (x.size() != rows * in || y.size() != rows * out || w.size() != in * out) {
      throw new IllegalArgumentException(
          "x, W and y of " + x.size() + ", " + w.size() + " and " + y.size() + " do not fit.");
    }
    this.stride = w.stride() == w.size() ? out : w.stride();
    if (stride < out) {
      throw new IllegalArgumentException("Rows of " + stride + " floats do not hold " + out + ".");
    }
    this.tile = tile(rows, in, out, dx != null);
    int count = (in + tile - 1) / tile;
    this.heights = new int[count];
    this.x = new FloatPointer[count];
    this.w = new FloatPointer[count];
    this.dx = new FloatPointer[count];
    for (int t = 0; t < count; t++) {
      heights[t] = Math.min(tile, in - t * tile);
      this.x[t] = x.at(t * tile);
      this.w[t] = w.at(t * tile * out);
      this.dx[t] = dx == null ? null : dx.at(t * tile);
    }
    this.y = y.at(0);
    this.dy = this.y;
  }

  private static int tile(int rows, int in, int out, boolean turned) {
    long fits = SMALL / ((long) rows * out);
    if (turned) {
      fits = Math.min(fits, SMALL_TURNED / rows);
    }
    return fits < LEAST_TILE ? in : (int) Math.min(in, fits);
  }

  /** Rows of W in a tile; the last may have fewer. */
  public int tile() {
    return tile;
  }

  /** {@code y = x W}. */
  public void forward() {
    for (int t = 0; t < heights.length; t++) {
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasNoTrans,
          rows,
          out,
          heights[t],
          1f,
          x[t],
          in,
          w[t],
          stride,
          t == 0 ? 0f : 1f,
          y,
          out);
    }
  }

  /** {@code dx = dy W^T}, then {@code W = keep W + step x^T dy}. */
  public void backwardAndUpdate(float keep, float step) {
    for (int t = 0; t < heights.length; t++) {
      inputGradient(t);
      kernelProduct(t, step, keep, w[t], stride);
    }
  }

  /**
   * {@code dx = dy W^T}, then the kernel's gradient {@code step x^T dy}, tile after tile.
   *
   * @param gradient gets a tile's gradient at its start; {@link #tile} times out floats
   */
  public void backward(float step, Block gradient, LayerProducts.Rows each) {
    FloatPointer into = gradient.at(0);
    for (int t = 0; t < heights.length; t++) {
      inputGradient(t);
      kernelProduct(t, step, 0f, into, out);
      each.take(t * tile * out, heights[t] * out);
    }
  }

  /** {@code dx = dy W^T} alone. */
  public void backward() {
    for (int t = 0; t < heights.length; t++) {
      inputGradient(t);
    }
  }

  /** The whole kernel's gradient {@code step x^T dy} alone. */
  public void kernelGradient(float step, Block gradient) {
    for (int t = 0; t < heights.length; t++) {
      kernelProduct(t, step, 0f, gradient.at(t * tile * out), out);
    }
  }

  private void inputGradient(int t) {
    if (dx[t] != null) {
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasTrans,
          rows,
          heights[t],
          out,
          1f,
          dy,
          out,
          w[t],
          stride,
          0f,
          dx[t],
          in);
    }
  }

  private void kernelProduct(int t, float step, float keep, FloatPointer into, int between) {
    cblas_sgemm(
        CblasRowMajor,
        CblasTrans,
        CblasNoTrans,
        heights[t],
        out,
        rows,
        step,
        x[t],
        in,
        dy,
        out,
        keep,
        into,
        between);
  }
}
