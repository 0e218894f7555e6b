package org.initlab.experiment.launch;

import java.util.List;
import org.apache.spark.network.util.JavaUtils;

/**
 * The options by which an executor's JVM takes its heap whole when it starts: the cluster has set
 * that memory aside, so what is not there is told before the first trial and not by a kill in the
 * midst of the last, and a process that grows afterwards holds something outside of the heap.
 */
final class ExecutorHeap {

  private static final String MEMORY = "spark.executor.memory";

  /** What Spark gives where nothing is said. */
  private static final String USUAL = "1g";

  private ExecutorHeap() {}

  /**
   * The options, for JVMs with more of the user's own; none where these say how a heap starts, or
   * where the memory is no size, of which Spark tells.
   */
  static List<String> options(ClusterFile cluster, String theirs) {
    if (theirs.contains("-Xms") || theirs.contains("AlwaysPreTouch")) {
      return List.of();
    }
    try {
      long mebibytes = JavaUtils.byteStringAsMb(cluster.value(MEMORY).orElse(USUAL));
      return List.of("-Xms" + mebibytes + "m", "-XX:+AlwaysPreTouch");
    } catch (NumberFormatException e) {
      return List.of();
    }
  }
}
