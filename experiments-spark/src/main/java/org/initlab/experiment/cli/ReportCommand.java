package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab report}. */
@Command(
    name = "report",
    description = "Writes the report of a run again, from what is stored.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: initlab report runs/quickstart-1a2b3c4d",
      "         initlab report hdfs://namenode/runs/quickstart-1a2b3c4d --to ./report"
    })
final class ReportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RUN", description = "A run folder, a path or a URI.")
  private Place run;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "Folder of this machine that gets the folder report/, or is itself called report (default:"
              + " the run folder).")
  private Path to;

  @Option(
      names = "--svg",
      description = "Also writes each figure as figures/NAME.svg; some seconds a figure.")
  private boolean pictures;

  @Override
  public Integer call() throws CommandException, IOException, StudyException {
    RunFolder folder = Runs.open(run);
    Study study = Runs.study(folder);
    try (Cluster spark = Cluster.open("local[*]")) {
      String summary = ReportWriter.write(study, folder, Optional.ofNullable(to), spark, pictures);
      if (to == null) {
        folder.writeSummary(summary);
      }
      System.out.print(summary);
    }
    return Exit.DONE;
  }
}
