package org.initlab.device.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** A program of a GPU, run by blocks of threads. It lives as long as its module. */
public final class CudaKernel {

  // CUfunction_attribute
  private static final int MOST_DYNAMIC_SHARED_BYTES = 8;

  /** What a block may have unasked. */
  private static final int SHARED_BYTES_UNASKED = 48 * 1024;

  private final CudaDevice device;
  private final Pointer function;

  CudaKernel(CudaDevice device, Pointer function) {
    this.device = device;
    this.function = function;
  }

  /**
   * Starts it and does not wait.
   *
   * @param blocks how many
   * @param threads of a block
   * @param sharedBytes of a block
   * @param arguments an {@code Integer}, {@code Long}, {@code Float} or {@link DeviceMemory} for
   *     each parameter
   */
  public void launch(int blocks, int threads, int sharedBytes, Object... arguments) {
    CudaDriver driver = device.use();
    if (sharedBytes > SHARED_BYTES_UNASKED) {
      driver.call("cuFuncSetAttribute", function, MOST_DYNAMIC_SHARED_BYTES, sharedBytes);
    }
    try (Memory values = new Memory((long) Long.BYTES * arguments.length);
        Memory pointers = new Memory((long) Native.POINTER_SIZE * arguments.length)) {
      for (int i = 0; i < arguments.length; i++) {
        write(values, (long) Long.BYTES * i, arguments[i]);
        pointers.setPointer((long) Native.POINTER_SIZE * i, values.share((long) Long.BYTES * i));
      }
      driver.call(
          "cuLaunchKernel",
          function,
          blocks,
          1,
          1,
          threads,
          1,
          1,
          sharedBytes,
          Pointer.NULL,
          pointers,
          Pointer.NULL);
    }
  }

  private static void write(Memory values, long at, Object argument) {
    if (argument instanceof Integer number) {
      values.setInt(at, number);
    } else if (argument instanceof Long number) {
      values.setLong(at, number);
    } else if (argument instanceof Float number) {
      values.setFloat(at, number);
    } else if (argument instanceof DeviceMemory memory) {
      values.setLong(at, memory.address());
    } else {
      throw new IllegalArgumentException(
          "A kernel takes no " + argument.getClass().getSimpleName() + ".");
    }
  }
}
