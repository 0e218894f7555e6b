package org.initlab.experiment.launch;

import java.util.function.ToDoubleFunction;
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

  /** Opens a session, or takes the one that is open. */
  public static Cluster open(String master) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("initlab")
            .master(master)
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.catalogImplementation", "in-memory")
            .config("spark.locality.wait", "0")
            // Reports ask many small questions: compiling each costs more than it saves.
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.adaptive.enabled", "false");
    if (master.startsWith("local")) {
      builder.config("spark.driver.host", "127.0.0.1");
    }
    return new Cluster(builder.getOrCreate());
  }

  /** Runs trials here; {@code seconds} says how long a trial is expected to take. */
  public Launcher launcher(ToDoubleFunction<Trial> seconds) {
    return new SparkLauncher(new JavaSparkContext(session.sparkContext()), seconds);
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
