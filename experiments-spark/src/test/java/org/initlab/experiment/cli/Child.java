package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, so that it can be killed and its exit code read. */
record Child(Process process, Path output) {

  static Child start(Path folder, String... arguments) throws IOException {
    return start(folder, List.of(), Map.of(), arguments);
  }

  /** The same with options of the JVM, and what is set besides the environment of this process. */
  static Child start(
      Path folder, List<String> options, Map<String, String> environment, String... arguments)
      throws IOException {
    String classes = System.getProperty("java.class.path");
    return start(folder, classes, options, environment, arguments);
  }

  /** The same on another class path. */
  static Child start(
      Path folder,
      String classes,
      List<String> options,
      Map<String, String> environment,
      String... arguments)
      throws IOException {
    Path output = Files.createTempFile(folder, "child", ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseParallelGC");
    command.add(
        "-XX:TieredStopAtLevel=1"); // it ends before what the other compiler costs comes back
    command.add("-Xmx1g");
    command.add("-Dinitlab.log=" + folder.resolve("initlab.log"));
    command.addAll(options);
    command.addAll(List.of("-cp", classes));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new Child(builder.start(), output);
  }

  /** Waits for the end; the exit code. */
  int exit() throws InterruptedException {
    if (!process.waitFor(400, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("The child did not end.");
    }
    return process.exitValue();
  }

  String said() throws IOException {
    return Files.readString(output);
  }
}
