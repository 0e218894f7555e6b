package org.initlab.experiment.launch;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.initlab.device.NativeEnvironment;

/** A JVM with the class path, the options and the native environment of this one. */
final class ChildJvm {

  /** Where it leaves the report of a crash. */
  static final String CRASH = "crash.log";

  /** Where it leaves what it prints. */
  static final String SAID = "said.log";

  private ChildJvm() {}

  /**
   * Starts it; it calls back at a port of this machine.
   *
   * @param folder where it runs, and leaves what it says
   */
  static Process start(Path folder, int port) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.matches("(--add-|-XX:\\+Use|-Dorg\\.bytedeco|-Dlog4j2|-Djava\\.awt).*")) {
        command.add(option);
      }
    }
    command.add("-Xmx" + Math.max(256L << 20, Runtime.getRuntime().maxMemory() / 2));
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + folder.resolve(CRASH));
    command.addAll(
        List.of("-cp", classPath(), ProcessMain.class.getName(), Integer.toString(port)));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(SAID).toFile());
    builder.environment().putAll(NativeEnvironment.ofTrials());
    return builder.start();
  }

  /** This JVM's class path, with the jars that Spark brought to it later. */
  private static String classPath() {
    Set<String> entries = new LinkedHashSet<>();
    entries.add(System.getProperty("java.class.path"));
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (; loader != null; loader = loader.getParent()) {
      if (loader instanceof URLClassLoader brought) {
        for (URL url : brought.getURLs()) {
          try {
            entries.add(Path.of(url.toURI()).toString());
          } catch (URISyntaxException | IllegalArgumentException e) {
            continue; // not a file: Spark's own loader of a shell's classes
          }
        }
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}
