package org.initlab.experiment.store;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;

/**
 * What this run says of Hadoop's file systems beyond the files {@code core-site.xml} and {@code
 * hdfs-site.xml}: Spark's keys {@code spark.hadoop.*}, without that prefix. It travels with the
 * work, since an executor of Spark does not have these keys as properties. It may hold secrets, so
 * its text shows none of it.
 *
 * @param keys keys as Hadoop knows them
 */
public record HadoopSettings(Map<String, String> keys) implements Serializable {

  private static final String PREFIX = "spark.hadoop.";

  /** Reading Hadoop's defaults takes some 100 ms. */
  private static final Map<HadoopSettings, Configuration> READ = new ConcurrentHashMap<>();

  public HadoopSettings {
    keys = Map.copyOf(keys);
  }

  /** What the properties of this process say; spark-submit sets them in the driver. */
  public static HadoopSettings here() {
    Map<String, String> properties = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name));
    }
    return of(properties);
  }

  /** What properties of Spark say, among whatever else they say. */
  public static HadoopSettings of(Map<String, String> properties) {
    Map<String, String> keys = new TreeMap<>();
    properties.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            keys.put(name.substring(PREFIX.length()), value);
          }
        });
    return new HadoopSettings(keys);
  }

  /**
   * Makes this process use what a properties file of Spark says of file systems, as spark-submit
   * does in the driver.
   *
   * @param properties all that the file says
   */
  public static void adopt(Map<String, String> properties) {
    of(properties).keys.forEach((key, value) -> System.setProperty(PREFIX + key, value));
  }

  /** What travels takes this process's site files along: an executor may have none. */
  private Object writeReplace() {
    Map<String, String> all = site("hdfs-site.xml");
    all.putAll(keys);
    return new HadoopSettings(all);
  }

  /**
   * What the site files of this process say: {@code core-site.xml} and one more.
   *
   * @param more the name of the other file; it need not be there
   * @return values by key, as they are written
   */
  public static Map<String, String> site(String more) {
    Map<String, String> told = new TreeMap<>();
    Configuration here = new Configuration();
    here.addResource(more);
    for (Map.Entry<String, String> each : here) {
      String[] sources = here.getPropertySources(each.getKey());
      if (sources != null && Arrays.stream(sources).anyMatch(s -> s.endsWith("-site.xml"))) {
        told.put(each.getKey(), each.getValue());
      }
    }
    return told;
  }

  Configuration configuration() {
    return READ.computeIfAbsent(this, HadoopSettings::read);
  }

  private static Configuration read(HadoopSettings settings) {
    Configuration configuration = new Configuration();
    settings.keys.forEach(configuration::set);
    // Not cached, since the cache may hold the kind with checksum side files.
    configuration.setClassLoader(HadoopSettings.class.getClassLoader());
    configuration.setIfUnset("fs.file.impl", LocalFiles.class.getName());
    configuration.set("fs.file.impl.disable.cache", "true");
    return configuration;
  }

  /** How many keys there are, and none of them. */
  @Override
  public String toString() {
    return "HadoopSettings[" + keys.size() + " keys]";
  }
}
