package org.initlab.experiment.store;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** How a whole file gets its name: the table of schemes. */
enum Commit {

  /** Written under another name, then renamed: on these, a rename happens at once or not at all. */
  BY_RENAME,

  /**
   * Put there in one piece: on an object store a file is there when its upload is complete, and not
   * before, while a rename is a copy.
   */
  BY_PUT;

  /** For a scheme that is not in the table. */
  private static final String KEY = "initlab.commit.";

  private static final Map<String, Commit> SCHEMES = new TreeMap<>();

  static {
    for (String scheme :
        new String[] {
          "file", "hdfs", "viewfs", "webhdfs", "swebhdfs", "abfs", "abfss", "ofs", "o3fs"
        }) {
      SCHEMES.put(scheme, BY_RENAME);
    }
    for (String scheme : new String[] {"s3a", "gs", "wasb", "wasbs", "oss", "cosn", "obs", "tos"}) {
      SCHEMES.put(scheme, BY_PUT);
    }
  }

  /**
   * The way of a scheme.
   *
   * @throws IOException if neither the table nor the settings know it
   */
  static Commit of(String scheme, Configuration hadoop) throws IOException {
    String said = hadoop.get(KEY + scheme, "");
    if (said.equals("rename")) {
      return BY_RENAME;
    }
    if (said.equals("put")) {
      return BY_PUT;
    }
    Commit known = SCHEMES.get(scheme);
    if (known == null || !said.isEmpty()) {
      throw new IOException(
          "whether "
              + scheme
              + " renames a file at once is "
              + (said.isEmpty() ? "not known" : "told as '" + said + "'")
              + ". Set spark.hadoop."
              + KEY
              + scheme
              + " to 'rename' if it does, or to 'put' if a file is seen only when it is complete.");
    }
    return known;
  }

  /** The schemes of the table. */
  static java.util.Set<String> schemes() {
    return SCHEMES.keySet();
  }
}
