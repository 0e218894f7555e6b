package org.initlab.notebook;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialRunner;
import org.initlab.experiment.cli.Commands;
import org.initlab.experiment.launch.Batches;
import org.initlab.experiment.launch.LocalLauncher;
import org.initlab.experiment.store.RunFolder;
import org.initlab.experiment.trial.Cost;
import org.initlab.experiment.trial.TrainingRunner;

/** Runs a study's trials on this machine's cores, in the run folder that the command line uses. */
final class Grids {

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|[1-9]\\d*)])?");

  private Grids() {}

  /** The folder of the results; what was done already is not done again. */
  static Path run(Study study, Own own, Path out, String master) throws IOException {
    int threads = threads(study, own, master);
    Study marked = own.marked(study);
    Commands.requireData(marked);
    Path path = Commands.folder(out, marked);
    List<Trial> todo =
        Files.isRegularFile(path.resolve("study.yaml"))
            ? marked.trialsWithout(RunFolder.of(path).store().finished())
            : marked.trials();
    try (Progress progress = new Progress(Screen.here(), marked, path, todo.size())) {
      if (!todo.isEmpty()) {
        String where = "this notebook's process, " + threads + " threads";
        RunFolder folder = Commands.begin(path, marked, own.standIn(marked), where);
        launch(todo, own, folder, threads, progress);
      }
    }
    return path;
  }

  private static int threads(Study study, Own own, String master) {
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      String n = local.group(1);
      int cores = Runtime.getRuntime().availableProcessors();
      return n == null ? 1 : n.equals("*") ? cores : Integer.parseInt(n);
    }
    List<String> used = own.used(study);
    if (!used.isEmpty()) {
      throw new IllegalArgumentException(
          "This study uses %s, defined in this notebook. A class of a cell exists in this process alone: the executors of %s could not load it. Run it here (local[*]), or make it a row of a table of the platform, which every executor has."
              .formatted(String.join(", ", used), master));
    }
    throw new IllegalArgumentException(
        "A notebook runs trials on this machine: master is '%s'. Allowed: local, local[N], local[*]. Maybe local[*]. Lab.open reads what ran elsewhere."
            .formatted(master));
  }

  private static void launch(
      List<Trial> todo, Own own, RunFolder folder, int threads, Progress progress)
      throws IOException {
    TrialRunner theirs = new TrainingRunner(null);
    TrialRunner mine = new OwnRunner(own);
    ToDoubleFunction<Trial> seconds = trial -> Cost.of(own.standIn(trial)).seconds();
    LocalLauncher launcher = new LocalLauncher(seconds);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> batches = new ArrayList<>();
      for (List<Trial> batch : Batches.of(todo, seconds)) {
        boolean plain = batch.stream().allMatch(t -> own.standIn(t).id().equals(t.id()));
        batches.add(
            pool.submit(
                () -> {
                  launcher.launch(batch, plain ? theirs : mine, folder.store(), progress);
                  return null;
                }));
      }
      for (Future<?> batch : batches) {
        batch.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "Interrupted. What was finished is stored; run the cell again to go on.");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
