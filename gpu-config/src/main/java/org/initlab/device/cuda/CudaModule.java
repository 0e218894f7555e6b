package org.initlab.device.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/** Kernels that the driver has compiled for a GPU. To be closed. */
public final class CudaModule implements AutoCloseable {

  // CUjit_option
  private static final int ERROR_LOG = 5;
  private static final int ERROR_LOG_BYTES = 6;
  private static final int LOG_BYTES = 8192;

  private final CudaDevice device;
  private final Pointer module;

  CudaModule(CudaDevice device, String ptx) {
    this.device = device;
    byte[] ascii = ptx.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    PointerByReference loaded = new PointerByReference();
    try (Memory text = new Memory(ascii.length + 1L);
        Memory log = new Memory(LOG_BYTES);
        Memory names = new Memory(2L * Integer.BYTES);
        Memory values = new Memory(2L * Native.POINTER_SIZE)) {
      text.write(0, ascii, 0, ascii.length);
      text.setByte(ascii.length, (byte) 0);
      log.setByte(0, (byte) 0);
      names.setInt(0, ERROR_LOG);
      names.setInt(Integer.BYTES, ERROR_LOG_BYTES);
      values.setPointer(0, log);
      values.setPointer(Native.POINTER_SIZE, Pointer.createConstant(LOG_BYTES));
      try {
        device.use().call("cuModuleLoadDataEx", loaded, text, 2, names, values);
      } catch (CudaException e) {
        String says = log.getString(0, "US-ASCII").strip();
        throw says.isEmpty() ? e : new CudaException(e.getMessage(), e.code(), says);
      }
    }
    this.module = loaded.getValue();
  }

  /**
   * The kernel of this name.
   *
   * @throws CudaException if there is none
   */
  public CudaKernel kernel(String name) {
    PointerByReference function = new PointerByReference();
    device.use().call("cuModuleGetFunction", function, module, name);
    return new CudaKernel(device, function.getValue());
  }

  @Override
  public void close() {
    device.use().call("cuModuleUnload", module);
  }
}
