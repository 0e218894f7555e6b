package org.initlab.experiment.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkUserAppException;
import org.initlab.experiment.store.HadoopSettings;

/** What YARN wants of an application beyond what Spark says for it. */
public final class Yarn {

  private static final String ADDRESS = "yarn.resourcemanager.address";
  private static final String HOST = "yarn.resourcemanager.hostname";
  private static final String SEVERAL = "yarn.resourcemanager.ha.rm-ids";
  private static final String PORT = ":8032";

  private Yarn() {}

  /**
   * Returns when a ResourceManager takes connections, at once for another kind of cluster. YARN's
   * own client would try for a quarter of an hour.
   *
   * @param environment of this process
   * @throws ClusterException with each address that was tried and what came of it
   */
  public static void require(ClusterFile cluster, Map<String, String> environment)
      throws ClusterException {
    if (!cluster.isYarn()) {
      return;
    }
    String files = SparkHome.site(environment);
    if (files.isEmpty()) {
      throw new ClusterException(
          cluster.path()
              + " names yarn as "
              + ClusterFile.MASTER
              + ", and neither HADOOP_CONF_DIR nor YARN_CONF_DIR is set: the folder with"
              + " yarn-site.xml, which says where the ResourceManager is.");
    }
    List<String> tried = new ArrayList<>();
    for (String address : addresses(cluster)) {
      try {
        StandaloneMaster.connect(address);
        return;
      } catch (IOException | IllegalArgumentException e) {
        tried.add(address + " (" + e.getMessage() + ")");
      }
    }
    throw new ClusterException(
        "no ResourceManager of YARN answers at "
            + String.join(", ", tried)
            + ", as yarn-site.xml in "
            + files
            + " has it ("
            + ADDRESS
            + " or "
            + HOST
            + "). Start it, or correct the key.");
  }

  private static List<String> addresses(ClusterFile cluster) {
    Map<String, String> told = HadoopSettings.site("yarn-site.xml");
    told.putAll(HadoopSettings.of(cluster.values()).keys());
    List<String> addresses = new ArrayList<>();
    for (String id : told.getOrDefault(SEVERAL, "").split(",")) {
      String end = id.isBlank() ? "" : "." + id.strip();
      String host = told.getOrDefault(HOST + end, told.getOrDefault(HOST, "0.0.0.0"));
      String address = told.getOrDefault(ADDRESS + end, host + PORT);
      addresses.add(address.replace("${" + HOST + end + "}", host));
    }
    return addresses;
  }

  /**
   * Ends a driver that runs in YARN's application master, which takes a call of exit for a crash
   * and tries the application again.
   *
   * @param exit the code to end with
   * @return whether this process is one; if not, nothing was done
   * @throws SparkUserAppException if it is, with a code that is not 0
   */
  public static boolean ended(int exit) throws SparkUserAppException {
    boolean master =
        "yarn".equals(System.getProperty(ClusterFile.MASTER))
            && "cluster".equals(System.getProperty("spark.submit.deployMode"))
            && System.getenv("CONTAINER_ID") != null;
    if (master && exit != 0) {
      throw new SparkUserAppException(exit, null);
    }
    return master;
  }
}
