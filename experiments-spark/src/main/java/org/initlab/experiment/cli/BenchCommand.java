package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.initlab.device.BlasCore;
import org.initlab.device.Machine;
import org.initlab.experiment.bench.Floors;
import org.initlab.experiment.bench.Race;
import org.initlab.experiment.bench.Usual;
import org.initlab.experiment.bench.Workload;
import org.initlab.experiment.trial.Datasets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code initlab bench}. */
@Command(
    name = "bench",
    description =
        "Times an update of every engine on this machine, one thread, beside the least that its"
            + " arithmetic and memory allow.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The engine double trains in double precision; the floors are single precision's.",
      "Times are processor time of this process, so other programs disturb them little;",
      "for figures to be quoted, let nothing else run, and bind it to one core: taskset -c 1.",
      "",
      "Example: initlab bench --widths 32,100 --seconds 2",
      "         initlab bench --architecture cnn"
    })
final class BenchCommand implements Callable<Integer> {

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      defaultValue = "mlp",
      description =
          "The network, as studies name it; what a study may say of it besides is as usual (default"
              + " ${DEFAULT-VALUE}).")
  private String architecture;

  @Option(
      names = "--widths",
      split = ",",
      paramLabel = "W",
      description =
          "Units of a hidden layer, or channels of the first convolutions, with commas between"
              + " (default 32,100,300,1000; with convolutions 8,16,32,64).")
  private List<Integer> widths;

  @Option(
      names = "--depth",
      paramLabel = "D",
      description = "Hidden layers, convolutions or blocks (default 5; with convolutions 4).")
  private Integer depth;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Examples an update (default 10; with convolutions 32).")
  private Integer batch;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "Of the hidden layers (default tanh; with convolutions relu).")
  private String activation;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "sgd",
      description = "How weights are updated (default ${DEFAULT-VALUE}).")
  private String optimizer;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "Measured for each engine and width, with data and again without; a warm-up comes first,"
              + " as long, and at least a second (default ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Turns that the engines take, of which the median counts (default 5).")
  private int rounds;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes all numbers here, too.")
  private Path json;

  @Override
  public Integer call() throws CommandException, IOException {
    List<Workload> workloads = new ArrayList<>();
    Race race;
    try {
      Usual usual = Usual.of(architecture);
      for (int width : orUsual(widths, usual.widths())) {
        workloads.add(
            new Workload(
                architecture,
                width,
                orUsual(depth, usual.depth()),
                orUsual(batch, usual.batch()),
                orUsual(activation, usual.activation()),
                optimizer));
      }
      race = new Race(Datasets.MNIST_6K.load(Optional.empty()), seconds, rounds);
    } catch (IllegalArgumentException e) {
      throw new CommandException(Exit.USAGE, "initlab: " + e.getMessage());
    }
    checkFile();
    BlasCore core = BlasCore.inUse();
    if (core.threads() != 1) {
      throw new CommandException(
          Exit.ENVIRONMENT,
          "initlab: BLAS uses "
              + core.threads()
              + " threads; the times are of one. Start through ./initlab, with OMP_NUM_THREADS=1"
              + " and OPENBLAS_NUM_THREADS=1.");
    }
    BenchReport report =
        new BenchReport(Machine.here(), core, Floors.measure(4 * seconds), race.run(workloads));
    System.out.print(report.table());
    if (json != null) {
      Files.writeString(json, report.json());
    }
    return Exit.DONE;
  }

  private static <T> T orUsual(T given, T usual) {
    return given == null ? usual : given;
  }

  /** What cannot be written is said before minutes have gone by. */
  private void checkFile() throws CommandException {
    if (json == null) {
      return;
    }
    Path folder = json.toAbsolutePath().getParent();
    boolean good =
        Files.exists(json)
            ? Files.isRegularFile(json) && Files.isWritable(json)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!good) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: cannot write to " + json + ". Name a file in a folder that exists.");
    }
  }
}
