package org.initlab.experiment.launch;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.internal.config.ConfigEntry;
import org.initlab.init.named.Nearest;

/**
 * The keys that a cluster file may have: those that Spark itself registers, and the few families of
 * keys with free endings. Keys of YARN and Kubernetes are taken as they are: Spark's parts for
 * those two managers are in the user's own Spark only.
 */
final class SparkKeys {

  /** Objects of Spark that register their keys when they are loaded. */
  private static final List<String> REGISTERS =
      Stream.of(
              "package", "Deploy", "History", "Kryo", "Network", "Python", "Status", "UI", "Worker")
          .map(name -> "org.apache.spark.internal.config." + name + "$")
          .toList();

  private static final String SQL = "spark.sql.";
  private static final String SQL_REGISTER = "org.apache.spark.sql.internal.SQLConf$";

  /** Keys that Spark reads without registering them, and InitLab's own. */
  private static final Set<String> PLAIN =
      Set.of(
          "spark.master",
          "spark.app.name",
          "spark.driver.host",
          "spark.home",
          "spark.jars.ivySettings",
          "spark.local.ip",
          "spark.standalone.submit.waitAppCompletion",
          SparkHome.SHIP);

  private static final Pattern FREE_ENDINGS =
      Pattern.compile(
          "spark\\.(executorEnv|hadoop|yarn|kubernetes|metrics\\.conf|ssl|files|log|authenticate)\\..+"
              + "|spark\\.(driver|executor|worker|task)\\.resource\\.[a-z0-9]+"
              + "\\.(amount|discoveryScript|vendor)");

  private SparkKeys() {}

  /** What is wrong with a key, with the nearest one that is known; empty if nothing is. */
  static String objection(String key) {
    if (PLAIN.contains(key) || FREE_ENDINGS.matcher(key).matches()) {
      return "";
    }
    Set<String> known = new TreeSet<>(PLAIN);
    known.addAll(registered(key.startsWith(SQL)));
    if (known.contains(key)) {
      return "";
    }
    return "key '" + key + "' is not one of Spark's." + Nearest.maybe(key, known);
  }

  private static Collection<String> registered(boolean sql) {
    REGISTERS.forEach(SparkKeys::load);
    if (sql) {
      load(SQL_REGISTER);
    }
    Set<String> keys = new TreeSet<>();
    for (ConfigEntry<?> entry : ConfigEntry.listAllEntries()) {
      keys.add(entry.key());
      scala.jdk.javaapi.CollectionConverters.asJava(entry.alternatives()).forEach(keys::add);
    }
    return keys;
  }

  private static void load(String register) {
    try {
      Class.forName(register);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Spark has no " + register + ".", e);
    }
  }
}
