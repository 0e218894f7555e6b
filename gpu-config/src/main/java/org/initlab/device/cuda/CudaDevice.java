package org.initlab.device.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One GPU of this process: its memory and its kernels. For one thread at a time, which may be
 * another each time. To be closed after what it gave.
 */
public final class CudaDevice implements AutoCloseable {

  // CUdevice_attribute
  private static final int MULTIPROCESSORS = 16;
  private static final int MAJOR = 75;
  private static final int MINOR = 76;
  private static final int SHARED_BYTES_OF_A_BLOCK = 97;

  private static final int NAME_BYTES = 256;

  private final CudaDriver driver;
  private final int device;
  private final Pointer context;

  private CudaDevice(CudaDriver driver, int ordinal) {
    this.driver = driver;
    IntByReference device = new IntByReference();
    driver.call("cuDeviceGet", device, ordinal);
    this.device = device.getValue();
    PointerByReference context = new PointerByReference();
    driver.call("cuDevicePrimaryCtxRetain", context, this.device);
    this.context = context.getValue();
  }

  /**
   * The first GPU that CUDA shows to this process.
   *
   * @throws UnsatisfiedLinkError if there is no driver
   * @throws CudaException if the driver refuses it
   */
  public static CudaDevice first() {
    return of(CudaDriver.file());
  }

  /** The first GPU of a driver's library. */
  public static CudaDevice of(String library) {
    return new CudaDevice(new CudaDriver(library), 0);
  }

  /** The product's name. */
  public String name() {
    try (Memory name = new Memory(NAME_BYTES)) {
      driver.call("cuDeviceGetName", name, NAME_BYTES, device);
      return name.getString(0, Native.getDefaultStringEncoding());
    }
  }

  /** Its compute capability, 90 for 9.0. */
  public int capability() {
    return attribute(MAJOR) * 10 + attribute(MINOR);
  }

  /** The greatest version of CUDA that its driver knows: "12.4". */
  public String cudaVersion() {
    IntByReference version = new IntByReference();
    driver.call("cuDriverGetVersion", version);
    return version.getValue() / 1000 + "." + version.getValue() % 1000 / 10;
  }

  /** Blocks that compute at the same time, at least. */
  public int multiprocessors() {
    return attribute(MULTIPROCESSORS);
  }

  /** Shared memory that a block can have. */
  public int sharedBytes() {
    return attribute(SHARED_BYTES_OF_A_BLOCK);
  }

  private int attribute(int which) {
    IntByReference value = new IntByReference();
    driver.call("cuDeviceGetAttribute", value, which, device);
    return value.getValue();
  }

  /** Bytes that nobody uses. */
  public long freeBytes() {
    LongByReference free = new LongByReference();
    LongByReference total = new LongByReference();
    use().call("cuMemGetInfo", free, total);
    return free.getValue();
  }

  /**
   * Takes memory, of any content.
   *
   * @throws CudaException if there is not so much
   */
  public DeviceMemory memory(long bytes) {
    LongByReference address = new LongByReference();
    use().call("cuMemAlloc", address, bytes);
    return new DeviceMemory(this, address.getValue(), bytes);
  }

  /**
   * The kernels of a file in this room, compiled for this GPU.
   *
   * @param name draw, of draw.ptx
   */
  public CudaModule module(String name) {
    try (InputStream file = CudaDevice.class.getResourceAsStream(name + ".ptx")) {
      if (file == null) {
        throw new IllegalStateException("This build has no kernels " + name + ".");
      }
      return new CudaModule(this, new String(file.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until all that was launched is done; a kernel's failure shows here. */
  public void finish() {
    use().call("cuCtxSynchronize");
  }

  /** The driver, with this GPU in use by the calling thread. */
  CudaDriver use() {
    driver.call("cuCtxSetCurrent", context);
    return driver;
  }

  @Override
  public void close() {
    driver.call("cuDevicePrimaryCtxRelease", device);
  }
}
