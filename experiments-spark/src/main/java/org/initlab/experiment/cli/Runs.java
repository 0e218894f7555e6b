package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import org.initlab.init.named.Nearest;

/** Finds the folder that a study runs in, and refuses one that holds something else. */
final class Runs {

  private Runs() {}

  /**
   * The run folder of {@code study} under {@code out}; nothing is written yet.
   *
   * @param fork whether a run of the same study with another meaning may stand beside it
   */
  static RunFolder folder(Place out, Study study, boolean fork)
      throws CommandException, IOException, StudyException {
    out.reached();
    if (isRun(out)) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: "
              + out
              + " is itself the run folder of the study '"
              + read(out).name()
              + "'; --out takes the folder that run folders lie in. Maybe "
              + out.parent().map(Place::toString).orElse("runs")
              + ".");
    }
    requireWritable(out);
    Place folder = out.child(study.runName());
    if (isRun(folder)) {
      return RunFolder.of(folder);
    }
    if (folder.hasFiles()) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: " + folder + " exists and is not a run folder (it has no study.yaml).");
    }
    Optional<Place> other = otherMeaning(out, study);
    if (other.isPresent() && !fork) {
      throw new CommandException(Exit.REFUSED, refusal(other.get(), study));
    }
    return RunFolder.of(folder);
  }

  /** A run folder that is there. */
  static RunFolder open(Place run) throws CommandException, IOException {
    run.reached();
    if (!isRun(run)) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: " + run + " is not a run folder (it has no study.yaml)." + maybe(run));
    }
    return RunFolder.of(run);
  }

  /** The study that a run folder holds. */
  static Study study(RunFolder run) throws IOException, StudyException {
    return read(run.place());
  }

  private static Study read(Place run) throws IOException, StudyException {
    return StudyFile.parse(
        RunFolder.of(run).readStudy(),
        run.child("study.yaml").toString(),
        run.name(),
        Vocabulary.known());
  }

  static boolean isRun(Place folder) throws IOException {
    return RunFolder.of(folder).exists() && folder.child("trials").exists();
  }

  /** The run folders in a folder, in the order of their names. */
  static List<RunFolder> in(Place folder) throws IOException {
    List<RunFolder> runs = new ArrayList<>();
    for (String name : folder.folders()) {
      if (isRun(folder.child(name))) {
        runs.add(RunFolder.of(folder.child(name)));
      }
    }
    return runs;
  }

  private static String maybe(Place run) {
    try {
      Place parent = run.parent().orElse(run);
      List<String> names = in(parent).stream().map(r -> r.place().name()).toList();
      return names.isEmpty()
          ? ""
          : " Maybe "
              + parent.child(Nearest.to(run.name(), names).orElse(names.get(names.size() - 1)))
              + ".";
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<Place> otherMeaning(Place out, Study study) throws IOException {
    Pattern pattern = Pattern.compile(Pattern.quote(study.name()) + "-[0-9a-f]{8}");
    Optional<Place> latest = Optional.empty();
    Instant last = Instant.MIN;
    for (String name : out.folders()) {
      Place folder = out.child(name);
      if (pattern.matcher(name).matches() && isRun(folder)) {
        Instant modified = RunFolder.of(folder).modified();
        if (modified.isAfter(last)) {
          latest = Optional.of(folder);
          last = modified;
        }
      }
    }
    return latest;
  }

  private static String refusal(Place other, Study study) throws IOException, StudyException {
    Map<String, String> was = read(other).meaning();
    Map<String, String> now = study.meaning();
    StringBuilder text =
        new StringBuilder("initlab: the study has changed since ").append(other).append(":\n");
    TreeSet<String> keys = new TreeSet<>(was.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      String before = was.getOrDefault(key, "(not there)");
      String after = now.getOrDefault(key, "(not there)");
      if (!before.equals(after)) {
        text.append("  ").append(key).append(": ").append(before).append(" -> ").append(after);
        text.append('\n');
      }
    }
    return text.append(
            "Its results answer another question. Add --fork to start a new run folder beside it,"
                + " or undo the change.\n"
                + "More values on an axis and more repeats are no such change.")
        .toString();
  }

  static void requireWritable(Place out) throws CommandException, IOException {
    if (out.local().isEmpty()) {
      out.requireWritable();
      return;
    }
    Path existing = out.local().get();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: cannot write to "
              + out
              + ": "
              + existing
              + " is not a folder that you may"
              + " write to. Choose another with --out.");
    }
  }
}
