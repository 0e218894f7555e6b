package org.initlab.experiment.store;

import java.io.Serializable;
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
    Map<String, String> keys = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        keys.put(name.substring(PREFIX.length()), System.getProperty(name));
      }
    }
    return new HadoopSettings(keys);
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
