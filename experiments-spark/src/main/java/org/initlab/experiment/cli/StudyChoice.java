package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.trial.Datasets;
import org.initlab.experiment.trial.TrainingRunner;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The study on a command line, and the data that it needs. */
final class StudyChoice {

  /** Scales that every study has. */
  static final Set<String> STANDARD = Set.of("small", "paper");

  @Parameters(paramLabel = "STUDY", description = "A study's folder, or its study.yaml.")
  private Path path;

  @Option(
      names = "--scale",
      paramLabel = "NAME",
      description =
          "small, paper, or another of the study's scales. Where a study lacks small or paper, it is"
              + " taken as it is written.")
  private String scale;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with the files of data sets that do not come with InitLab.")
  private Path data;

  /**
   * The study, read and checked. As for {@code reproduce}, every study has the scales of {@link
   * #STANDARD}: one that does not write such a scale down is taken as it is written.
   */
  Study read() throws StudyException {
    return StudyFile.read(path, asked(), Vocabulary.known());
  }

  private Optional<String> asked() throws StudyException {
    return isAsWritten() ? Optional.empty() : Optional.ofNullable(scale);
  }

  private boolean isAsWritten() throws StudyException {
    return scale != null && STANDARD.contains(scale) && !StudyFile.scales(path).contains(scale);
  }

  /** What is to be said of the scale; nothing where the study says it. */
  Optional<String> note() throws StudyException {
    return isAsWritten()
        ? Optional.of(scale + " is this study as it is written")
        : Optional.empty();
  }

  Path path() {
    return path;
  }

  Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  /**
   * The runner of a study's trials. It fails now if a data set cannot be had, rather than in each
   * trial.
   */
  static TrainingRunner runnerFor(Study study, Optional<Path> data) throws CommandException {
    return runner(study.grid().values(Argument.DATASET.key()), data.orElse(null));
  }

  static TrainingRunner runner(Set<String> datasets, Path data) throws CommandException {
    for (String name : datasets) {
      try {
        Datasets.named(name).load(Optional.ofNullable(data));
      } catch (IOException e) {
        throw new CommandException(Exit.USAGE, "initlab: " + e.getMessage());
      }
    }
    return new TrainingRunner(data == null ? null : data.toAbsolutePath().toString());
  }
}
