package org.initlab.experiment.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopSettingsTest {

  @TempDir private Path site;

  @Test
  void anExecutorWithoutSiteFilesHasTheDriversAndWhatTheRunSaysStands()
      throws IOException, ClassNotFoundException {
    write(
        "core-site.xml", "fs.s3a.endpoint", "http://site", "fs.s3a.endpoint.region", "of-the-site");
    write("hdfs-site.xml", "dfs.nameservices", "two", "scratch", "${hadoop.tmp.dir}/scratch");
    HadoopSettings run = new HadoopSettings(Map.of("fs.s3a.endpoint.region", "of-the-run"));

    byte[] travelling;
    try (URLClassLoader driver = new URLClassLoader(new URL[] {site.toUri().toURL()})) {
      travelling = bytesUnder(driver, run);
    }

    Configuration there = read(travelling).configuration();
    assertThat(there.get("fs.s3a.endpoint")).isEqualTo("http://site");
    assertThat(there.get("fs.s3a.endpoint.region")).isEqualTo("of-the-run");
    assertThat(there.get("dfs.nameservices")).isEqualTo("two");
    assertThat(there.getRaw("scratch")).as("its own folder").isEqualTo("${hadoop.tmp.dir}/scratch");
    assertThat(read(bytesUnder(getClass().getClassLoader(), run))).as("no sites").isEqualTo(run);
  }

  private void write(String file, String... pairs) throws IOException {
    StringBuilder xml = new StringBuilder("<configuration>");
    for (int i = 0; i < pairs.length; i += 2) {
      xml.append("<property><name>").append(pairs[i]).append("</name><value>");
      xml.append(pairs[i + 1]).append("</value></property>");
    }
    Files.writeString(site.resolve(file), xml.append("</configuration>"));
  }

  private static byte[] bytesUnder(ClassLoader loader, HadoopSettings settings) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    thread.setContextClassLoader(loader);
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    } finally {
      thread.setContextClassLoader(before);
    }
    return bytes.toByteArray();
  }

  private static HadoopSettings read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (HadoopSettings) in.readObject();
    }
  }
}
