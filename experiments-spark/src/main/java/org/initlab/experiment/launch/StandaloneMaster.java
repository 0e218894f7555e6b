package org.initlab.experiment.launch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEnv;

/** Asks whether a standalone master is there, before anything is started or written. */
public final class StandaloneMaster {

  private static final String SCHEME = "spark://";
  private static final int CONNECT_MILLIS = 5_000;

  /** A master answers in milliseconds; what listens and is none never does. */
  private static final String ANSWER = "12s";

  private StandaloneMaster() {}

  /**
   * Returns when a master of the file answers in Spark's own words; at once if it names none.
   *
   * @throws ClusterException with each address that was tried and what came of it
   */
  public static void require(ClusterFile cluster) throws ClusterException {
    if (!cluster.isStandalone()) {
      return;
    }
    List<String> tried = new ArrayList<>();
    for (String address : cluster.master().substring(SCHEME.length()).split(",")) {
      try {
        InetSocketAddress there = connect(address);
        ask(there.getHostString(), there.getPort(), cluster.values());
        return;
      } catch (IOException | IllegalArgumentException e) {
        tried.add(address + " (" + e.getMessage() + ")");
      }
    }
    throw new ClusterException(
        "no master answers at "
            + String.join(", ", tried)
            + ", which "
            + cluster.path()
            + " names as "
            + ClusterFile.MASTER
            + ". Start one (clusters/standalone start brings up a small cluster here), or correct"
            + " the key.");
  }

  /** Returns what the text {@code host:port} names, when it takes connections. */
  static InetSocketAddress connect(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("there is no port");
    }
    int port = Integer.parseInt(address.substring(colon + 1));
    InetSocketAddress there = new InetSocketAddress(address.substring(0, colon), port);
    try (Socket socket = new Socket()) {
      socket.connect(there, CONNECT_MILLIS);
    }
    return there;
  }

  private static void ask(String host, int port, Map<String, String> values) throws IOException {
    SparkConf conf = new SparkConf(false);
    values.forEach(conf::set);
    conf.set("spark.rpc.lookupTimeout", ANSWER).set("spark.rpc.askTimeout", ANSWER);
    String here = conf.get("spark.driver.host", host);
    RpcEnv env = null;
    try {
      SecurityManager security =
          new SecurityManager(
              conf,
              scala.Option.empty(),
              org.apache.spark.internal.config.package$.MODULE$.AUTH_SECRET_FILE());
      env = RpcEnv.create("question", here, 0, conf, security, true);
      env.setupEndpointRef(new RpcAddress(host, port), "Master");
    } catch (Exception e) { // Scala declares none
      throw new IOException(
          "it takes connections and is no master of a Spark "
              + org.apache.spark.package$.MODULE$.SPARK_VERSION()
              + ": "
              + SparkLauncher.firstReason(e),
          e);
    } finally {
      if (env != null) {
        env.shutdown();
      }
    }
  }
}
