package org.initlab.experiment.launch;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * One call of spark-submit: what is started, and with which environment.
 *
 * @param command program and arguments
 * @param environment what is set besides what this process has
 */
public record Submission(List<String> command, Map<String, String> environment) {

  private static final String MAIN = "org.initlab.experiment.cli.Main";
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /** Executors say what they say where Spark collects it, not into InitLab's file. */
  private static final String EXECUTOR_LOG =
      "-Dlog4j2.configurationFile=classpath:org/apache/spark/log4j2-defaults.properties";

  /**
   * What is set for every submission where the file does not say otherwise.
   *
   * <p>A task may lose its executor several times in a bad hour; from its second attempt on, no
   * trial can take an executor down with it, so many attempts cost little.
   */
  private static final Map<String, String> DEFAULTS = Map.of("spark.task.maxFailures", "16");

  /** Where the image of clusters/kubernetes has every jar. */
  private static final String IN_IMAGE = "local:///opt/spark/jars/";

  private static final String PLUGINS = "spark.plugins";

  public Submission {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /**
   * The call for a cluster.
   *
   * @param name of the application
   * @param mode {@code client}: the driver is this process's child; {@code cluster}: the cluster
   *     runs it
   * @param driverOptions for the driver's JVM
   * @param arguments of InitLab's own command line
   */
  public static Submission of(
      SparkHome spark,
      ClusterFile cluster,
      String name,
      String mode,
      List<String> driverOptions,
      List<String> arguments)
      throws ClusterException {
    boolean client = mode.equals("client");
    List<String> command =
        new ArrayList<>(spark.own() ? java(spark, driverOptions, cluster) : List.of());
    Map<String, String> environment = new LinkedHashMap<>();
    if (spark.own()) {
      environment.put("SPARK_HOME", spark.folder().toString());
      environment.put("SPARK_SCALA_VERSION", "2.13");
      command.add("-cp");
      String site = spark.hadoop().isEmpty() ? "" : spark.hadoop() + File.pathSeparator;
      command.add(site + ClassArchive.classPath(spark.folder()));
      command.add("org.apache.spark.deploy.SparkSubmit");
    } else {
      command.add(spark.folder().resolve("bin/spark-submit").toString());
    }
    command.addAll(List.of("--properties-file", cluster.path().toString()));
    command.addAll(List.of("--deploy-mode", mode, "--name", name, "--class", MAIN));
    if (!client || !spark.own()) {
      command.addAll(
          List.of(
              "--driver-java-options",
              Stream.concat(
                      cluster.value(DRIVER_OPTIONS).stream(), // which this would replace
                      driverOptions.stream().map(Submission::option))
                  .collect(Collectors.joining(" "))));
    }
    boolean ships = !cluster.value(SparkHome.SHIP).orElse("true").equals("false");
    List<Path> travelling = ships ? spark.travelling() : List.of();
    if (!travelling.isEmpty()) {
      command.add("--jars");
      command.add(travelling.stream().map(Path::toString).collect(Collectors.joining(",")));
    }
    settings(spark, cluster)
        .forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    Path application = spark.application();
    command.add(
        cluster.isKubernetes() && !client && !ships
            ? IN_IMAGE + application.getFileName()
            : application.toString());
    command.addAll(arguments);
    return new Submission(command, environment);
  }

  private static List<String> java(SparkHome spark, List<String> options, ClusterFile cluster) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ClassArchive.options(spark.folder()));
    for (String option : JavaModuleOptions.defaultModuleOptionArray()) {
      if (!option.startsWith("--add-modules")) { // warns at each start, and nothing here needs it
        command.add(option);
      }
    }
    command.add("-Xmx" + cluster.value("spark.driver.memory").orElse("1g"));
    for (String key : List.of("spark.driver.defaultJavaOptions", DRIVER_OPTIONS)) {
      command.addAll(words(cluster.value(key).orElse("")));
    }
    command.addAll(options);
    return command;
  }

  /** Options as Spark takes them apart: by blanks outside of quotes. */
  private static List<String> words(String options) {
    return WORD.matcher(options).results().map(w -> w.group().replaceAll("[\"']", "")).toList();
  }

  /** An option as Spark takes it among others. */
  private static String option(String option) {
    return option.contains(" ") ? '"' + option + '"' : option;
  }

  private static Map<String, String> settings(SparkHome spark, ClusterFile cluster) {
    Map<String, String> settings = new TreeMap<>();
    DEFAULTS.forEach(
        (key, value) -> {
          if (cluster.value(key).isEmpty()) {
            settings.put(key, value);
          }
        });
    cluster.value(ClusterFile.BACKEND).ifPresent(w -> settings.put(ClusterFile.BACKEND, w));
    String ours = DevicePlugin.class.getName();
    settings.put(PLUGINS, cluster.value(PLUGINS).map(p -> p + "," + ours).orElse(ours));
    List<String> options = new ArrayList<>();
    if (spark.own() && cluster.master().startsWith("spark:")) { // its workers have the same folder
      ClassArchive.options(spark.folder()).forEach(each -> options.add(option(each)));
    }
    String theirs = cluster.value(EXECUTOR_OPTIONS).orElse("");
    options.addAll(ExecutorHeap.options(cluster, theirs));
    options.addAll(theirs.isEmpty() ? List.of() : List.of(theirs));
    if (!theirs.contains("log4j2.configurationFile")) {
      options.add(EXECUTOR_LOG);
    }
    settings.put(EXECUTOR_OPTIONS, String.join(" ", options));
    return settings;
  }

  /** The command as a shell takes it, with the variables in front. */
  public String text() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(environment)
        .forEach((name, value) -> text.append(name).append('=').append(quoted(value)).append(' '));
    return text.append(command.stream().map(Submission::quoted).collect(Collectors.joining(" ")))
        .toString();
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
