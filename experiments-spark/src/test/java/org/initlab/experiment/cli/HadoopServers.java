package org.initlab.experiment.cli;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Servers of Hadoop, each a process of its own.
 *
 * @param folder of their settings and logs
 */
record HadoopServers(Path folder) {

  /** Where the build lays the jars with the servers. */
  private static final Path JARS = Path.of("target/hadoop-servers");

  /** Below the ports that systems hand out by themselves, or another server may be given it. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger((int) (12_000 + ProcessHandle.current().pid() * 61 % 18_000));

  static int freePort() {
    while (true) {
      int port = NEXT_PORT.getAndIncrement();
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // The next one.
      }
    }
  }

  /** Writes one of Hadoop's site files. */
  void write(String file, Map<String, String> settings) throws IOException {
    String text =
        settings.entrySet().stream()
            .map(
                e ->
                    "<property><name>%s</name><value>%s</value></property>"
                        .formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining("\n", "<configuration>\n", "\n</configuration>\n"));
    Files.writeString(folder.resolve(file), text);
  }

  /** Starts one; what it says goes into a file of that name in the folder. */
  Process start(String main, String log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-Dlog4j2.configurationFile=classpath:org/apache/spark/log4j2-defaults.properties");
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            folder.toString(),
            JARS.toAbsolutePath() + "/*",
            System.getProperty("java.class.path")));
    command.add(main);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(log).toFile())
        .start();
  }

  /** All that they said. */
  String said() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> logs = Files.list(folder)) {
      for (Path log : logs.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        all.append(log).append('\n').append(Files.readString(log)).append('\n');
      }
    }
    return all.toString();
  }
}
