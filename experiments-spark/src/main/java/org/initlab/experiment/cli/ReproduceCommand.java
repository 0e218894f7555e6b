package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.report.Digest;
import org.initlab.experiment.report.Reproduction;
import org.initlab.experiment.store.Place;
import org.initlab.init.named.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code initlab reproduce}. */
@Command(
    name = "reproduce",
    description = {
      "Runs the studies of papers and writes one report of all their claims.",
      "The same command resumes after an interruption."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 0 when all is done, whatever the verdicts; 2 when trials failed.",
      "",
      "Example: initlab reproduce he-2015 glorot-2010 --scale paper"
    })
final class ReproduceCommand implements Callable<Integer> {

  private static final Pattern YEAR = Pattern.compile("-(\\d{4})$");

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "STUDY",
      description = "Names of studies that have a paper (default: all of them).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--scale",
      paramLabel = "NAME",
      defaultValue = "small",
      description =
          "small, paper, or another scale of the studies (default: ${DEFAULT-VALUE}). A study that"
              + " lacks it runs as it is written.")
  private String scale;

  @Option(
      names = "--studies",
      paramLabel = "DIR",
      description = "Folder of the studies (default: studies/ beside initlab).")
  private Path studies;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs",
      description =
          "Folder for run folders and the report, a path or a URI (default: ${DEFAULT-VALUE}); with"
              + " a URI, the report is written to the current folder.")
  private Place out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with the files of data sets that do not come with InitLab.")
  private Path data;

  @Option(
      names = "--master",
      defaultValue = "local[*]",
      description = "Spark master (default: ${DEFAULT-VALUE}, all cores of this machine).")
  private String master;

  @Option(
      names = "--no-data",
      description = "Leave the tables behind the figures out of the page, which then is small.")
  private boolean noData;

  @Option(names = "--fork", description = "Start new run folders where studies have changed.")
  private boolean fork;

  @Override
  public Integer call() throws CommandException, IOException, StudyException {
    Instant start = Instant.now();
    Masters.requireLocal(master);
    List<Path> chosen = chosen();
    requireScale(chosen);
    List<StudyRun> runs = new ArrayList<>();
    for (Path folder : chosen) {
      runs.add(
          StudyRun.of(
              StudyFile.read(folder, at(folder), Vocabulary.known()),
              out,
              fork,
              Optional.ofNullable(data)));
    }
    int failed = complete(runs, start);
    Reproduction reproduction = Reproduction.of(runs.stream().map(StudyRun::folder).toList());
    Path report =
        out.local().orElseGet(() -> Path.of("")).resolve("reproduction-" + scale).normalize();
    reproduction.write(report, !noData);
    System.out.print(text(reproduction.digests()));
    System.out.printf("report   %s%n", report.resolve("index.html"));
    return failed > 0 ? Exit.FAILED_TRIALS : Exit.DONE;
  }

  private int complete(List<StudyRun> runs, Instant start) throws IOException {
    List<StudyRun> open = new ArrayList<>();
    for (StudyRun run : runs) {
      if (run.isCurrent() && Reproduction.canTake(run.folder())) {
        System.out.printf("%s: all %,d trials are done.%n", run.study().name(), run.trials());
      } else {
        open.add(run);
      }
    }
    if (open.isEmpty()) {
      return 0;
    }
    Interruption.announce(
        "./initlab " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()));
    int failed = 0;
    try (Cluster spark = Cluster.open(master)) {
      for (StudyRun run : open) {
        failed += run.complete(spark, start);
      }
    } finally {
      Interruption.over();
    }
    return failed;
  }

  /** The folders of the studies named, or of all that have a paper, by year. */
  private List<Path> chosen() throws CommandException, IOException, StudyException {
    Path root =
        studies == null ? Path.of(System.getProperty("initlab.home", "."), "studies") : studies;
    List<String> known = papers(root);
    if (known.isEmpty()) {
      throw new CommandException(
          Exit.USAGE, "initlab: " + root + " holds no study with a paper. Choose with --studies.");
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw new CommandException(
            Exit.USAGE, "initlab: " + Nearest.unknown("paper's study", name, known));
      }
    }
    return known.stream()
        .filter(name -> names.isEmpty() || names.contains(name))
        .map(root::resolve)
        .toList();
  }

  private List<String> papers(Path root) throws IOException, StudyException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    List<Path> folders;
    try (Stream<Path> inside = Files.list(root)) {
      folders = inside.filter(f -> Files.isRegularFile(f.resolve("study.yaml"))).toList();
    }
    List<String> known = new ArrayList<>();
    for (Path folder : folders) {
      if (StudyFile.read(folder, Optional.empty(), Vocabulary.known()).paper().isPresent()) {
        known.add(folder.getFileName().toString());
      }
    }
    known.sort(Comparator.comparing(ReproduceCommand::year).thenComparing(name -> name));
    return known;
  }

  /** The year that a study's name ends with; those without one come last. */
  private static int year(String name) {
    Matcher matcher = YEAR.matcher(name);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
  }

  /** A misspelt scale must not run everything in full. */
  private void requireScale(List<Path> chosen) throws CommandException, StudyException {
    Set<String> allowed = new TreeSet<>(StudyChoice.STANDARD);
    for (Path folder : chosen) {
      allowed.addAll(StudyFile.scales(folder));
    }
    if (!allowed.contains(scale)) {
      throw new CommandException(
          Exit.USAGE, "initlab: " + Nearest.unknown("--scale", scale, allowed));
    }
  }

  private Optional<String> at(Path folder) throws StudyException {
    return Optional.of(scale).filter(StudyFile.scales(folder)::contains);
  }

  private static String text(List<Digest> digests) {
    StringBuilder text = new StringBuilder();
    int widest = digests.stream().mapToInt(d -> d.study().length()).max().orElse(0);
    for (Digest d : digests) {
      for (Digest.Line c : d.claims()) {
        text.append(
            String.format(
                Locale.ROOT, "%-15s %-" + widest + "s %s%n", c.verdict(), d.study(), c.id()));
      }
    }
    long claims = digests.stream().mapToLong(d -> d.claims().size()).sum();
    long held =
        digests.stream()
            .flatMap(d -> d.claims().stream())
            .filter(c -> c.verdict().equals("reproduced"))
            .count();
    return text.append(
            String.format(
                Locale.ROOT,
                "%,d of %,d claims of %,d studies reproduced%n",
                held,
                claims,
                digests.size()))
        .toString();
  }
}
