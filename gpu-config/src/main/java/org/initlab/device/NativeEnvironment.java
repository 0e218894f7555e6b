package org.initlab.device;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment that native libraries of this process read, which is not Java's: {@code
 * System.getenv} is a copy from the JVM's start, and this is the C library's own. OpenBLAS, OpenMP
 * and CUDA read it once, when they are loaded; a variable that is set later has no effect.
 */
public final class NativeEnvironment {

  /** What a trial's numbers and speed depend on. */
  private static final List<String> NAMES =
      List.of(
          "OPENBLAS_CORETYPE",
          "OPENBLAS_NUM_THREADS",
          "OMP_NUM_THREADS",
          "CUDA_VISIBLE_DEVICES",
          "CUDA_DEVICE_ORDER",
          BackendChoice.CODE);

  private NativeEnvironment() {}

  /** Sets a variable for libraries that are loaded from now on. */
  public static void set(String name, String value) {
    int failed =
        Platform.isWindows()
            ? library().getFunction("_putenv_s").invokeInt(new Object[] {name, value})
            : library().getFunction("setenv").invokeInt(new Object[] {name, value, 1});
    if (failed != 0) {
      throw new IllegalStateException("The C library does not set " + name + "=" + value);
    }
  }

  /** A variable's value; empty where it is not set. */
  public static String get(String name) {
    return value(name).orElse("");
  }

  private static Optional<String> value(String name) {
    Function getenv = library().getFunction("getenv");
    return Optional.ofNullable(getenv.invokeString(new Object[] {name}, false));
  }

  /** The variables that are set, of those that trials depend on: what a child process is given. */
  public static Map<String, String> ofTrials() {
    Map<String, String> set = new LinkedHashMap<>();
    for (String name : NAMES) {
      value(name).ifPresent(value -> set.put(name, value)); // an empty one hides all GPUs
    }
    return set;
  }

  private static NativeLibrary library() {
    return Platform.isWindows()
        ? NativeLibrary.getInstance("msvcrt")
        : NativeLibrary.getInstance(Platform.C_LIBRARY_NAME);
  }
}
