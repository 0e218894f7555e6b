package org.initlab.notebook.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The kernel from the classes under test: ./initlab would start the ones that were built last. */
public final class TestKernel {

  private TestKernel() {}

  /** Makes Jupyter in this environment know the kernel, by a file in {@code folder}. */
  public static void in(Path folder, Map<String, String> environment) throws IOException {
    in(folder, environment, "signal");
  }

  /** The same, interrupted by a "signal" as the kernel that users get, or by a "message". */
  public static void in(Path folder, Map<String, String> environment, String interrupts)
      throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path home = Path.of("..").toAbsolutePath().normalize();
    List<String> argv =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1500m",
            "-XX:+UseParallelGC",
            "-Djava.awt.headless=true",
            "-Dinitlab.home=" + home,
            "-Dinitlab.runs=" + folder.resolve("runs"),
            "--add-opens",
            "jdk.jshell/jdk.jshell=ALL-UNNAMED",
            "-cp",
            classes,
            Kernel.class.getName(),
            "{connection_file}");
    Map<String, Object> kernel =
        Map.of(
            "argv",
            argv,
            "display_name",
            "InitLab (Java), under test",
            "language",
            "java",
            "interrupt_mode",
            interrupts);
    Path file = folder.resolve("jupyter/kernels/initlab/kernel.json");
    Files.createDirectories(file.getParent());
    new ObjectMapper().writeValue(file.toFile(), kernel);
    environment.put("JUPYTER_PATH", folder.resolve("jupyter").toString());
    environment.put("RJK_INIT_SCRIPT", home.resolve("notebooks/kernel/init.jsh").toString());
  }
}
