package org.initlab.experiment.launch;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

  /** Exit codes above are signals. */
  private static final int SIGNALS = 128;

  /** The line of a crash report that names the signal or the error. */
  private static final Pattern CRASH =
      Pattern.compile("(?m)^# +((SIG[A-Z]+|EXCEPTION_|Internal Error|Native memory).*)$");

  /** Why a child stopped answering. */
  private record End(boolean late, int exit, String said) {}

  /**
   * Runs each trial; one that ends its process too often or takes too long is a failed one.
   *
   * @param together whether a process computes them side by side at first, as on a GPU; those that
   *     it leaves when it ends are run one after another
   */
  void run(List<Trial> trials, boolean together, Consumer<TrialResult> done) throws IOException {
    List<Trial> left = new ArrayList<>(trials);
    if (together && left.size() > 1) {
      child(
          left,
          true,
          result -> {
            left.removeIf(trial -> trial.id().equals(result.trial().id()));
            done.accept(result);
          });
    }
    int deaths = 0;
    while (!left.isEmpty()) {
      int before = left.size();
      long start = System.nanoTime();
      End end =
          child(
              left,
              false,
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
        + " times in a row: "
        + cause(end)
        + "\n"
        + end.said();
  }

  /** In a line, which is what tables show: the JVM's own word for its crash, or the exit code. */
  private static String cause(End end) {
    return CRASH
        .matcher(end.said())
        .results()
        .map(found -> found.group(1).strip())
        .findFirst()
        .orElse(
            "exit code "
                + end.exit()
                + (end.exit() > SIGNALS ? " (signal " + (end.exit() - SIGNALS) + ")" : ""));
  }

  /** Runs trials in one child until it is done or dead. */
  private End child(List<Trial> trials, boolean together, Consumer<TrialResult> done)
      throws IOException {
    Path folder = Files.createTempDirectory("initlab-trial");
    Process process = null;
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      door.setSoTimeout(START_MILLIS);
      process = ChildJvm.start(folder, door.getLocalPort());
      boolean late = false;
      try (Socket socket = accept(door, process, folder)) {
        late = talk(socket, List.copyOf(trials), together, done);
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
  private boolean talk(
      Socket socket, List<Trial> trials, boolean together, Consumer<TrialResult> done)
      throws IOException {
    try {
      ObjectOutputStream out = new ObjectOutputStream(socket.getOutputStream());
      out.writeObject(runner);
      out.writeBoolean(together);
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

  private static String said(Path folder) throws IOException {
    Path crash = folder.resolve(ChildJvm.CRASH);
    Path file = Files.exists(crash) ? crash : folder.resolve(ChildJvm.SAID);
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
