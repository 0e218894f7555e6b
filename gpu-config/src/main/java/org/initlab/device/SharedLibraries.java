package org.initlab.device;

import com.sun.jna.NativeLibrary;

/** Looks for shared libraries where the system's loader looks. */
final class SharedLibraries {

  private SharedLibraries() {}

  /** Whether a library can be loaded by its file name; it is loaded then, and let go again. */
  static boolean canBeLoaded(String file) {
    try (NativeLibrary library = NativeLibrary.getInstance(file)) {
      return library.getFile() != null || !library.getName().isEmpty();
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
