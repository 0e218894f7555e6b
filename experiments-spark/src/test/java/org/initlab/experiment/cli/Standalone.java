package org.initlab.experiment.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.initlab.device.ExecutorSetup;
import org.initlab.device.Machine;
import org.initlab.experiment.launch.ClassArchive;

/** A real standalone cluster on loopback: a master and workers, each a process of its own. */
final class Standalone implements AutoCloseable {

  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");

  /** What runs here ends before what the optimizing compiler costs comes back. */
  private static final String COMPILER = "-XX:TieredStopAtLevel=1";

  private final Path folder;
  private final Path home;
  private final Host here;
  private final List<Host> hosts = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();
  private final List<String> workerOptions = new ArrayList<>();
  private final Map<String, String> workerEnvironment = new HashMap<>();
  private Process master;
  private String address;
  private int started;

  private Standalone(Path folder, Path home, Host here) {
    this.folder = folder;
    this.home = home;
    this.here = here;
  }

  /** Starts a master and as many workers of one core each. */
  static Standalone start(Path folder, int workers) throws IOException, InterruptedException {
    return start(folder, Host.LOOPBACK, Collections.nCopies(workers, Host.LOOPBACK));
  }

  /**
   * Starts a master, and workers of one core each on hosts of their own.
   *
   * @param here where the master runs, and drivers do
   */
  static Standalone start(Path folder, Host here, List<Host> workers)
      throws IOException, InterruptedException {
    Standalone cluster = new Standalone(folder, Distribution.home(), here);
    try {
      cluster.startMaster(0);
      for (Host host : workers) {
        cluster.startWorker(host);
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * A master, and one worker that has GPUs.
   *
   * @param script by which Spark finds them
   * @param gpus how many it finds
   * @param environment of the worker, which its executors inherit
   */
  static Standalone withGpus(Path folder, Path script, int gpus, Map<String, String> environment)
      throws IOException, InterruptedException {
    Standalone cluster = start(folder, 0);
    cluster.workerOptions.add("-Dspark.worker.resource.gpu.amount=" + gpus);
    cluster.workerOptions.add("-Dspark.worker.resource.gpu.discoveryScript=" + script);
    cluster.workerEnvironment.putAll(environment);
    try {
      cluster.startWorker(Host.LOOPBACK);
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  String address() {
    return address;
  }

  /** InitLab's folder, whose dist/jars is the cluster's Spark. */
  Path home() {
    return home;
  }

  Process master() {
    return master;
  }

  Process worker(int index) {
    return workers.get(index);
  }

  /** Starts a master at a port, 0 for any. */
  void startMaster(int port) throws IOException, InterruptedException {
    Path log = log("master");
    master =
        process(
            log,
            "org.apache.spark.deploy.master.Master",
            List.of("--port", Integer.toString(port), "--webui-port", "0"));
    Matcher said = wait(master, log, MASTER);
    address = said.group(1);
    wait(master, log, Pattern.compile("New state: (ALIVE|RECOVERING)"));
  }

  private void startWorker(Host host) throws IOException, InterruptedException {
    hosts.add(host);
    workers.add(worker(home, host));
  }

  /** A worker whose executors run on the jars of another folder. */
  Process worker(Path otherHome) throws IOException, InterruptedException {
    return worker(otherHome, here);
  }

  private Process worker(Path otherHome, Host host) throws IOException, InterruptedException {
    Path log = log("worker");
    List<String> arguments = new ArrayList<>(List.of("--webui-port", "0", "--cores", "1"));
    arguments.addAll(List.of("--memory", "1g", "--work-dir", folder.resolve("work").toString()));
    arguments.add(address);
    Process worker =
        process(log, "org.apache.spark.deploy.worker.Worker", arguments, otherHome, host);
    wait(worker, log, Pattern.compile("Successfully registered with master"));
    return worker;
  }

  /** Kills a worker, which takes its executor along, and starts another. */
  void replaceWorker(int index) throws IOException, InterruptedException {
    workers.get(index).destroyForcibly().waitFor();
    workers.set(index, worker(home, hosts.get(index)));
  }

  /** Kills the master, and starts another that reads what it left. */
  void replaceMaster() throws IOException, InterruptedException {
    int port = URI.create(address).getPort();
    master.destroyForcibly().waitFor();
    startMaster(port);
  }

  /** The executors' processes, which are children of the workers. */
  List<ProcessHandle> executors() {
    return workers.stream()
        .flatMap(worker -> worker.toHandle().descendants())
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** A cluster file for this cluster, with more lines. */
  Path file(String... more) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "# made by a test",
                "spark.master " + address,
                "spark.driver.host " + here.address(),
                "spark.driver.memory 768m",
                "spark.driver.extraJavaOptions " + COMPILER,
                "spark.executor.extraJavaOptions " + COMPILER,
                "spark.executor.memory 768m",
                "spark.executor.cores 1"));
    lines.addAll(Arrays.asList(more));
    return Files.write(Files.createTempFile(folder, "cluster", ".conf"), lines);
  }

  /** Types a command of InitLab as a user of this cluster would. */
  Child initlab(String... arguments) throws IOException {
    Path dist = home.resolve("dist");
    List<String> options = new ArrayList<>(ClassArchive.options(dist));
    options.add("-Dinitlab.home=" + home);
    return Child.start(folder, ClassArchive.classPath(dist), options, environment(), arguments);
  }

  /** Submits a study to this cluster, without a report. */
  Child submit(Path study, Object out, Path file, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("submit", study.toString(), "--no-report"));
    words.addAll(List.of("--out", out.toString(), "--cluster", file.toString()));
    words.addAll(List.of(more));
    return initlab(words.toArray(String[]::new));
  }

  /** Starts a driver that is no command of InitLab, as spark-submit would. */
  Process driver(Path said, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Distribution.modules());
    command.addAll(ClassArchive.options(home.resolve("dist")));
    command.addAll(List.of(COMPILER, "-Xmx768m"));
    command.add("-Dinitlab.log=" + folder.resolve("driver.log"));
    command.add("-Dspark.master=" + address);
    command.add("-Dspark.driver.host=" + here.address());
    command.add("-Dspark.executor.memory=768m");
    command.add("-Dspark.executor.cores=1");
    command.add("-Dspark.executor.extraJavaOptions=" + COMPILER);
    command.add("-Dspark.task.maxFailures=16");
    command.addAll(List.of("-cp", ClassArchive.classPath(home.resolve("dist")), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("SPARK_LOCAL_IP", here.address());
    return builder.start();
  }

  /** What ./initlab sets, and no Spark of the user. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("SPARK_HOME", "");
    environment.put("SPARK_LOCAL_IP", here.address());
    ExecutorSetup.of(Machine.here(), System.getenv()).forEach(environment::put);
    return environment;
  }

  private Path log(String name) {
    return folder.resolve(name + "-" + started++ + ".log");
  }

  private Process process(Path log, String main, List<String> arguments) throws IOException {
    return process(log, main, arguments, home, here);
  }

  private Process process(Path log, String main, List<String> arguments, Path from, Host host)
      throws IOException {
    List<String> command = new ArrayList<>(host.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Distribution.modules());
    command.addAll(ClassArchive.options(home.resolve("dist")));
    command.addAll(List.of(COMPILER, "-Xmx256m", "-XX:+UseSerialGC"));
    command.add("-Dlog4j2.configurationFile=classpath:org/apache/spark/log4j2-defaults.properties");
    // After so long a silent worker is lost, and a master that starts again waits for no one more.
    command.add("-Dspark.worker.timeout=20");
    command.add("-Dspark.deploy.recoveryMode=FILESYSTEM");
    command.add("-Dspark.deploy.recoveryDirectory=" + folder.resolve("recovery"));
    boolean works = main.endsWith(".Worker");
    command.addAll(works ? workerOptions : List.of());
    command.addAll(
        List.of(
            "-cp", ClassArchive.classPath(from.resolve("dist")), main, "--host", host.address()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", from.resolve("dist").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", host.address());
    builder.environment().putAll(works ? workerEnvironment : Map.of());
    return builder.start();
  }

  private static Matcher wait(Process process, Path log, Pattern pattern)
      throws IOException, InterruptedException {
    for (int i = 0; i < 600 && process.isAlive(); i++) {
      Matcher matcher = pattern.matcher(Files.readString(log));
      if (matcher.find()) {
        return matcher;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("No '" + pattern + "' in:\n" + Files.readString(log));
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(executors());
    workers.forEach(worker -> all.add(worker.toHandle()));
    if (master != null) {
      all.add(master.toHandle());
    }
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      each.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }
}
