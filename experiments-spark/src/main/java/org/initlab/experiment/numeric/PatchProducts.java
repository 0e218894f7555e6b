package org.initlab.experiment.numeric;

import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The products of a convolution: those of dense layers on {@link Patches}. The patches are made
 * anew on the way back, which is cheaper than to keep them, and takes no memory.
 *
 * <p>Where outputs have the images' places, the images' gradient is itself a convolution: that of
 * the outputs' gradient with the kernel turned about, inputs and outputs exchanged. So its patches
 * are copied, where others have to be added up.
 */
public final class PatchProducts implements LayerProducts {

  /** Room that the layers of a network share. To be closed. */
  public static final class Room implements AutoCloseable {

    private final float[] numbers;
    private final float[] kernel;
    private final Block patches;
    private final Block outputs;
    private final Block turned;

    /** Takes memory for what is needed most of each. */
    public Room(Need most) {
      this.numbers = new float[Math.max(most.patches, most.kernel)];
      this.kernel = new float[most.kernel];
      this.patches = new Block(most.patches);
      this.outputs = new Block(most.outputs);
      this.turned = new Block(most.kernel);
    }

    float[] numbers() {
      return numbers;
    }

    Block patches() {
      return patches;
    }

    Block outputs() {
      return outputs;
    }

    @Override
    public void close() {
      patches.close();
      outputs.close();
      turned.close();
    }
  }

  /**
   * Numbers that a layer needs room for.
   *
   * @param patches at a time
   * @param outputs at a time
   * @param kernel all of it
   */
  public record Need(int patches, int outputs, int kernel) {

    public static final Need NOTHING = new Need(0, 0, 0);

    /** Of a layer with so many channels of outputs. */
    public static Need of(Window window, int out, int examples) {
      int in = window.in().channels();
      Need need =
          new Need(
              PatchPass.patches(window, examples),
              PatchPass.outputs(window, out, examples),
              Math.multiplyExact(window.inputs(), out));
      return turned(window, out)
          .map(
              turned ->
                  need.and(
                      new Need(
                          PatchPass.patches(turned, examples),
                          PatchPass.outputs(turned, in, examples),
                          0)))
          .orElse(need);
    }

    /** Room for either. */
    public Need and(Need other) {
      return new Need(
          Math.max(patches, other.patches),
          Math.max(outputs, other.outputs),
          Math.max(kernel, other.kernel));
    }
  }

  private final int in;
  private final int out;
  private final int taps;
  private final boolean goesBack;
  private final Block weights;
  private final Room room;
  private final PatchPass forward;
  private final PatchPass gradient;
  private final PatchPass back;
  private final FloatPointer[] w;

  /** The turned kernel and the pass that reads it; null where gradients are added up. */
  private final PatchPass turned;

  private final FloatPointer[] turnedKernel;

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
    this.in = window.in().channels();
    this.out = kernel.size() / window.inputs();
    this.taps = window.kernel() * window.kernel();
    if (kernel.size() != window.inputs() * out
        || z.length != examples * window.in().size()
        || s.length != examples * window.places() * out) {
      throw new IllegalArgumentException(
          "Images of %d, a kernel of %d and outputs of %d numbers do not fit."
              .formatted(z.length, kernel.size(), s.length));
    }
    this.goesBack = dz != null;
    this.weights = kernel;
    this.room = room;
    this.forward = new PatchPass(window, examples, z, out, s, room);
    this.w = forward.parts(kernel);
    this.gradient = new PatchPass(window, examples, z, out, ds, room);
    Optional<Window> above = goesBack ? turned(window, out) : Optional.empty();
    this.turned = above.map(a -> new PatchPass(a, examples, ds, in, dz, room)).orElse(null);
    this.turnedKernel = turned == null ? null : turned.parts(room.turned);
    this.back =
        goesBack && turned == null ? new PatchPass(window, examples, dz, out, ds, room) : null;
  }

  /** The window through which a place of the images sees the outputs that saw it. */
  private static Optional<Window> turned(Window window, int out) {
    boolean keepsPlaces =
        window.stride() == 1
            && window.kernel() % 2 == 1
            && window.height() == window.in().height()
            && window.width() == window.in().width();
    return keepsPlaces
        ? Optional.of(new Window(window.out(out), window.kernel(), 1, window.padding()))
        : Optional.empty();
  }

  @Override
  public void forward() {
    forward.outputs(w);
  }

  @Override
  public void backward() {
    if (turned != null) {
      turn();
      turned.outputs(turnedKernel);
    } else if (goesBack) {
      back.images(w);
    }
  }

  /** Writes {@code V[tap, o, c] = W[taps - 1 - tap, c, o]}. */
  private void turn() {
    int size = weights.size();
    weights.get(room.numbers, size);
    for (int tap = 0; tap < taps; tap++) {
      int from = (taps - 1 - tap) * in * out;
      int to = tap * in * out;
      for (int c = 0; c < in; c++) {
        for (int o = 0; o < out; o++) {
          room.kernel[to + o * in + c] = room.numbers[from + c * out + o];
        }
      }
    }
    room.turned.put(room.kernel, size);
  }

  @Override
  public void backwardAndUpdate(float keep, float step) {
    backward();
    gradient.kernel(step, keep, w);
  }

  @Override
  public void backward(float step, Block into, Rows each) {
    backward();
    kernelGradient(step, into);
    each.take(0, weights.size());
  }

  @Override
  public void kernelGradient(float step, Block into) {
    gradient.kernel(step, 0, gradient.parts(into));
  }

  /** Frees nothing: all it has is the room's. */
  @Override
  public void close() {}
}
