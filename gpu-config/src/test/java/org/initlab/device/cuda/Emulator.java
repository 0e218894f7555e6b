package org.initlab.device.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A driver for tests on a machine without a GPU: the kernels' own sources, compiled by g++ with an
 * emulator of blocks, behind the driver's functions (src/test/native). It is compiled once a JVM.
 */
public final class Emulator {

  private static Optional<Path> library;
  private static String why = "";

  private Emulator() {}

  /** The emulated GPU; without g++ the calling test is skipped, which its report says. */
  public static CudaDevice device() {
    return CudaDevice.of(library().toString());
  }

  /** Puts it into a folder under the name by which a system's loader finds a GPU's driver. */
  public static void installTo(Path folder) throws IOException {
    Files.copy(library(), folder.resolve(CudaDriver.file()));
  }

  /** In which order a block's threads run between barriers: from the first, or from the last. */
  static void order(boolean backward) {
    NativeLibrary.getInstance(library().toString())
        .getFunction("emulator_order")
        .invokeVoid(new Object[] {backward ? 1 : 0});
  }

  /** Arrays that were taken and not given back. */
  static long live() {
    return NativeLibrary.getInstance(library().toString())
        .getFunction("emulator_live")
        .invokeLong(new Object[0]);
  }

  private static synchronized Path library() {
    assumeTrue(Platform.isLinux(), "The emulator of a GPU knows Linux only.");
    if (library == null) {
      library = compile();
    }
    if (library.isEmpty() && System.getenv("CI") != null) {
      throw new IllegalStateException("A build server needs g++. " + why);
    }
    assumeTrue(library.isPresent(), why);
    return library.get();
  }

  private static Optional<Path> compile() {
    try {
      Path module = Path.of("../gpu-config").toRealPath();
      Path folder = Files.createTempDirectory("emulator");
      Path file = folder.resolve("libcuda.so");
      Path log = folder.resolve("log");
      List<String> command =
          new ArrayList<>(
              List.of(
                  "g++",
                  "-std=c++17",
                  "-O2",
                  "-fPIC",
                  "-shared",
                  "-ffp-contract=off",
                  "-U_FORTIFY_SOURCE",
                  "-w"));
      Path header = Path.of("/usr/local/cuda/include");
      if (Files.exists(header.resolve("cuda.h"))) {
        command.add("-I" + header); // the compiler compares our declarations with NVIDIA's
      }
      command.add("-I" + module.resolve("src/main/resources/org/initlab/device/cuda"));
      command.add(module.resolve("src/test/native/libcuda.cpp").toString());
      command.addAll(List.of("-o", file.toString()));
      int exit =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException("g++ refuses the kernels:\n" + Files.readString(log));
      }
      folder.toFile().deleteOnExit();
      log.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return Optional.of(file);
    } catch (IOException e) {
      if (e.getMessage() != null && e.getMessage().contains("g++")) {
        why = "There is no g++ to compile the kernels for this machine's processor with.";
        return Optional.empty();
      }
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
