package org.initlab.experiment.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Text that travels with the program. */
final class Resource {

  private Resource() {}

  /** A file of this room. */
  static String own(String name) {
    return text("/org/initlab/experiment/report/" + name);
  }

  /** The minified script of a WebJar on the class path, whatever its version. */
  static String webJar(String name) {
    Properties properties = new Properties();
    String description = "/META-INF/maven/org.webjars/" + name + "/pom.properties";
    try (InputStream in = open(description)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("version");
    return text("/META-INF/resources/webjars/" + name + "/" + version + "/" + name + ".min.js");
  }

  private static String text(String path) {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    InputStream in = Resource.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException("The class path lacks " + path);
    }
    return in;
  }
}
