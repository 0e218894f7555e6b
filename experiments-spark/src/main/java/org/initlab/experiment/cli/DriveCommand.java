package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.initlab.device.GpuCode;
import org.initlab.device.ProcessBackend;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.launch.Answer;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.launch.ClusterException;
import org.initlab.experiment.launch.Limits;
import org.initlab.experiment.store.RunFolder;
import org.initlab.experiment.trial.TrainingRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab drive}: what spark-submit starts; the study is in the run folder. */
@Command(
    name = "drive",
    description = "Runs the study of a run folder on the cluster that spark-submit named.",
    mixinStandardHelpOptions = true,
    hidden = true)
final class DriveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RUN", description = "A run folder's URI.")
  private String run;

  @Option(names = "--data", paramLabel = "DIR", description = "As of submit.")
  private Path data;

  @Option(names = "--no-report", description = "As of submit.")
  private boolean bare;

  @Option(names = "--trial-timeout", paramLabel = "TIME", description = "As of submit.")
  private String timeout;

  @Override
  public Integer call() throws CommandException, IOException, StudyException, ClusterException {
    Instant start = Instant.now();
    ProcessBackend.expect(Cluster.asksForGpus() ? Set.of(GpuCode.PTX) : Set.of());
    RunFolder folder = new RunFolder(run);
    String text = folder.readStudy();
    Study study = StudyFile.parse(text, run, "", Vocabulary.known());
    TrainingRunner runner = StudyChoice.runnerFor(study, Optional.ofNullable(data));
    List<Trial> all = study.trials();
    List<Trial> todo = study.trialsWithout(folder.store().finished());
    Interruption.announce(""); // the submitting process tells how to go on
    Limits limits = timeout == null ? Limits.STANDARD : Limits.STANDARD.within(time(timeout));
    int failed;
    try (Cluster spark = Cluster.submitted()) {
      List<Answer> executors = answers(spark, folder, study, text);
      ProcessBackend.expect(ExecutorGpus.ofAll(executors));
      Map<String, String> facts = facts(study, spark);
      facts.putAll(facts(executors));
      if (timeout != null) {
        facts.put("time a trial may take", timeout);
      }
      int cores = executors.stream().mapToInt(Answer::cores).sum();
      System.out.printf(
          "%s: %,d trials, %,d done, %,d to run on %d executors with %d cores -> %s%n",
          study.name(),
          all.size(),
          all.size() - todo.size(),
          todo.size(),
          executors.size(),
          cores,
          run);
      folder.cleanLeftovers(start);
      if (!todo.isEmpty()) {
        Provenances.add(folder, facts);
      }
      failed = StudyRun.launch(spark, limits, todo, runner, folder.store());
      System.out.print(summary(spark, study, folder));
    } finally {
      Interruption.over();
    }
    return failed > 0 ? Exit.FAILED_TRIALS : Exit.DONE;
  }

  private List<Answer> answers(Cluster spark, RunFolder folder, Study study, String text)
      throws ClusterException, IOException {
    Map<String, String> fingerprints =
        new TreeMap<>(Provenances.fingerprints(study, Optional.ofNullable(data)));
    List<Answer> answers =
        spark.ask(
            new ExecutorCheck(
                Versions.own(), folder, text, data == null ? null : data.toString(), fingerprints));
    String wrong =
        answers.stream()
            .filter(a -> !a.wrong().isEmpty())
            .map(a -> "  " + a.name() + ": " + a.wrong())
            .collect(Collectors.joining("\n"));
    if (!wrong.isEmpty()) {
      throw new ClusterException("these executors cannot run trials:\n" + wrong);
    }
    return answers;
  }

  private Map<String, String> facts(Study study, Cluster spark)
      throws ClusterException, IOException {
    try {
      return Provenances.now(study, spark.title(), Optional.ofNullable(data));
    } catch (IllegalArgumentException e) { // no engine there for a trial that names one
      throw new ClusterException("these executors cannot run the study: " + e.getMessage());
    }
  }

  /** Executors of one kind are one entry. */
  private static Map<String, String> facts(List<Answer> executors) {
    Map<String, String> facts = new LinkedHashMap<>();
    Map<String, List<Answer>> kinds =
        executors.stream()
            .collect(
                Collectors.groupingBy(
                    a ->
                        a.facts().entrySet().stream()
                            .map(e -> e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining("; ")),
                    TreeMap::new,
                    Collectors.toList()));
    kinds.forEach(
        (kind, those) ->
            facts.put(
                those.stream().map(Answer::name).sorted().collect(Collectors.joining(", ")),
                those.stream().mapToInt(Answer::cores).sum() + " cores for trials; " + kind));
    return facts;
  }

  /** A time as users write it: 90s, 10m, 2h. */
  static Duration time(String text) throws CommandException {
    if (!text.matches("[1-9]\\d{0,5}[smh]")) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: --trial-timeout is '"
              + text
              + "'. Allowed: a whole number of seconds, minutes or hours, such as 90s, 10m, 2h."
              + (text.matches("[1-9]\\d{0,5}") ? " Maybe " + text + "s." : ""));
    }
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  private String summary(Cluster spark, Study study, RunFolder folder) throws IOException {
    if (bare) {
      return "report   ./initlab report " + folder.place() + " --to DIR\n";
    }
    folder.deleteSummary();
    String summary = ReportWriter.write(study, folder, Optional.empty(), spark, false);
    folder.writeSummary(summary);
    return summary;
  }
}
