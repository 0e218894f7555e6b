package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.launch.Cluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab report}. */
@Command(
    name = "report",
    description = "Writes the report of a run again, from what is stored.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: initlab report runs/quickstart-1a2b3c4d"})
final class ReportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RUN", description = "A run folder.")
  private Path run;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Folder that gets the folder report/ (default: the run folder).")
  private Path to;

  @Option(
      names = "--svg",
      description = "Also writes each figure as figures/NAME.svg; some seconds a figure.")
  private boolean pictures;

  @Override
  public Integer call() throws CommandException, IOException, StudyException {
    Study study = Runs.open(run);
    Path target = to == null ? run : to;
    try (Cluster spark = Cluster.open("local[*]")) {
      String summary = ReportWriter.write(study, run, target, spark, pictures);
      if (to == null) {
        ReportWriter.keep(run, summary);
      }
      System.out.print(summary);
    }
    return Exit.DONE;
  }
}
