package org.initlab.experiment.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.initlab.device.ExecutorSetup;
import org.initlab.device.Machine;

/** A real YARN on loopback: a ResourceManager and a NodeManager, each a process of its own. */
final class YarnCluster implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String RM = "yarn.resourcemanager.";
  private static final String NM = "yarn.nodemanager.";

  private final Path folder;
  private final HadoopServers servers;
  private final String web;
  private final List<Process> processes = new ArrayList<>();

  private YarnCluster(Path folder, int port) {
    this.folder = folder;
    this.servers = new HadoopServers(folder.resolve("yarn"));
    this.web = LOOPBACK + ":" + port;
  }

  /** Starts both, and waits until the node has joined. */
  static YarnCluster start(Path folder) throws IOException, InterruptedException {
    YarnCluster yarn = new YarnCluster(folder, HadoopServers.freePort());
    try {
      Files.createDirectories(yarn.servers.folder());
      Distribution.lay(yarn.jars());
      yarn.writeSettings();
      for (String server : List.of("resourcemanager.ResourceManager", "nodemanager.NodeManager")) {
        yarn.processes.add(
            yarn.servers.start("org.apache.hadoop.yarn.server." + server, server + ".txt"));
      }
      yarn.waitForTheNode();
      return yarn;
    } catch (IOException | InterruptedException | RuntimeException e) {
      yarn.close();
      throw e;
    }
  }

  private Path jars() {
    return folder.resolve("home/dist/jars");
  }

  private void writeSettings() throws IOException {
    servers.write("core-site.xml", Map.of("fs.defaultFS", "file:///"));
    Map<String, String> settings = new TreeMap<>();
    settings.put(RM + "hostname", LOOPBACK);
    settings.put(RM + "webapp.address", web);
    for (String address : List.of("", "scheduler.", "resource-tracker.", "admin.")) {
      settings.put(RM + address + "address", LOOPBACK + ":" + HadoopServers.freePort());
    }
    settings.put(
        RM + "scheduler.class",
        "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler");
    settings.put("yarn.scheduler.minimum-allocation-mb", "128");
    for (String address : List.of("", "localizer.", "webapp.", "collector-service.")) {
      settings.put(NM + address + "address", LOOPBACK + ":0");
    }
    settings.put(NM + "resource.memory-mb", "4608");
    settings.put(NM + "resource.cpu-vcores", "4");
    settings.put(NM + "vmem-check-enabled", "false");
    settings.put(NM + "disk-health-checker.enable", "false");
    settings.put(NM + "local-dirs", folder.resolve("containers").toString());
    settings.put(NM + "log-dirs", folder.resolve("container-logs").toString());
    servers.write("yarn-site.xml", settings);
  }

  private void waitForTheNode() throws InterruptedException, IOException {
    for (int i = 0; i < 300 && processes.stream().allMatch(Process::isAlive); i++) {
      try {
        if (ask("metrics").contains("\"activeNodes\":1,")) {
          return;
        }
      } catch (IOException notYet) {
        // The ResourceManager still starts.
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException("No node:\n" + servers.said());
  }

  /** What the ResourceManager says of its cluster: metrics, or apps. */
  String ask(String what) throws IOException {
    URI uri = URI.create("http://" + web + "/ws/v1/cluster/" + what);
    try (InputStream in = uri.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The processes of executors, which are descendants of the NodeManager. */
  List<ProcessHandle> executors() {
    return processes.get(1).descendants().filter(YarnCluster::isExecutor).toList();
  }

  private static boolean isExecutor(ProcessHandle process) {
    return process.info().command().filter(c -> c.endsWith("java")).isPresent()
        && process.info().commandLine().orElse("").contains("YarnCoarseGrainedExecutorBackend");
  }

  /** Types a command of InitLab as a user of this cluster would. */
  Child initlab(String... arguments) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("SPARK_HOME", "");
    environment.put("SPARK_LOCAL_IP", LOOPBACK);
    environment.put("HADOOP_CONF_DIR", servers.folder().toString());
    ExecutorSetup.of(Machine.here(), System.getenv()).forEach(environment::put);
    List<String> options =
        List.of(
            "-Dinitlab.home=" + folder.resolve("home"),
            "-Xbootclasspath/a:" + servers.folder()); // as the launcher puts it on the class path
    return Child.start(folder, options, environment, arguments);
  }

  /** Submits a study to this cluster, without a report. */
  Child submit(Path study, Path out, String mode) throws IOException {
    String compiler = "-XX:TieredStopAtLevel=1";
    Path file = folder.resolve("yarn.conf");
    Files.write(
        file,
        List.of(
            "spark.master yarn",
            "spark.yarn.jars local:" + jars() + "/*",
            "spark.yarn.am.memory 256m",
            "spark.driver.memory 768m",
            "spark.driver.extraJavaOptions " + compiler,
            "spark.executor.extraJavaOptions " + compiler,
            "spark.executor.instances 2",
            "spark.executor.cores 1",
            "spark.executor.memory 768m",
            "spark.executor.memoryOverhead 512m"));
    return initlab(
        "submit",
        study.toString(),
        "--no-report",
        "--out",
        out.toString(),
        "--cluster",
        file.toString(),
        "--deploy-mode",
        mode);
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>();
    for (Process process : processes) {
      process.descendants().forEach(all::add);
      all.add(process.toHandle());
    }
    all.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }
}
