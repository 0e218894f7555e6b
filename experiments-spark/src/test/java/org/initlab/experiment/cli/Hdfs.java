package org.initlab.experiment.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.DatanodeReportType;

/** A real HDFS on loopback: a namenode and datanodes, each a process of its own. */
final class Hdfs implements AutoCloseable {

  private final Path folder;
  private final HadoopServers servers;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  private Hdfs(Path folder, int port) {
    this.folder = folder;
    this.servers = new HadoopServers(folder);
    this.port = port;
  }

  /** Starts them, and waits until the namenode knows each datanode; a file has two copies. */
  static Hdfs start(Path folder, int datanodes) throws IOException, InterruptedException {
    Hdfs hdfs = new Hdfs(Files.createDirectories(folder.resolve("hdfs")), HadoopServers.freePort());
    try {
      hdfs.writeSettings();
      Process format = hdfs.process("namenode.NameNode", "-format", "-nonInteractive");
      if (format.waitFor() != 0) {
        throw new IllegalStateException(hdfs.servers.said());
      }
      hdfs.processes.set(0, hdfs.start("namenode.NameNode", "namenode.txt"));
      for (int i = 0; i < datanodes; i++) {
        Path data = hdfs.folder.resolve("data-" + i);
        hdfs.process("datanode.DataNode", "-D", "dfs.datanode.data.dir=" + data.toUri());
      }
      hdfs.waitForDatanodes(datanodes);
      return hdfs;
    } catch (IOException | InterruptedException | RuntimeException e) {
      hdfs.close();
      throw e;
    }
  }

  String uri() {
    return "hdfs://127.0.0.1:" + port;
  }

  /** Kills one, at once and without a word to the namenode. */
  void killDatanode(int index) throws InterruptedException {
    processes.get(1 + index).destroyForcibly().waitFor();
  }

  /** The text of a file in it. */
  String text(String path) throws IOException {
    try (FileSystem files = FileSystem.newInstance(URI.create(uri()), new Configuration());
        InputStream in = files.open(new org.apache.hadoop.fs.Path(path))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Datanodes that the namenode believes alive. */
  int living() throws IOException {
    try (FileSystem files = FileSystem.newInstance(URI.create(uri()), new Configuration())) {
      return ((DistributedFileSystem) files).getDataNodeStats(DatanodeReportType.LIVE).length;
    }
  }

  void waitForDatanodes(int count) throws IOException, InterruptedException {
    for (int i = 0; i < 300 && processes.stream().anyMatch(Process::isAlive); i++) {
      try {
        if (living() == count) {
          return;
        }
      } catch (ConnectException notYet) {
        // The namenode still reads what it has.
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException("Not " + count + " datanodes:\n" + servers.said());
  }

  private void writeSettings() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    settings.put("fs.defaultFS", uri());
    settings.put("dfs.replication", "2");
    settings.put("dfs.namenode.name.dir", folder.resolve("names").toUri().toString());
    settings.put("dfs.namenode.http-address", "127.0.0.1:0");
    settings.put("dfs.datanode.address", "127.0.0.1:0");
    settings.put("dfs.datanode.http.address", "127.0.0.1:0");
    settings.put("dfs.datanode.ipc.address", "127.0.0.1:0");
    // A datanode that is silent is dead after some ten seconds, and not after ten minutes.
    settings.put("dfs.heartbeat.interval", "1s");
    settings.put("dfs.namenode.heartbeat.recheck-interval", "1000");
    settings.put("dfs.namenode.safemode.extension", "0");
    servers.write("hdfs-site.xml", settings);
  }

  private Process start(String server, String log, String... arguments) throws IOException {
    return servers.start("org.apache.hadoop.hdfs.server." + server, log, arguments);
  }

  private Process process(String server, String... arguments) throws IOException {
    Process process = start(server, "server-" + processes.size() + ".txt", arguments);
    processes.add(process);
    return process;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }
}
