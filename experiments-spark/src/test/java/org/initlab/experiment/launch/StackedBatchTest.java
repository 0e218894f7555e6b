package org.initlab.experiment.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.initlab.device.ExecutorSetup;
import org.initlab.device.ProcessBackend;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Launcher.Announcement;
import org.initlab.experiment.Measure;
import org.initlab.experiment.ResultStore;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.store.RunFolder;
import org.initlab.experiment.trial.TrainingRunner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch of stacked trials of several kinds, to its rows. */
@Tag("slow")
class StackedBatchTest {

  @TempDir private Path folder;

  private static Trial trial(String... changes) {
    Map<String, String> cell = new TreeMap<>();
    for (Argument argument : Argument.values()) {
      argument.standard().ifPresent(value -> cell.put(argument.key(), value));
    }
    cell.putAll(
        Map.of("engine", "stacked", "dataset", "mnist-6k", "scheme", "he_normal", "steps", "20"));
    cell.putAll(Map.of("depth", "2", "width", "16", "learning_rate", "0.01"));
    for (int i = 0; i < changes.length; i += 2) {
      cell.put(changes[i], changes[i + 1]);
    }
    return Trial.of("test", cell, 0, 1, new Measure(List.of("loss"), List.of(20L), Map.of()));
  }

  /** As after an executor with a GPU is gone: in one process, and what that leaves alone. */
  @Test
  void aBatchOfAGpuIsRunAgainTogether() throws Exception {
    List<Trial> batch =
        List.of(trial(), trial("learning_rate", "0.02"), trial("learning_rate", "1e30"));
    ResultStore store = RunFolder.of(folder.resolve("again")).create().store();
    BatchTask task = new BatchTask(new TrainingRunner(null), store, Limits.STANDARD);
    List<Announcement> told = new ArrayList<>();
    ProcessBackend.expect(ProcessBackend.codes("nd4j"));
    try {
      task.run(batch, true, told::add);
    } finally {
      ProcessBackend.expect(Set.of());
    }

    assertThat(told)
        .extracting(Announcement::outcome)
        .containsExactlyInAnyOrder("completed", "completed", "diverged");
    assertThat(store.finished()).hasSize(3);
  }

  /** One that came after all executors were asked; the run ends with its reason. */
  @Test
  void anExecutorWithoutTheGpuThatIsDemandedRunsNothing() throws Exception {
    ResultStore store = RunFolder.of(folder.resolve("refused")).create().store();
    BatchTask task = new BatchTask(new TrainingRunner(null), store, Limits.STANDARD);
    ClassLoader loader = getClass().getClassLoader();
    ProcessBackend.decide(ExecutorSetup.backend("gpu", Map.of(), List.of(), loader));
    try {
      assertThatThrownBy(() -> task.run(List.of(trial()), false, announced -> {}))
          .isInstanceOf(IOException.class)
          .hasMessage("INITLAB_BACKEND is 'gpu'. Allowed: cpu, cuda, auto.");
    } finally {
      ProcessBackend.decide(ExecutorSetup.backend("cpu", Map.of(), List.of(), loader));
    }

    assertThat(store.finished()).isEmpty();
  }

  @Test
  void everyTrialIsARowAndWhatIsStoredIsNotRunAgain() throws Exception {
    List<Trial> batch =
        List.of(
            trial(),
            trial("activation", "relu"),
            trial("activation", "relu", "learning_rate", "1e30"),
            trial("activation", "relu", "learning_rate", "0.02"),
            trial("test_examples", "1001"),
            trial("engine", "fused"),
            trial("engine", "dl4j", "activation", "sin"));
    ResultStore store = RunFolder.of(folder.resolve("run")).create().store();
    BatchTask task = new BatchTask(new TrainingRunner(null), store, Limits.STANDARD);
    task.run(batch.subList(0, 1), false, announced -> {});
    List<Announcement> told = new ArrayList<>();

    task.run(batch, true, told::add);

    assertThat(told).hasSameSizeAs(batch);
    Map<TrialId, String> outcomes =
        store.rows().stream()
            .collect(Collectors.toMap(ResultStore.Row::id, ResultStore.Row::outcome));
    assertThat(batch.stream().map(t -> outcomes.get(t.id())))
        .containsExactly(
            "completed", "completed", "diverged", "completed", "failed", "completed", "failed");
    assertThat(store.measurements(batch.get(3).id())).hasSize(2);
    assertThat(told.get(0).id()).isEqualTo(batch.get(0).id());
  }
}
