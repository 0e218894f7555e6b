package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.Known;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;

/**
 * What the commands do to studies, run folders and models, for callers in Java: a run folder that a
 * notebook fills is one that {@code initlab status} and {@code initlab report} read.
 *
 * <p>What a command would refuse is an IllegalArgumentException with the same words.
 */
public final class Commands {

  private static final String SELF = "initlab: ";

  private Commands() {}

  /** Every name that a study may use. */
  public static Known known() {
    return Vocabulary.known();
  }

  /** The study's run folder under {@code out}, which is refused if it holds something else. */
  public static Path folder(Path out, Study study) throws IOException {
    try {
      return Runs.folder(Place.of(out), study, true).place().local().orElseThrow();
    } catch (CommandException | StudyException e) {
      throw refusal(e);
    }
  }

  /** Fails now if a data set of the study cannot be had, rather than in each trial. */
  public static void requireData(Study study) {
    try {
      StudyChoice.runnerFor(study, Optional.empty());
    } catch (CommandException e) {
      throw refusal(e);
    }
  }

  /**
   * Makes the run folder ready for trials.
   *
   * @param study what its file says
   * @param named the same with every name from the platform's tables, for what is told of engines
   * @param where the trials will run
   */
  public static RunFolder begin(Path path, Study study, Study named, String where)
      throws IOException {
    RunFolder folder = RunFolder.of(path).create();
    folder.cleanLeftovers(Instant.now());
    folder.deleteSummary();
    folder.writeStudy(StudyFile.write(study));
    Provenances.add(folder, Provenances.now(named, where, Optional.empty()));
    return folder;
  }

  /** Writes the report of a run folder and returns what the terminal would say of it. */
  public static String report(Study study, Path path, Cluster spark) throws IOException {
    RunFolder folder = RunFolder.of(path);
    String summary = ReportWriter.write(study, folder, Optional.empty(), spark, false);
    folder.writeSummary(summary);
    return summary;
  }

  /** The model in a file of Keras or Deeplearning4j. */
  public static Model model(Path file) throws IOException {
    try {
      return ModelFile.read(file, List.of());
    } catch (ModelFileException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("There is no file " + file + ".", e);
    }
  }

  private static IllegalArgumentException refusal(Exception e) {
    String message = e.getMessage();
    return new IllegalArgumentException(
        message.startsWith(SELF) ? message.substring(SELF.length()) : message, e);
  }
}
