package org.initlab.experiment.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Launcher;
import org.initlab.experiment.Trial;

/**
 * A Spark session: what trials run on and what reports ask. With a local master the cluster is this
 * process.
 *
 * @param session the session, closed with this
 */
public record Cluster(SparkSession session) implements AutoCloseable {

  /** Masters that are this process. */
  static final String LOCAL = "local(\\[(\\*|[1-9]\\d*)(,\\d+)?])?";

  private static final Map<String, String> SETTINGS = settings();

  private static Map<String, String> settings() {
    Map<String, String> set = new LinkedHashMap<>();
    set.put("spark.app.name", "initlab");
    set.put("spark.ui.enabled", "false");
    set.put("spark.ui.showConsoleProgress", "false");
    set.put("spark.sql.shuffle.partitions", "2");
    set.put("spark.sql.session.timeZone", "UTC");
    set.put("spark.sql.catalogImplementation", "in-memory");
    set.put("spark.locality.wait", "0");
    // Reports ask many small questions: compiling each costs more than it saves.
    set.put("spark.sql.codegen.wholeStage", "false");
    set.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    set.put("spark.sql.adaptive.enabled", "false");
    set.put("spark.sql.ui.explainMode", "simple"); // each query explains itself; nobody listens
    // A sort or a sum takes a page at the least; Spark's own are up to 64 MB, and must be cleared.
    set.put("spark.buffer.pageSize", "4m");
    return set;
  }

  /** Opens a session, or takes the one that is open. */
  public static Cluster open(String master) {
    // Of its own kind: the one for any kind looks for it by Scala's reflection, a second's work.
    var builder = org.apache.spark.sql.classic.SparkSession.builder().master(master);
    SETTINGS.forEach(builder::config);
    if (isLocal(master)) {
      builder.config("spark.driver.host", "127.0.0.1");
    }
    return new Cluster(builder.getOrCreate());
  }

  /** Whether a master is this process. */
  public static boolean isLocal(String master) {
    return master.matches(LOCAL);
  }

  /** Opens the session of a process that spark-submit started, as its cluster file has it. */
  public static Cluster submitted() {
    SparkConf conf = new SparkConf();
    SETTINGS.forEach(conf::setIfMissing);
    return new Cluster(SparkSession.builder().config(conf).getOrCreate());
  }

  /** Whether the cluster that spark-submit named may compute on GPUs: see {@link ClusterFile}. */
  public static boolean asksForGpus() {
    return ClusterFile.asksForGpus(new SparkConf().get(ClusterFile.BACKEND, ""));
  }

  /** Runs trials here; {@code seconds} says how long a trial is expected to take. */
  public Launcher launcher(ToDoubleFunction<Trial> seconds) {
    return launcher(Effort.alone(seconds), Limits.STANDARD);
  }

  /** The same, and no more is borne with a trial than {@code limits}. */
  public Launcher launcher(Effort effort, Limits limits) {
    return new SparkLauncher(new JavaSparkContext(session.sparkContext()), effort, limits);
  }

  /** The executors, each having answered {@code check}; waits for the first of them. */
  public List<Answer> ask(Check check) throws ClusterException {
    return Probe.of(new JavaSparkContext(session.sparkContext())).ask(check);
  }

  /** What tells of each executor that comes or goes, once it is called and until it is closed. */
  public Roll roll(Consumer<String> teller) {
    return new Roll(session.sparkContext(), teller);
  }

  /** How many tasks run at one time on the executors that are there. */
  public int slots() {
    return session.sparkContext().defaultParallelism();
  }

  /** Spark's version and where it runs. */
  public String title() {
    return session.version() + ", master " + session.sparkContext().master();
  }

  @Override
  public void close() {
    session.stop();
  }
}
