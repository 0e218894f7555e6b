package org.initlab.experiment.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Select;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.launch.Batches;
import org.initlab.experiment.launch.Effort;
import org.initlab.experiment.trial.Cost;
import org.initlab.experiment.trial.Costs;
import org.initlab.experiment.trial.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code initlab plan}. */
@Command(
    name = "plan",
    description =
        "Prints what a study would run: cells, trials, batches, FLOPs, time on this machine and what of it metrics take, and a bound for GPUs. Writes"
            + " nothing.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: initlab plan studies/glorot-2010"})
final class PlanCommand implements Callable<Integer> {

  /** A part of the time that metrics may take without a word. */
  private static final double LARGE_SHARE = 0.05;

  @Mixin private StudyChoice choice;

  @Override
  public Integer call() throws CommandException, StudyException {
    Study study = choice.read();
    List<Trial> trials = study.trials();
    int cores = Runtime.getRuntime().availableProcessors();
    Costs costs = new Costs();
    GpuBound gpu = new GpuBound();
    double flops = 0;
    double seconds = 0;
    double looking = 0;
    for (Trial trial : trials) { // each is made when it is asked for
      Cost cost = costs.of(trial);
      flops += cost.flops();
      seconds += cost.seconds();
      looking += cost.looking();
      gpu.add(trial, cost.flops());
    }
    System.out.println(study.question());
    System.out.println();
    choice.note().ifPresent(note -> System.out.printf("scale     %s%n", note));
    System.out.printf("study     %s (run folder %s)%n", study.name(), study.runName());
    study.grid().fixed().forEach((k, v) -> System.out.printf("fixed     %s: %s%n", k, v));
    for (Axis axis : study.grid().axes()) {
      System.out.printf("axis      %s: %s%n", axis.name(), String.join(", ", axis.values()));
    }
    study.select().ifPresent(select -> System.out.printf("select    %s%n", says(study, select)));
    System.out.printf("cells     %,d%n", study.grid().cells().size());
    System.out.printf("trials    %,d (%d repeats a cell)%n", trials.size(), study.repeats());
    System.out.printf("batches   %,d%n", Batches.of(trials, effort(costs), cores).size());
    Map<List<String>, String> engines = new HashMap<>();
    trials.stream()
        .collect(
            Collectors.groupingBy(
                t ->
                    engines.computeIfAbsent(
                        Costs.kind(t), k -> Engines.of(t).name() + ", " + Engines.reason(t)),
                TreeMap::new,
                Collectors.counting()))
        .forEach((how, n) -> System.out.printf("engine    %s: %,d trials%n", how, n));
    System.out.printf("FLOPs     %s%n", scientific(flops));
    System.out.printf(
        "time      about %s on the %d cores of this machine%n",
        Progress.clock(seconds / cores), cores);
    System.out.printf("metrics   %s%n", metrics(looking / seconds));
    System.out.printf("GPU       %s%n", gpu.text());
    return Exit.DONE;
  }

  /** What part of the time metrics take, and by what it is lowered where it is not small. */
  private static String metrics(double share) {
    return String.format(
        Locale.ROOT,
        "about %.0f %% of that time%s",
        100 * share,
        share > LARGE_SHARE ? "; fewer test_examples, probe_examples or snapshots cost less" : "");
  }

  private static Effort effort(Costs costs) {
    return new Effort(t -> costs.of(t).seconds(), t -> costs.of(t).together());
  }

  private static String says(Study study, Select select) {
    List<String> rest = select.rest(study.grid());
    return String.format(
        "%s, by the mean %s of %d repeats after update %,d: %,d choices%s",
        String.join(" and ", select.axes()),
        select.by(),
        study.repeats(),
        select.step(study.measure()),
        select.places(study.grid()).size(),
        rest.isEmpty() ? "" : ", one for each " + String.join(", ", rest));
  }

  private static String scientific(double value) {
    return String.format(Locale.ROOT, "%.2e", value);
  }
}
