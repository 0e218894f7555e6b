package org.initlab.experiment.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab notebook}. */
@Command(
    name = "notebook",
    description = {
      "Starts Jupyter in the folder of the lessons, with the kernel 'InitLab (Java)'.",
      "The kernel is known to this Jupyter alone; --install-kernel makes it known to every Jupyter"
          + " of yours, and to VS Code."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 4 if there is no Jupyter. What the kernel's libraries log goes to a file in the"
          + " folder for temporary files, initlab-USER-kernel.log.",
      "",
      "Example: initlab notebook",
      "Example: initlab notebook -- --no-browser --port 8889"
    })
final class NotebookCommand implements Callable<Integer> {

  private static final List<String> PROGRAMS = List.of("jupyter-lab", "jupyter-notebook");
  private static final String KERNELS = "jupyter/kernels/initlab/kernel.json";

  @Option(
      names = "--install-kernel",
      description = "Writes the kernel's file into your Jupyter's folder, and starts nothing.")
  private boolean install;

  @Option(
      names = "--uninstall-kernel",
      description = "Removes that file again, and starts nothing.")
  private boolean uninstall;

  @Parameters(paramLabel = "ARGUMENT", description = "What Jupyter is given, behind --.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws CommandException, IOException {
    if (install && uninstall) {
      throw new CommandException(
          Exit.USAGE, "initlab: take one of --install-kernel and --uninstall-kernel.");
    }
    Path home = home();
    Path kernel = userFolder().resolve("kernels/initlab/kernel.json");
    if (install) {
      Files.createDirectories(kernel.getParent());
      Files.writeString(kernel, installed(home));
      System.out.println("The kernel InitLab (Java) is installed: " + kernel);
      return Exit.DONE;
    }
    if (uninstall) {
      boolean was = Files.deleteIfExists(kernel);
      if (was) {
        Files.delete(kernel.getParent());
      }
      System.out.println((was ? "Removed " : "It is not installed: there is no ") + kernel);
      return Exit.DONE;
    }
    return start(home.resolve("notebooks"));
  }

  private static Path home() throws CommandException {
    String home = System.getProperty("initlab.home");
    if (home == null || !Files.isRegularFile(Path.of(home, "notebooks", KERNELS))) {
      throw new CommandException(
          Exit.ENVIRONMENT,
          "initlab: the lessons and their kernel lie in InitLab's own folder. Start this as ./initlab notebook.");
    }
    return Path.of(home);
  }

  /** The repository's own file, with a path that holds wherever the file lies. */
  private static String installed(Path home) throws IOException {
    String self = home.resolve("initlab").toString().replace("\\", "\\\\").replace("\"", "\\\"");
    return Files.readString(home.resolve("notebooks").resolve(KERNELS))
        .replace("{resource_dir}/../../../../initlab", self);
  }

  /** Jupyter's folder of this user, as Jupyter finds it. */
  private static Path userFolder() {
    Map<String, String> environment = System.getenv();
    String user = environment.getOrDefault("HOME", System.getProperty("user.home"));
    boolean mac = System.getProperty("os.name").startsWith("Mac");
    if (environment.containsKey("JUPYTER_DATA_DIR")) {
      return Path.of(environment.get("JUPYTER_DATA_DIR"));
    }
    if (mac) {
      return Path.of(user, "Library", "Jupyter");
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    return data.isEmpty() ? Path.of(user, ".local", "share", "jupyter") : Path.of(data, "jupyter");
  }

  private int start(Path lessons) throws CommandException, IOException {
    List<String> command = new ArrayList<>();
    command.add(program().toString());
    command.addAll(arguments);
    command.add(lessons.toString());
    ProcessBuilder jupyter = new ProcessBuilder(command).directory(lessons.toFile()).inheritIO();
    jupyter
        .environment()
        .merge(
            "JUPYTER_PATH",
            lessons.resolve("jupyter").toString(),
            (theirs, ours) -> ours + File.pathSeparator + theirs);
    Process process = jupyter.start();
    // Ctrl-C on a terminal is Jupyter's: it asks whether to stop, and this process waits for it.
    boolean asks = Boolean.getBoolean("initlab.terminal");
    Thread patience =
        new Thread(
            () -> {
              if (!asks) {
                process.destroy();
              }
              await(process);
            },
            "patience");
    Runtime.getRuntime().addShutdownHook(patience);
    return await(process) == 0 ? Exit.DONE : Exit.ENVIRONMENT;
  }

  private static int await(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.INTERRUPTED;
    }
  }

  private static Path program() throws CommandException {
    String path = System.getenv().getOrDefault("PATH", "");
    Optional<Path> found =
        PROGRAMS.stream()
            .flatMap(name -> onPath(path, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      throw new CommandException(
          Exit.ENVIRONMENT,
          """
          initlab: there is no Jupyter: neither jupyter-lab nor jupyter-notebook is on the PATH.
          Install it in one of these ways, then type ./initlab notebook again:
            apt    sudo apt install jupyter-notebook
            pip    pip install jupyterlab
            conda  conda install -c conda-forge jupyterlab""");
    }
    return found.get();
  }

  private static Stream<Path> onPath(String path, String name) {
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name));
  }
}
