package org.initlab.experiment.launch;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A cluster as a file in the form of Spark's own spark-defaults.conf: a key and a value a line,
 * comments behind {@code #}.
 *
 * @param path the file
 * @param values its keys in the file's order, each with its value
 */
public record ClusterFile(Path path, Map<String, String> values) {

  static final String MASTER = "spark.master";
  private static final String DEPLOY_MODE = "spark.submit.deployMode";
  private static final String IMAGE = "spark.kubernetes.container.image";
  private static final String MASTERS =
      "spark://HOST:PORT[,HOST:PORT], yarn, k8s://https://HOST:PORT, local[N]";

  public ClusterFile {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Reads and checks a file.
   *
   * @throws ClusterException with everything that is wrong with it, each with its line
   */
  public static ClusterFile read(Path path) throws ClusterException {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (String line : lines(path)) {
      number++;
      for (Map.Entry<String, String> entry : parsed(line).entrySet()) {
        String key = entry.getKey();
        Integer before = lines.putIfAbsent(key, number);
        String problem =
            before == null
                ? SparkKeys.objection(key)
                : "key '" + key + "' is there already, in line " + before + ".";
        if (!problem.isEmpty()) {
          problems.add(path + ":" + number + ": " + problem);
        }
        values.put(key, entry.getValue());
      }
    }
    ClusterFile file = new ClusterFile(path, values);
    file.objection()
        .map(o -> path + ":" + lines.getOrDefault(o.key(), 1) + ": " + o.says())
        .ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new ClusterException(String.join("\n", problems));
    }
    return file;
  }

  private static List<String> lines(Path path) throws ClusterException {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new ClusterException(
          "cannot read the cluster file " + path + ". Maybe clusters/standalone.conf.");
    }
  }

  private static Map<String, String> parsed(String line) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(line));
    } catch (IOException e) {
      throw new IllegalStateException("A text in memory can be read.", e);
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (String key : properties.stringPropertyNames()) {
      entries.put(key, properties.getProperty(key).strip());
    }
    return entries;
  }

  /** What speaks against a key's value. */
  private record Objection(String key, String says) {}

  private Optional<Objection> objection() {
    String master = values.get(MASTER);
    if (master == null) {
      return Optional.of(
          new Objection(MASTER, "the key " + MASTER + " is missing. Allowed: " + MASTERS + "."));
    }
    if (!master.matches("spark://[^,:/]+:\\d+(,[^,:/]+:\\d+)*|yarn|k8s://.+|" + Cluster.LOCAL)) {
      return Optional.of(
          new Objection(
              MASTER,
              MASTER + " is '" + master + "'. Allowed: " + MASTERS + "." + maybeMaster(master)));
    }
    Optional<String> gpu = values.keySet().stream().filter(k -> k.contains(".resource.")).findAny();
    if (gpu.isPresent() && isLocal()) {
      return Optional.of(
          new Objection(
              gpu.get(),
              gpu.get()
                  + " is set, and the master is "
                  + master
                  + ". A local master has no executors that could own a GPU, and Spark would wait for"
                  + " one for ever. Remove the key, or take a cluster's master."));
    }
    if (isKubernetes() && !values.containsKey(IMAGE)) {
      return Optional.of(
          new Objection(
              MASTER, "Kubernetes needs " + IMAGE + "; clusters/README.md says how to build one."));
    }
    String mode = values.getOrDefault(DEPLOY_MODE, "client");
    return mode.equals("client") || mode.equals("cluster")
        ? Optional.empty()
        : Optional.of(
            new Objection(
                DEPLOY_MODE, DEPLOY_MODE + " is '" + mode + "'. Allowed: client, cluster."));
  }

  private static String maybeMaster(String master) {
    if (master.matches("[^:/]+:\\d+")) {
      return " Maybe spark://" + master + ".";
    }
    return master.startsWith("local") ? " Maybe local[*]." : " Maybe spark://127.0.0.1:7077.";
  }

  /** A key's value. */
  public Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Where the cluster answers. */
  public String master() {
    return values.get(MASTER);
  }

  /** Whether the master is this process. */
  public boolean isLocal() {
    return Cluster.isLocal(master());
  }

  boolean isStandalone() {
    return master().startsWith("spark://");
  }

  boolean isYarn() {
    return master().equals("yarn");
  }

  boolean isKubernetes() {
    return master().startsWith("k8s://");
  }

  /** Where the driver runs if nothing else is said: {@code client} or {@code cluster}. */
  public String deployMode() {
    return values.getOrDefault(DEPLOY_MODE, "client");
  }
}
