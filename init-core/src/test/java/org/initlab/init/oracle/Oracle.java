package org.initlab.init.oracle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Another framework in a process of its own, asked for numbers line by line. */
final class Oracle {

  private static final long PATIENCE_MINUTES = 5;

  private Oracle() {}

  /**
   * Runs a program on these lines of input; it must end well. Gives the versions that it says:
   * lines of a package and its version.
   */
  static Map<String, String> ask(List<String> command, List<String> lines, Path folder)
      throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    Path input = Files.write(folder.resolve("input.txt"), lines);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      Assertions.fail(command + " did not end in " + PATIENCE_MINUTES + " minutes.");
    }
    if (process.exitValue() != 0) {
      Assertions.fail(
          command + " failed:\n" + new String(Files.readAllBytes(said), StandardCharsets.UTF_8));
    }
    Map<String, String> versions = new TreeMap<>();
    new String(Files.readAllBytes(said), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.matches("[a-z0-9]+ [0-9][0-9a-zA-Z.+-]*"))
        .forEach(line -> versions.put(line.split(" ")[0], line.split(" ")[1]));
    return versions;
  }

  /** Whether a program runs and ends well. */
  static boolean works(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The numbers in a file of little-endian float32. */
  static float[] read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] numbers = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(numbers);
    return numbers;
  }

  /** The places at which two arrays differ by more than both tolerances, in words. */
  static List<String> differences(float[] ours, float[] theirs, int ulps, double absolute) {
    List<String> differences = new ArrayList<>();
    if (ours.length != theirs.length) {
      differences.add(ours.length + " numbers are not " + theirs.length);
      return differences;
    }
    for (int i = 0; i < ours.length && differences.size() < 5; i++) {
      double apart = Math.abs((double) ours[i] - theirs[i]);
      if (!(apart <= Math.max(ulps * (double) Math.ulp(theirs[i]), absolute))) {
        differences.add("[%d] %s is not %s".formatted(i, ours[i], theirs[i]));
      }
    }
    return differences;
  }

  /**
   * A build server fails without its oracle, unless it names it in INITLAB_WITHOUT, as one of those
   * that it cannot have; elsewhere the test is aborted. Either says so.
   */
  static void missing(String framework, String remedy) {
    String says = "NOT COMPARED with " + framework + ", which is not on this machine. " + remedy;
    boolean excused = System.getenv().getOrDefault("INITLAB_WITHOUT", "").contains(framework);
    if ("true".equals(System.getenv("CI")) && !excused) {
      Assertions.fail(says);
    }
    System.err.println("[WARNING] " + says);
    Assumptions.abort(says);
  }
}
