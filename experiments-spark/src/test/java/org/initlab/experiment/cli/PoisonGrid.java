package org.initlab.experiment.cli;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.TrialRunner;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.launch.Effort;
import org.initlab.experiment.launch.Limits;
import org.initlab.experiment.store.RunFolder;

/**
 * A driver of trials of which some are poison: one writes to address 0, one never ends, one throws.
 * Each writes down that it began.
 */
final class PoisonGrid {

  static final int TRIALS = 60;
  static final int CRASHES = 7;
  static final int HANGS = 23;
  static final int THROWS = 41;

  private PoisonGrid() {}

  static List<Trial> trials() {
    Measure measure = new Measure(List.of("loss"), List.of(0L), Map.of());
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < TRIALS; i++) {
      trials.add(Trial.of("poison", Map.of("width", i % 2 == 0 ? "8" : "16"), i, 1, measure));
    }
    return trials;
  }

  /** Runs them: the run folder, a folder for marks, and the seconds that a trial may take. */
  public static void main(String[] args) throws IOException {
    Limits limits = Limits.STANDARD.within(Duration.ofSeconds(Long.parseLong(args[2])));
    try (Cluster spark = Cluster.submitted()) {
      spark
          .launcher(Effort.alone(trial -> 0.3), limits)
          .launch(
              trials(),
              new Poison(args[1]),
              RunFolder.of(Path.of(args[0])).create().store(),
              told -> System.out.println(told.id().brief() + " " + told.outcome()));
    }
    System.exit(0);
  }

  private record Poison(String marks) implements TrialRunner {
    @Override
    public TrialResult run(Trial trial) {
      try {
        Files.writeString(
            Path.of(marks, Integer.toString(trial.repeat())),
            ProcessHandle.current().pid() + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        switch (trial.repeat()) {
          case CRASHES -> crash();
          case HANGS -> hang();
          case THROWS -> throw new IllegalStateException("as each time");
          default -> Thread.sleep(20);
        }
      } catch (IOException | ReflectiveOperationException | RuntimeException e) {
        return new TrialResult(trial, Outcome.Failed.of(e), 0, List.of());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      double value = trial.id().hashCode();
      return new TrialResult(
          trial, new Outcome.Completed(), 0, List.of(new Measurement("loss", 0, 0, -1, value)));
    }

    private static void crash() throws ReflectiveOperationException {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field field = type.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
    }

    private static void hang() {
      for (long i = 0; i >= 0; i++) {
        Thread.onSpinWait();
      }
    }
  }
}
