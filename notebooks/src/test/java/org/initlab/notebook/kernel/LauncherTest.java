package org.initlab.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.initlab.notebook.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code ./initlab kernel} hands on to Java, whose part is taken by a script that tells it.
 */
class LauncherTest {

  private static final int SIGINT_BIT = 1 << 1;

  @TempDir Path folder;

  /** The signals that Java would ignore, if {@code ./initlab COMMAND} starts in the background. */
  private long ignored(String command) throws IOException, InterruptedException {
    Path java = folder.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(
        java,
        """
        #!/bin/sh
        case $1 in
          -version) echo 'openjdk version "17.0.1"' >&2 ;;
          *) sed -n 's/^SigIgn:[[:space:]]*//p' /proc/self/status ;;
        esac
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Path launcher = folder.resolve("initlab");
    Files.copy(
        Path.of("..", "initlab"),
        launcher,
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
    Files.createDirectories(folder.resolve("dist"));
    Files.writeString(folder.resolve("dist/built"), "");
    ProcessBuilder shell =
        new ProcessBuilder(
            "bash", "-c", "trap '' INT; exec \"$0\" " + command, launcher.toString());
    shell.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    Path told = folder.resolve("told.txt");
    Path errors = folder.resolve("errors.txt");
    Process process = shell.redirectOutput(told.toFile()).redirectError(errors.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String mask = Files.readString(told).strip();
    assertThat(mask).as(Files.readString(errors)).matches("[0-9a-f]{16}");
    return Long.parseUnsignedLong(mask, 16);
  }

  @Test
  void aKernelHearsInterruptsAlsoIfItStartsInTheBackground()
      throws IOException, InterruptedException {
    Programs.require(Files.exists(Path.of("/proc/self/status")), "no /proc tells of signals");
    assertThat(ignored("--version") & SIGINT_BIT).as("the background ignores SIGINT").isNotZero();
    assertThat(ignored("kernel connection.json") & SIGINT_BIT).isZero();
  }
}
