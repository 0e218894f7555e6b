package org.initlab.experiment.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.initlab.experiment.store.ParquetStore.Compacted;
import org.initlab.experiment.store.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code initlab compact}. */
@Command(
    name = "compact",
    description = {
      "Merges the many small files of a run into few large ones, and describes them in a manifest.",
      "It may be killed at any moment and typed again, and the run may go on meanwhile."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: initlab compact runs/quickstart-1a2b3c4d"})
final class CompactCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RUN", description = "A run folder, a path or a URI.")
  private Place run;

  @Override
  public Integer call() throws CommandException, IOException {
    Compacted done = Runs.open(run).store().compact();
    System.out.printf(
        "%,d shards merged into %,d; there are %,d now.%n",
        done.merged(), done.into(), done.shards());
    return Exit.DONE;
  }
}
