package org.initlab.experiment.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Spark that submits: the user's own, or the jars that the build put into {@code dist/jars}.
 *
 * @param folder the folder that holds {@code jars}
 * @param own whether these are InitLab's own jars
 * @param initlab the folder of InitLab's jars
 * @param hadoop folders with Hadoop's site files, for a class path; empty for a user's own Spark,
 *     which finds them by itself
 */
public record SparkHome(Path folder, boolean own, Path initlab, String hadoop) {

  /**
   * Whether jars that the user's Spark lacks travel to the executors: true but where it is false.
   */
  static final String SHIP = "spark.initlab.ship";

  private static final String VARIABLE = "SPARK_HOME";
  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");
  private static final Pattern CORE =
      Pattern.compile("spark-core_2\\.13-(\\d+\\.\\d+)\\.(.+)\\.jar");

  /** The two first numbers of Spark's versions that executors and driver must share. */
  private static final String LINE =
      org.apache.spark.package$.MODULE$.SPARK_VERSION().replaceAll("^(\\d+\\.\\d+).*", "$1");

  /**
   * Finds the Spark for a cluster.
   *
   * @param environment of the process
   * @param dist InitLab's folder of what was built
   */
  public static SparkHome of(Map<String, String> environment, Path dist, ClusterFile cluster)
      throws ClusterException {
    Path jars = dist.resolve("jars");
    String home = environment.getOrDefault(VARIABLE, "");
    if (!home.isEmpty()) {
      return checked(Path.of(home), jars);
    }
    if (cluster.isKubernetes()) {
      throw new ClusterException(
          "the master is "
              + cluster.master()
              + ", and Spark's part for it does not come with InitLab. Set "
              + VARIABLE
              + " to a Spark "
              + LINE
              + " of your own.");
    }
    if (!Files.isDirectory(jars)) {
      throw new ClusterException(
          "there are no jars in " + jars + ". Start this as ./initlab submit, which builds them.");
    }
    return new SparkHome(dist, true, jars, site(environment));
  }

  /** Folders with Hadoop's site files, as Spark's own scripts look for them. */
  static String site(Map<String, String> environment) {
    return Stream.of("HADOOP_CONF_DIR", "YARN_CONF_DIR")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(folder -> !folder.isEmpty())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static SparkHome checked(Path home, Path jars) throws ClusterException {
    String tried = VARIABLE + " is " + home + ", ";
    String remedy =
        " Set "
            + VARIABLE
            + " to the folder of a Spark "
            + LINE
            + " for Scala 2.13, or unset it to use the jars that come with InitLab.";
    if (!Files.isExecutable(home.resolve("bin/spark-submit"))) {
      throw new ClusterException(
          tried + "and there is no program bin/spark-submit in it." + remedy);
    }
    Optional<Matcher> core =
        names(home.resolve("jars")).stream()
            .map(CORE::matcher)
            .filter(Matcher::matches)
            .findFirst();
    if (core.isEmpty()) {
      throw new ClusterException(
          tried + "and there is no spark-core for Scala 2.13 in its jars." + remedy);
    }
    if (!core.get().group(1).equals(LINE)) {
      throw new ClusterException(
          tried
              + "which is Spark "
              + core.get().group(1)
              + "."
              + core.get().group(2)
              + "; driver and executors talk in the words of Spark "
              + LINE
              + "."
              + remedy);
    }
    return new SparkHome(home, false, jars, "");
  }

  /** InitLab's application: its own classes, without any library. */
  Path application() throws ClusterException {
    return initlab.resolve(
        named("experiments-spark")
            .orElseThrow(
                () ->
                    new ClusterException(
                        "there is no experiments-spark jar in "
                            + initlab
                            + ". Start this as ./initlab submit, which builds it.")));
  }

  /** The jars that travel: InitLab's, with the libraries that this Spark does not bring. */
  List<Path> travelling() throws ClusterException {
    Path application = application();
    if (own) {
      return List.of();
    }
    Set<String> there =
        names(folder.resolve("jars")).stream().map(SparkHome::artifact).collect(Collectors.toSet());
    return names(initlab).stream()
        .filter(name -> !there.contains(artifact(name)))
        .map(initlab::resolve)
        .filter(jar -> !jar.equals(application))
        .toList();
  }

  private Optional<String> named(String artifact) {
    return names(initlab).stream().filter(name -> artifact(name).equals(artifact)).findFirst();
  }

  /** The name of a jar without its version; native jars of one artifact differ by what follows. */
  private static String artifact(String jar) {
    Matcher parts = JAR.matcher(jar);
    if (!parts.matches()) {
      return jar;
    }
    String classifier = parts.group(2).replaceAll("^[0-9.]+(-(SNAPSHOT|jre|GA|M[0-9.]+))?", "");
    return parts.group(1) + classifier;
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
