package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Measure;
import org.initlab.experiment.metric.Metrics;
import org.initlab.experiment.trial.Architectures;
import org.initlab.experiment.trial.Datasets;
import org.initlab.experiment.trial.Engines;
import org.initlab.init.named.Named;
import org.initlab.init.named.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code initlab list}. */
@Command(
    name = "list",
    description = "Lists what a study may name.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: initlab list initializers"})
final class ListCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description =
          "initializers, schemes, calibrators, activations, datasets, metrics, architectures, engines, arguments or"
              + " studies; all of them if left out.")
  private String kind;

  @Override
  public Integer call() throws CommandException, IOException {
    Map<String, List<String>> kinds = kinds();
    if (kind != null && !kinds.containsKey(kind)) {
      throw new CommandException(
          Exit.USAGE, "initlab: " + Nearest.unknown("list", kind, kinds.keySet()));
    }
    kinds.forEach(
        (name, rows) -> {
          if (kind == null || kind.equals(name)) {
            System.out.println(name);
            rows.forEach(row -> System.out.println("  " + row));
          }
        });
    return Exit.DONE;
  }

  private static Map<String, List<String>> kinds() throws IOException {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put(
        "initializers",
        Named.rows().stream()
            .map(r -> row(r.name(), said(r.formula(), r.paper(), r.aliases())))
            .toList());
    kinds.put(
        "schemes",
        Named.schemeRows().stream()
            .map(r -> row(r.name(), said(r.formula(), r.paper(), r.aliases())))
            .toList());
    kinds.put(
        "calibrators",
        Named.calibratorRows().stream()
            .map(r -> row(r.name(), said(r.formula(), r.paper(), r.aliases())))
            .toList());
    kinds.put("activations", Vocabulary.activations());
    kinds.put(
        "datasets",
        Arrays.stream(Datasets.values())
            .map(d -> row(d.title(), d.inputs() + " inputs, " + answers(d) + "; " + d.licence()))
            .toList());
    kinds.put(
        "metrics",
        Metrics.of(new Measure(Metrics.names(), List.of(), Map.of())).stream()
            .map(m -> row(m.name(), m.says()))
            .toList());
    kinds.put("architectures", Architectures.names());
    kinds.put("engines", Engines.names());
    kinds.put(
        "arguments",
        Arrays.stream(Argument.values())
            .map(
                a ->
                    row(
                        a.key(),
                        a.says() + a.standard().map(s -> " (default " + s + ")").orElse("")))
            .toList());
    kinds.put("studies", studies());
    return kinds;
  }

  private static String answers(Datasets d) {
    return d.outputs() == d.classes()
        ? d.classes() + " classes"
        : d.classes() + " items with " + d.outputs() + " features to tell of each";
  }

  private static List<String> studies() throws IOException {
    Path studies = Path.of(System.getProperty("initlab.home", "."), "studies");
    if (!Files.isDirectory(studies)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(studies)) {
      return folders
          .filter(f -> Files.exists(f.resolve("study.yaml")))
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static String said(String formula, String paper, List<String> aliases) {
    String source = paper.isEmpty() ? "" : "  [" + paper + "]";
    return formula + source + (aliases.isEmpty() ? "" : "  = " + String.join(", ", aliases));
  }

  private static String row(String name, String says) {
    return String.format("%-26s %s", name, says);
  }
}
