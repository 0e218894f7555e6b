package org.initlab.device;

import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/**
 * The set of kernels that OpenBLAS chose when it was loaded, by its own name for it (Prescott,
 * Haswell, SkylakeX).
 *
 * <p>OpenBLAS 0.3.19 does not know processors newer than itself and takes many for a Prescott,
 * which costs a factor of about five in a matrix product; {@code OPENBLAS_CORETYPE} in the
 * environment of the process overrides its choice.
 *
 * @param name the core's name
 * @param threads threads that a product uses
 */
public record BlasCore(String name, int threads) {

  /** Cores whose kernels use no instruction newer than SSE3. */
  private static final String SLOW = "(?i)(Prescott|Core2|Katmai|Coppermine|Northwood|Banias)";

  /** The core in use; loads OpenBLAS if it was not loaded. */
  public static BlasCore inUse() {
    Path binding = Path.of(Loader.load(org.bytedeco.openblas.global.openblas.class));
    Path library = binding.resolveSibling(System.mapLibraryName("openblas"));
    Path versioned = binding.resolveSibling(System.mapLibraryName("openblas") + ".0");
    String path = (versioned.toFile().exists() ? versioned : library).toString();
    NativeLibrary openblas = NativeLibrary.getInstance(path);
    return new BlasCore(
        openblas.getFunction("openblas_get_corename").invokeString(new Object[0], false),
        openblas.getFunction("openblas_get_num_threads").invokeInt(new Object[0]));
  }

  /** Whether {@code machine} could run faster kernels than these. */
  public boolean isTooOldFor(Machine machine) {
    return name.matches(SLOW) && !machine.blasCore().isEmpty();
  }
}
