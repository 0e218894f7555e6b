package org.initlab.experiment.numeric;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/**
 * The products of a convolution: those of a dense layer on {@link Patches}, a few images at a time,
 * so that their patches stay in the cache. The patches are made anew on the way back, which is
 * cheaper than to keep them, and takes no memory.
 */
public final class PatchProducts implements LayerProducts {

  /** Numbers of patches at a time, if an image has no more: half a megabyte. */
  private static final int MOST = 1 << 17;

  /** Room for patches and outputs that the layers of a network share. To be closed. */
  public static final class Room implements AutoCloseable {

    private final float[] numbers;
    private final Block patches;
    private final Block outputs;

    /**
     * Takes memory.
     *
     * @param patches at least the {@link PatchProducts#patches} of each layer
     * @param outputs at least the {@link PatchProducts#outputs} of each layer
     */
    public Room(int patches, int outputs) {
      this.numbers = new float[patches];
      this.patches = new Block(patches);
      this.outputs = new Block(outputs);
    }

    @Override
    public void close() {
      patches.close();
      outputs.close();
    }
  }

  private final int examples;
  private final int atOnce;
  private final int places;
  private final int in;
  private final int out;
  private final int image;
  private final float[] z;
  private final float[] s;
  private final float[] ds;
  private final float[] dz;
  private final Patches patches;
  private final Room room;
  private final FloatPointer x;
  private final FloatPointer y;
  private final FloatPointer w;

  /**
   * Fixes the memory.
   *
   * @param examples images
   * @param window where outputs look
   * @param z the images, [examples, height, width, channels]
   * @param kernel W, [kernel, kernel, channels, out]
   * @param s gets the outputs, [examples, height, width, out]
   * @param ds holds the gradient on the way back, like s; null if there is none
   * @param dz gets the images' gradient, like z; null if nobody asks
   */
  public PatchProducts(
      int examples,
      Window window,
      float[] z,
      Block kernel,
      float[] s,
      float[] ds,
      float[] dz,
      Room room) {
    this.examples = examples;
    this.places = window.places();
    this.in = window.inputs();
    this.out = kernel.size() / in;
    this.image = window.in().size();
    if (kernel.size() != in * out
        || z.length != examples * image
        || s.length != examples * places * out) {
      throw new IllegalArgumentException(
          "Images of %d, a kernel of %d and outputs of %d numbers do not fit."
              .formatted(z.length, kernel.size(), s.length));
    }
    this.atOnce = atOnce(window, examples);
    this.z = z;
    this.s = s;
    this.ds = ds;
    this.dz = dz;
    this.patches = new Patches(window);
    this.room = room;
    this.x = room.patches.at(0);
    this.y = room.outputs.at(0);
    this.w = kernel.at(0);
  }

  private static int atOnce(Window window, int examples) {
    long image = (long) window.places() * window.inputs();
    return (int) Math.max(1, Math.min(examples, MOST / image));
  }

  /** Numbers of patches that a layer needs room for. */
  public static int patches(Window window, int examples) {
    return Math.multiplyExact(
        atOnce(window, examples), Math.multiplyExact(window.places(), window.inputs()));
  }

  /** Numbers of outputs that a layer needs room for. */
  public static int outputs(Window window, int out, int examples) {
    return Math.multiplyExact(atOnce(window, examples), Math.multiplyExact(window.places(), out));
  }

  private int count(int first) {
    return Math.min(atOnce, examples - first);
  }

  private void gather(int first, int count) {
    patches.gather(z, first * image, count, room.numbers);
    room.patches.put(room.numbers, count * patches.size());
  }

  private void take(int first, int count) {
    room.outputs.put(0, ds, first * places * out, count * places * out);
  }

  @Override
  public void forward() {
    for (int first = 0; first < examples; first += atOnce) {
      int count = count(first);
      gather(first, count);
      int rows = count * places;
      cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, out, in, 1f, x, in, w, out, 0f, y, out);
      room.outputs.get(0, s, first * places * out, rows * out);
    }
  }

  @Override
  public void backward() {
    if (dz == null) {
      return;
    }
    java.util.Arrays.fill(dz, 0);
    for (int first = 0; first < examples; first += atOnce) {
      int count = count(first);
      take(first, count);
      int rows = count * places;
      cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, rows, in, out, 1f, y, out, w, out, 0f, x, in);
      room.patches.get(room.numbers, count * patches.size());
      patches.scatter(room.numbers, dz, first * image, count);
    }
  }

  @Override
  public void backwardAndUpdate(float keep, float step) {
    backward();
    addGradient(step, keep, w);
  }

  @Override
  public void backward(float step, Block gradient, Rows each) {
    backward();
    kernelGradient(step, gradient);
    each.take(0, in * out);
  }

  @Override
  public void kernelGradient(float step, Block gradient) {
    addGradient(step, 0, gradient.at(0));
  }

  /** {@code into = keep into + step x^T ds}. */
  private void addGradient(float step, float keep, FloatPointer into) {
    for (int first = 0; first < examples; first += atOnce) {
      int count = count(first);
      take(first, count);
      gather(first, count);
      cblas_sgemm(
          CblasRowMajor,
          CblasTrans,
          CblasNoTrans,
          in,
          out,
          count * places,
          step,
          x,
          in,
          y,
          out,
          first == 0 ? keep : 1f,
          into,
          out);
    }
  }

  /** Frees nothing: all it has is the room's. */
  @Override
  public void close() {}
}
