package org.initlab.experiment.launch;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.TrialRunner;

/** The other side of {@link OwnProcess}: a JVM that is handed trials and hands back results. */
final class ProcessMain {

  private ProcessMain() {}

  /** Calls back at a port of this machine, and runs what it is told there. */
  public static void main(String[] args) throws IOException, ClassNotFoundException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))) {
      ObjectInputStream in = new ObjectInputStream(socket.getInputStream());
      TrialRunner runner = (TrialRunner) in.readObject();
      boolean together = in.readBoolean();
      List<?> trials = (List<?>) in.readObject();
      endWith(in);
      ObjectOutputStream out = new ObjectOutputStream(socket.getOutputStream());
      List<Trial> all = trials.stream().map(Trial.class::cast).toList();
      for (List<Trial> part : together ? List.of(all) : all.stream().map(List::of).toList()) {
        runner.runAll(part, result -> tell(out, result));
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private static void tell(ObjectOutputStream out, TrialResult result) {
    try {
      out.writeObject(result);
      out.reset(); // what was sent need not be kept
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process whose executor is gone must not train on. */
  private static void endWith(ObjectInputStream in) {
    Thread watch =
        new Thread(
            () -> {
              try {
                in.read();
              } catch (IOException e) {
                Runtime.getRuntime().halt(1);
              }
              Runtime.getRuntime().halt(1);
            },
            "watch");
    watch.setDaemon(true);
    watch.start();
  }
}
