package org.initlab.notebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.RapaioKernel;
import org.rapaio.jupyter.kernel.core.Transform;

/**
 * The process that Jupyter starts for a notebook: {@code ./initlab kernel CONNECTION_FILE}. It is
 * rapaio-jupyter-kernel with the platform on its class path, a log file in the place of output in
 * cells, and {@link Mending}.
 */
public final class Kernel {

  /** Set in a process that is a notebook's kernel. */
  static final String RUNS = "initlab.kernel";

  private static final Logger ROOT = Logger.getLogger("");

  private Kernel() {}

  /** Runs until Jupyter says that it shall end. */
  public static void main(String[] args) throws Exception {
    if (args.length != 1 || !Files.isRegularFile(Path.of(args[0]))) {
      System.err.println(
          "initlab: Jupyter starts this with its connection file. Type ./initlab notebook instead.");
      System.exit(1);
    }
    logToFile();
    ConnectionProperties connection =
        Transform.fromJson(Files.readString(Path.of(args[0])), ConnectionProperties.class);
    System.setProperty(RUNS, "true");
    RapaioKernel kernel = MainApp.kernel;
    Channels channels = new Channels(connection);
    Mending.open(kernel, channels, connection);
    channels.joinUntilClose();
    System.exit(0);
  }

  private static void logToFile() throws IOException {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$s %5$s %6$s%n");
    String user = System.getProperty("user.name").replace("%", "%%");
    FileHandler file = new FileHandler("%t/initlab-" + user + "-kernel.log", 1 << 20, 1, true);
    file.setFormatter(new SimpleFormatter());
    // What each message says is told at a level below: it holds the user's code.
    file.setLevel(Level.WARNING);
    ROOT.addHandler(file);
    ROOT.setLevel(Level.WARNING);
  }
}
