package org.initlab.device.cuda;

/**
 * Fills a GPU's memory with random numbers, by the kernels of draw.cu: element i depends on the key
 * and i alone, and has the bits that InitLab's laws give on a CPU; orthogonal matrices have them
 * but for rounding. To be closed.
 *
 * <p>It takes a key and the constants of a law as numbers; what they are for a law and a deviation
 * stands with the laws.
 */
public final class DrawKernels implements AutoCloseable {

  private static final int THREADS = 256;

  /** Blocks a multiprocessor: of so many its threads are full. */
  private static final int BLOCKS = 8;

  private final CudaDevice device;
  private final CudaModule module;
  private final CudaKernel uniform;
  private final CudaKernel normal;
  private final CudaKernel truncatedNormal;
  private final CudaKernel orthogonal;
  private final int mostBlocks;

  /** The kernels for a GPU. */
  public DrawKernels(CudaDevice device) {
    this.device = device;
    this.module = device.module("draw");
    this.uniform = module.kernel("draw_uniform");
    this.normal = module.kernel("draw_normal");
    this.truncatedNormal = module.kernel("draw_truncated_normal");
    this.orthogonal = module.kernel("draw_orthogonal");
    this.mostBlocks = BLOCKS * device.multiprocessors();
  }

  /**
   * A stretch of numbers of a key.
   *
   * @param high the key's first word
   * @param low its second word
   * @param from the first element
   * @param count how many
   */
  public record Stretch(int high, int low, long from, long count) {}

  /** {@code (2 u - 1) scale}, u uniform in [0, 1) of 23 bits. */
  public void uniform(DeviceMemory out, Stretch stretch, float scale) {
    launch(uniform, out, stretch, scale);
  }

  /** {@code sqrt(2) erfinv(u) scale}, u in (-1, 1). */
  public void normal(DeviceMemory out, Stretch stretch, float scale) {
    launch(normal, out, stretch, scale);
  }

  /**
   * The same with u in [-high, high), confined to [-most, most] before it is scaled.
   *
   * @param high the probability of the normal law between the cuts
   * @param most the cut
   */
  public void truncatedNormal(
      DeviceMemory out, Stretch stretch, float high, float most, float scale) {
    launch(truncatedNormal, out, stretch, high, most, scale);
  }

  /**
   * Matrices with orthonormal columns, or rows where there are more columns than rows, times a
   * gain: {@code gain Q sign(diag R)} of normal numbers, row-major, one after another.
   *
   * @param keys two words for each matrix
   */
  public void orthogonal(DeviceMemory out, int[] keys, int rows, int columns, float gain) {
    long size = (long) rows * columns;
    long matrices = keys.length / 2;
    if (rows < 0 || columns < 0 || keys.length % 2 != 0) {
      throw new IllegalArgumentException(
          "There are no matrices of %d by %d with %d words of keys."
              .formatted(rows, columns, keys.length));
    }
    if (size * matrices > out.bytes() / Float.BYTES) {
      throw new IndexOutOfBoundsException(
          size * matrices + " numbers do not fit into " + out.bytes() + " bytes.");
    }
    if (size * matrices == 0) {
      return;
    }
    long each = Float.BYTES * (size + Math.max(rows, columns) + 2L * Math.min(rows, columns));
    int most = (int) Math.max(1, Math.min(matrices, device.freeBytes() / 2 / each));
    try (DeviceMemory words = device.memory((long) Integer.BYTES * keys.length);
        DeviceMemory work = device.memory(each * most)) {
      words.put(0, keys);
      for (long from = 0; from < matrices; from += most) {
        int blocks = (int) Math.min(most, matrices - from);
        int shared = 3 * Float.BYTES * THREADS;
        orthogonal.launch(blocks, THREADS, shared, out, work, words, from, rows, columns, gain);
      }
      device.finish();
    }
  }

  private void launch(CudaKernel kernel, DeviceMemory out, Stretch stretch, Object... constants) {
    if (stretch.count() == 0) {
      return;
    }
    if (stretch.count() < 0 || stretch.count() > out.bytes() / Float.BYTES) {
      throw new IndexOutOfBoundsException(
          stretch.count() + " numbers do not fit into " + out.bytes() + " bytes.");
    }
    Object[] arguments = new Object[5 + constants.length];
    arguments[0] = out;
    arguments[1] = stretch.from();
    arguments[2] = stretch.count();
    arguments[3] = stretch.high();
    arguments[4] = stretch.low();
    System.arraycopy(constants, 0, arguments, 5, constants.length);
    int blocks = (int) Math.min(mostBlocks, (stretch.count() + THREADS - 1) / THREADS);
    kernel.launch(blocks, THREADS, 0, arguments);
  }

  @Override
  public void close() {
    module.close();
  }
}
