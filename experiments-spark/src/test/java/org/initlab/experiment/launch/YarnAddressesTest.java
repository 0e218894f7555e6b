package org.initlab.experiment.launch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the ResourceManager is looked for, before anything is started. */
class YarnAddressesTest {

  @TempDir private Path folder;

  @Test
  void withoutSiteFilesItIsSaidWhichAreWanted() {
    assertThatThrownBy(() -> Yarn.require(cluster("yarn"), Map.of("HADOOP_CONF_DIR", "")))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("names yarn as spark.master")
        .hasMessageContaining("neither HADOOP_CONF_DIR nor YARN_CONF_DIR is set");
    assertThatCode(() -> Yarn.require(cluster("spark://a:1"), Map.of())).doesNotThrowAnyException();
  }

  @Test
  void eachOfSeveralIsTriedAndNamed() throws IOException {
    site("ha.rm-ids", "a, b", "address.a", "127.0.0.1:2", "address.b", "127.0.0.1:1");

    assertThatThrownBy(() -> require("yarn"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("127.0.0.1:2 (Connection refused), 127.0.0.1:1 (Connection refused)")
        .hasMessageContaining("yarn-site.xml in " + folder);
  }

  @Test
  void whatTheClustersFileSaysOfItStands() throws IOException {
    site("address", "127.0.0.1:2");

    assertThatThrownBy(() -> require("yarn\nspark.hadoop.yarn.resourcemanager.address 127.0.0.1:1"))
        .hasMessageContaining("answers at 127.0.0.1:1 (Connection refused)");
  }

  @Test
  void oneThatAnswersIsEnough() throws IOException {
    try (ServerSocket manager = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      site(
          "hostname",
          "127.0.0.1",
          "address",
          "${yarn.resourcemanager.hostname}:" + manager.getLocalPort());

      assertThatCode(() -> require("yarn")).doesNotThrowAnyException();
    }
  }

  private void site(String... pairs) throws IOException {
    StringBuilder xml = new StringBuilder("<configuration>");
    for (int i = 0; i < pairs.length; i += 2) {
      xml.append("<property><name>yarn.resourcemanager.").append(pairs[i]).append("</name><value>");
      xml.append(pairs[i + 1]).append("</value></property>");
    }
    Files.writeString(folder.resolve("yarn-site.xml"), xml.append("</configuration>"));
  }

  private void require(String master) throws IOException, ClusterException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      Yarn.require(cluster(master), Map.of("YARN_CONF_DIR", folder.toString()));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private ClusterFile cluster(String master) throws IOException, ClusterException {
    return ClusterFile.read(
        Files.writeString(folder.resolve("cluster.conf"), "spark.master " + master));
  }
}
