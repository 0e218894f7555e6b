package org.initlab.experiment.launch;

import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.initlab.device.NativeEnvironment;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.TrialRunner;

/**
 * Runs trials one after another in a JVM of their own, so that a trial that ends its process, or
 * does not end, costs that process and nothing else, and is known for sure.
 *
 * @param runner of the trials
 * @param limits how often and how long it is borne
 */
record OwnProcess(TrialRunner runner, Limits limits) {

  /** A JVM that has not called back by then is not there. */
  private static final int START_MILLIS = 120_000;

  /** Lines of a crash report that say where it was. */
  private static final int LINES = 12;

  /** Why a child stopped answering. */
  private record End(boolean late, int exit, String said) {}

  /** Runs each trial; one that ends its process too often or takes too long is a failed one. */
  void run(List<Trial> trials, Consumer<TrialResult> done) throws IOException {
    List<Trial> left = new ArrayList<>(trials);
    int deaths = 0;
    while (!left.isEmpty()) {
      int before = left.size();
      long start = System.nanoTime();
      End end =
          child(
              left,
              result -> {
                left.remove(0);
                done.accept(result);
              });
      if (left.isEmpty()) {
        return;
      }
      deaths = left.size() < before ? 1 : deaths + 1;
      if (end.late() || deaths >= limits.deaths()) {
        Trial guilty = left.remove(0);
        double seconds = (System.nanoTime() - start) / 1e9;
        done.accept(
            new TrialResult(guilty, new Outcome.Failed(error(end, deaths)), seconds, List.of()));
        deaths = 0;
      }
    }
  }

  private String error(End end, int deaths) {
    if (end.late()) {
      return "The trial took longer than the "
          + limits.time().toSeconds()
          + " s that it may take, and was stopped.";
    }
    return "The trial ended the process that ran it, "
        + deaths
        + " times in a row, the last time with exit code "
        + end.exit()
        + (end.exit() > 128 ? " (signal " + (end.exit() - 128) + ")" : "")
        + ".\n"
        + end.said();
  }

  /** Runs trials in one child until it is done or dead. */
  private End child(List<Trial> trials, Consumer<TrialResult> done) throws IOException {
    Path folder = Files.createTempDirectory("initlab-trial");
    Process process = null;
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      door.setSoTimeout(START_MILLIS);
      process = start(folder, door.getLocalPort());
      boolean late = false;
      try (Socket socket = accept(door, process, folder)) {
        late = talk(socket, List.copyOf(trials), done);
      }
      if (late || !process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return new End(late, process.waitFor(), said(folder));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
      delete(folder);
    }
  }

  /** Sends the trials and takes results; whether one did not come in time. */
  private boolean talk(Socket socket, List<Trial> trials, Consumer<TrialResult> done)
      throws IOException {
    try {
      ObjectOutputStream out = new ObjectOutputStream(socket.getOutputStream());
      out.writeObject(runner);
      out.writeObject(new ArrayList<>(trials));
      out.flush();
      ObjectInputStream in = new Answers(socket);
      socket.setSoTimeout(Math.toIntExact(limits.time().toMillis()));
      for (int i = 0; i < trials.size(); i++) {
        TrialResult result;
        try {
          result = (TrialResult) in.readObject();
        } catch (SocketTimeoutException e) {
          return true;
        } catch (IOException e) {
          return false; // it is dead
        }
        done.accept(result);
      }
      return false;
    } catch (ClassNotFoundException e) {
      throw new IOException("A result of a trial is of a class that is not here.", e);
    } catch (IOException e) {
      return false; // it died before it had its trials
    }
  }

  /** Results are of classes that Spark's own loader may have brought. */
  private static final class Answers extends ObjectInputStream {
    Answers(Socket socket) throws IOException {
      super(socket.getInputStream());
    }

    @Override
    protected Class<?> resolveClass(java.io.ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(type.getName(), false, TrialResult.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        return super.resolveClass(type);
      }
    }
  }

  private static Socket accept(ServerSocket door, Process process, Path folder) throws IOException {
    process.onExit().thenRun(() -> close(door));
    try {
      return door.accept();
    } catch (IOException e) {
      throw new IOException(
          "no process could be started for a trial: " + said(folder).lines().findFirst().orElse(""),
          e);
    }
  }

  private static void close(ServerSocket door) {
    try {
      door.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Process start(Path folder, int port) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.matches("(--add-|-XX:\\+Use|-Dorg\\.bytedeco|-Dlog4j2|-Djava\\.awt).*")) {
        command.add(option);
      }
    }
    command.add("-Xmx" + Math.max(256L << 20, Runtime.getRuntime().maxMemory() / 2));
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    command.addAll(
        List.of("-cp", classPath(), ProcessMain.class.getName(), Integer.toString(port)));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.log").toFile());
    builder.environment().putAll(NativeEnvironment.ofTrials());
    return builder.start();
  }

  /** This JVM's class path, with the jars that Spark brought to it later. */
  private static String classPath() {
    Set<String> entries = new LinkedHashSet<>();
    entries.add(System.getProperty("java.class.path"));
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (; loader != null; loader = loader.getParent()) {
      if (loader instanceof URLClassLoader brought) {
        for (URL url : brought.getURLs()) {
          try {
            entries.add(Path.of(url.toURI()).toString());
          } catch (URISyntaxException | IllegalArgumentException e) {
            continue; // not a file: Spark's own loader of a shell's classes
          }
        }
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static String said(Path folder) throws IOException {
    Path crash = folder.resolve("crash.log");
    Path file = Files.exists(crash) ? crash : folder.resolve("said.log");
    if (!Files.exists(file)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(file)) {
      return String.join("\n", lines.filter(line -> line.length() > 1).limit(LINES).toList());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
