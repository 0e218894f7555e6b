package org.initlab.notebook;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that tests of notebooks need; a build server without one fails, others skip and say so.
 */
public final class Programs {

  private Programs() {}

  /** The first of these programs that is on the PATH. */
  public static Path need(String what, String... names) {
    Optional<Path> found =
        Stream.of(names)
            .flatMap(
                name ->
                    Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    require(found.isPresent(), "there is no " + what + " on the PATH");
    return found.orElseThrow();
  }

  /** Skips the test, or fails it on a build server, unless {@code there}. */
  public static void require(boolean there, String missing) {
    String message = "The notebooks were NOT run: " + missing + ".";
    if (!there && "true".equals(System.getenv("CI"))) {
      Assertions.fail(message);
    }
    if (!there) {
      System.err.println("[WARNING] " + message);
    }
    Assumptions.assumeTrue(there, message);
  }
}
