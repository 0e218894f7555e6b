package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab rerun}. */
@Command(
    name = "rerun",
    description = "Computes one trial again and compares every number with the stored one.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 0 if all numbers are equal to the bit, 2 if not or if the trial failed.",
      "",
      "Example: initlab rerun runs/quickstart-1a2b3c4d 5e6f7a8b"
    })
final class RerunCommand implements Callable<Integer> {

  private static final int SHOWN = 5;

  @Parameters(index = "0", paramLabel = "RUN", description = "A run folder, a path or a URI.")
  private Place run;

  @Parameters(index = "1", paramLabel = "TRIAL", description = "The first digits of a trial's id.")
  private String id;

  @Option(names = "--data", paramLabel = "DIR", description = "Folder with the data set's files.")
  private Path data;

  @Override
  public Integer call() throws CommandException, IOException, StudyException {
    RunFolder folder = Runs.open(run);
    Study study = Runs.study(folder);
    Trial trial = find(study.trials());
    ParquetStore store = folder.store();
    List<Measurement> stored = store.measurements(trial.id());
    TrialResult again =
        StudyChoice.runner(Set.of(trial.text(Argument.DATASET.key())), data).run(trial);
    System.out.printf("trial  %s%n", trial.id().hex());
    trial.cell().forEach((k, v) -> System.out.printf("       %s: %s%n", k, v));
    System.out.printf("       repeat: %d%n", trial.repeat());
    System.out.printf(
        "now    %s after %.2f s, %,d numbers%n",
        again.outcome().word(), again.seconds(), again.measurements().size());
    if (again.outcome() instanceof Outcome.Failed failed) {
      System.out.println(failed.error());
      return Exit.FAILED_TRIALS;
    }
    return compare(trial, store, stored, again);
  }

  private static int compare(
      Trial trial, ParquetStore store, List<Measurement> stored, TrialResult again)
      throws IOException {
    Optional<String> outcome =
        store.rows().stream()
            .filter(r -> r.id().equals(trial.id()))
            .map(r -> r.outcome())
            .findFirst();
    if (outcome.isEmpty()) {
      System.out.println("The trial has no stored result to compare with.");
      return Exit.DONE;
    }
    List<String> differences = new ArrayList<>();
    if (!outcome.get().equals(again.outcome().word())) {
      differences.add("outcome: " + outcome.get() + " stored");
    }
    if (stored.size() != again.measurements().size()) {
      differences.add("numbers: " + stored.size() + " stored");
    }
    for (int i = 0; i < Math.min(stored.size(), again.measurements().size()); i++) {
      if (!stored.get(i).equals(again.measurements().get(i))) {
        differences.add(stored.get(i) + " stored, " + again.measurements().get(i).value() + " now");
      }
    }
    if (differences.isEmpty()) {
      System.out.printf("Every one of %,d numbers equals the stored one.%n", stored.size());
      return Exit.DONE;
    }
    System.out.printf("%,d differences:%n", differences.size());
    differences.stream().limit(SHOWN).forEach(d -> System.out.println("  " + d));
    return Exit.FAILED_TRIALS;
  }

  private Trial find(List<Trial> trials) throws CommandException {
    List<Trial> matches = trials.stream().filter(t -> t.id().hex().startsWith(id)).toList();
    if (matches.size() == 1) {
      return matches.get(0);
    }
    throw new CommandException(
        Exit.USAGE,
        matches.isEmpty()
            ? "initlab: no trial of this run has an id that starts with '"
                + id
                + "'. The report and the table of trials show ids; the first is "
                + trials.get(0).id().brief()
                + "."
            : "initlab: " + matches.size() + " trials start with '" + id + "'; give more digits.");
  }
}
