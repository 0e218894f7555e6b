package org.initlab.device.cuda;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * NVIDIA's driver as a library: calls its functions by name and turns their results into
 * exceptions. Source of the functions: NVIDIA, CUDA Driver API. Safe for many threads.
 */
final class CudaDriver {

  /** Calls go by the names that the library exports; of some it keeps an older form, too. */
  private static final Map<String, String> EXPORTED =
      Map.of(
          "cuMemAlloc", "cuMemAlloc_v2",
          "cuMemFree", "cuMemFree_v2",
          "cuMemGetInfo", "cuMemGetInfo_v2",
          "cuMemcpyDtoD", "cuMemcpyDtoD_v2",
          "cuMemcpyHtoD", "cuMemcpyHtoD_v2",
          "cuMemcpyDtoH", "cuMemcpyDtoH_v2",
          "cuMemsetD32", "cuMemsetD32_v2",
          "cuDevicePrimaryCtxRelease", "cuDevicePrimaryCtxRelease_v2");

  private final NativeLibrary library;
  private final Map<String, com.sun.jna.Function> functions = new ConcurrentHashMap<>();

  /**
   * Loads the library and initializes it.
   *
   * @param file its path, or the name by which the system's loader finds it
   * @throws UnsatisfiedLinkError if there is none
   */
  CudaDriver(String file) {
    this.library = NativeLibrary.getInstance(file);
    call("cuInit", 0);
  }

  /** The library's name on this system. */
  static String file() {
    return Platform.isWindows() ? "nvcuda" : "libcuda.so.1";
  }

  /** Calls a function of the driver. */
  void call(String name, Object... arguments) {
    int result = function(name).invokeInt(arguments);
    if (result != 0) {
      throw new CudaException(name, result, says(result));
    }
  }

  private com.sun.jna.Function function(String name) {
    return functions.computeIfAbsent(name, n -> library.getFunction(EXPORTED.getOrDefault(n, n)));
  }

  private String says(int result) {
    String name = text("cuGetErrorName", result);
    String words = text("cuGetErrorString", result);
    return (name.isEmpty() ? "error " + result : name) + (words.isEmpty() ? "" : ", " + words);
  }

  private String text(String name, int result) {
    PointerByReference text = new PointerByReference();
    int failed = function(name).invokeInt(new Object[] {result, text});
    Pointer words = text.getValue();
    return failed != 0 || words == null
        ? ""
        : words.getString(0, Native.getDefaultStringEncoding());
  }
}
