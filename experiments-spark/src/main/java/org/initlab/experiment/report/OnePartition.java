package org.initlab.experiment.report;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How a small run's tables are kept in a process that is its own cluster: as rows in one partition,
 * so that a query is one task without a shuffle, and a plan ends at the rows. They are in one order
 * whatever the number of cores, and so are sums over them to the last bit (docs/adr/0014).
 *
 * <p>It is not for executors: rows that are lost with one are not read again.
 */
final class OnePartition {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.shuffle.partitions", "1",
          // Broadcasting is a job of its own.
          "spark.sql.autoBroadcastJoinThreshold", "-1",
          // Spark distrusts its estimate of a join's size, and would shuffle from one to one.
          "spark.sql.maxSinglePartitionBytes", Long.MAX_VALUE + "b");

  private OnePartition() {}

  /** Whether a session's tasks run in this process. */
  static boolean suits(SparkSession spark) {
    return spark.sparkContext().isLocal();
  }

  /** Sets a session to ask tables that are kept so. */
  static void set(SparkSession spark) {
    SETTINGS.forEach(spark.conf()::set);
  }

  /**
   * Rows of tables that lie in one partition, which are worked out when they are first asked for,
   * once. They are gone from memory when nobody names them.
   */
  static Dataset<Row> kept(Dataset<Row> rows) {
    return of(rows).localCheckpoint(false);
  }

  /** The same, worked out each time; of a join, of which Spark does not know that it is so. */
  static Dataset<Row> of(Dataset<Row> rows) {
    return rows.coalesce(1);
  }
}
