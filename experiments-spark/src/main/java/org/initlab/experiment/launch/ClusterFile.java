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
import org.initlab.device.Backend;
import org.initlab.device.Backend.Wish;
import org.initlab.init.named.Nearest;

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

  /** The variable of executors that says whether they are to compute on GPUs. */
  static final String BACKEND = "spark.executorEnv." + Backend.VARIABLE;

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
    Optional<Objection> backend = backendObjection();
    if (backend.isPresent()) {
      return backend;
    }
    String mode = values.getOrDefault(DEPLOY_MODE, "client");
    return mode.equals("client") || mode.equals("cluster")
        ? Optional.empty()
        : Optional.of(
            new Objection(
                DEPLOY_MODE, DEPLOY_MODE + " is '" + mode + "'. Allowed: client, cluster."));
  }

  private Optional<Objection> backendObjection() {
    String wish = values.getOrDefault(BACKEND, "");
    return wish.isEmpty() || Wish.names().contains(wish)
        ? Optional.empty()
        : Optional.of(
            new Objection(
                BACKEND,
                BACKEND
                    + " is '"
                    + wish
                    + "'. Allowed: "
                    + String.join(", ", Wish.names())
                    + "."
                    + Nearest.maybe(wish, Wish.names())));
  }

  /**
   * This cluster, asked for GPUs as an environment asks for them where the file says nothing.
   *
   * @throws ClusterException if the two say different things, or the environment something unknown
   */
  public ClusterFile asking(Map<String, String> environment) throws ClusterException {
    String here = environment.getOrDefault(Backend.VARIABLE, "");
    String there = values.getOrDefault(BACKEND, "");
    if (here.isEmpty() || here.equals(there)) {
      return this;
    }
    if (!there.isEmpty()) {
      throw new ClusterException(
          "%s is '%s' here and %s is '%s' in %s. Remove one of them."
              .formatted(Backend.VARIABLE, here, BACKEND, there, path));
    }
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(BACKEND, here);
    ClusterFile asking = new ClusterFile(path, more);
    Optional<Objection> objection = asking.backendObjection();
    if (objection.isPresent()) {
      throw new ClusterException(objection.get().says().replace(BACKEND, Backend.VARIABLE));
    }
    return asking;
  }

  /** Whether its executors may compute on GPUs. */
  public boolean asksForGpus() {
    return asksForGpus(values.getOrDefault(BACKEND, ""));
  }

  static boolean asksForGpus(String wish) {
    return List.of("cuda", "auto").contains(wish);
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
