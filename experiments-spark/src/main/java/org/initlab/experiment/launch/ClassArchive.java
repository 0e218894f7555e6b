package org.initlab.experiment.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a JVM made of the classes in a folder of jars, for later ones to start from: class data
 * sharing with a dynamic archive (JEP 350). The launcher makes it after a build. A JVM takes it
 * where Java and class path are those it was made with, and starts as it would without it
 * elsewhere; nothing needs it.
 */
public final class ClassArchive {

  /** Beside the folder of jars. */
  private static final String NAME = "classes.jsa";

  /** Spark puts it before all others on its executors' class path. */
  private static final String FIRST = "slf4j-api-*.jar";

  private ClassArchive() {}

  /**
   * The options of a JVM that has {@link #classPath} first on its class path; none where there is
   * no archive. A JVM that cannot use it does not say so.
   */
  public static List<String> options(Path dist) {
    Path archive = dist.resolve(NAME);
    return Files.isRegularFile(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
        : List.of();
  }

  /** All jars of a folder's folder {@code jars}, in the order that Spark gives its executors. */
  public static String classPath(Path dist) {
    Path jars = dist.resolve("jars");
    StringBuilder path = new StringBuilder();
    try (DirectoryStream<Path> first = Files.newDirectoryStream(jars, FIRST)) {
      first.forEach(jar -> path.append(jar).append(File.pathSeparator));
    } catch (IOException e) {
      // Who starts on these jars says what is amiss.
    }
    return path.append(jars).append("/*").toString();
  }
}
