package org.initlab.experiment.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab runs}. */
@Command(
    name = "runs",
    description = {
      "Lists the runs in a folder: trials planned, completed, diverged, failed, the time of one core"
          + " that they took, when the last session began, and the size of the run's files."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: initlab runs",
      "         initlab runs hdfs://namenode/runs --json",
    })
final class RunsCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "The folder that run folders lie in (default: ${DEFAULT-VALUE}).")
  private Place folder;

  @Option(names = "--json", description = "Tell it to machines.")
  private boolean json;

  /** A run in brief; {@code trouble} is why it cannot be read, or empty. */
  private record Line(
      String run,
      long planned,
      Map<String, Long> outcomes,
      double seconds,
      String started,
      long bytes,
      String trouble) {

    long count(String outcome) {
      return outcomes.getOrDefault(outcome, 0L);
    }
  }

  @Override
  public Integer call() throws CommandException, IOException {
    folder.reached();
    if (!folder.exists()) {
      throw new CommandException(Exit.USAGE, "initlab: there is no folder " + folder + ".");
    }
    List<Line> lines = new ArrayList<>();
    for (RunFolder run : Runs.in(folder)) {
      lines.add(line(run));
    }
    if (json) {
      System.out.println(
          new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(lines.stream().map(RunsCommand::facts).toList()));
    } else if (lines.isEmpty()) {
      System.out.printf("No run lies in %s.%n", folder);
    } else {
      System.out.print(text(lines));
    }
    return Exit.DONE;
  }

  private static Line line(RunFolder run) throws IOException {
    String name = run.place().name();
    try {
      Study study = Runs.study(run);
      Set<TrialId> planned =
          study.trials().stream().map(Trial::id).collect(Collectors.toUnmodifiableSet());
      List<Row> rows = run.store().rows().stream().filter(r -> planned.contains(r.id())).toList();
      return new Line(
          name,
          planned.size(),
          rows.stream().collect(Collectors.groupingBy(Row::outcome, Collectors.counting())),
          rows.stream().mapToDouble(Row::seconds).sum(),
          Provenances.latest(run).getOrDefault("started", ""),
          run.size(),
          "");
    } catch (IOException | StudyException e) {
      return new Line(
          name,
          0,
          Map.of(),
          0,
          "",
          run.size(),
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static Map<String, Object> facts(Line line) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("run", line.run());
    facts.put("planned", line.planned());
    facts.put("completed", line.count("completed"));
    facts.put("diverged", line.count("diverged"));
    facts.put("failed", line.count("failed"));
    facts.put("core_seconds", line.seconds());
    facts.put("started", line.started());
    facts.put("bytes", line.bytes());
    if (!line.trouble().isEmpty()) {
      facts.put("trouble", line.trouble());
    }
    return facts;
  }

  private static String text(List<Line> lines) {
    TextTable table =
        new TextTable(
            Set.of(0, 6),
            "Run",
            "Planned",
            "Completed",
            "Diverged",
            "Failed",
            "Core time",
            "Started",
            "Size");
    StringBuilder troubles = new StringBuilder();
    for (Line line : lines) {
      if (!line.trouble().isEmpty()) {
        troubles.append(line.run()).append(": ").append(line.trouble()).append('\n');
        continue;
      }
      table.row(
          line.run(),
          whole(line.planned()),
          whole(line.count("completed")),
          whole(line.count("diverged")),
          whole(line.count("failed")),
          Progress.clock(line.seconds()),
          line.started().replaceFirst("\\.\\d+Z$", "Z"),
          size(line.bytes()));
    }
    return table.text() + troubles;
  }

  private static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String size(long bytes) {
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.0f KiB", Math.ceil(bytes / 1024.0))
        : String.format(Locale.ROOT, "%,.1f MiB", bytes / 1048576.0);
  }
}
