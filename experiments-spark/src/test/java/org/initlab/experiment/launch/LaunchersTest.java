package org.initlab.experiment.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.initlab.experiment.Launcher;
import org.initlab.experiment.Launcher.Announcement;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.ResultStore;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.TrialRunner;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launchers differ in where they run, and in nothing else. */
class LaunchersTest {

  private static final Measure MEASURE = new Measure(List.of("loss"), List.of(0L), Map.of());

  @TempDir private Path folder;

  @Test
  void batchesHoldEachTrialOnceAndOneShapeEach() {
    List<Trial> trials = trials(50);

    List<List<Trial>> batches = Batches.of(trials, t -> t.integer("width") / 8.0);

    assertThat(batches.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(trials);
    assertThat(batches)
        .allSatisfy(b -> assertThat(b).extracting(t -> t.text("width")).containsOnly(width(b)));
    assertThat(batches.get(0)).allSatisfy(t -> assertThat(t.text("width")).isEqualTo("16"));
  }

  /** On GPUs: thousands of one kind at most, shared by all slots, and not too few. */
  @Test
  void batchesForGpusHoldAsManyAsAreComputedSideBySide() {
    assertThat(sizes(trials(10_000), 4096, 2)).containsOnly(2500).hasSize(4);
    assertThat(sizes(trials(20_000), 4096, 1)).containsOnly(3333, 3334).hasSize(6);
    assertThat(sizes(trials(1_000), 4096, 64)).containsOnly(250).hasSize(4);
    assertThat(sizes(trials(1_000), 100, 1)).containsOnly(100).hasSize(10);
    assertThat(sizes(trials(50), 4096, 4)).containsOnly(25).hasSize(2);

    List<Trial> kinds = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String loss = i % 2 == 0 ? "cross_entropy" : "squared_error";
      kinds.add(Trial.of("test", Map.of("width", "8", "loss", loss), i, 1, MEASURE));
    }
    assertThat(sizes(kinds, 4096, 1)).containsExactly(20, 20);
    assertThat(sizes(kinds, 1, 1)).containsExactly(40);
  }

  private static List<Integer> sizes(List<Trial> trials, int together, int slots) {
    List<List<Trial>> batches = Batches.of(trials, new Effort(t -> 0.001, t -> together), slots);
    assertThat(batches.stream().flatMap(List::stream).map(Trial::id).distinct())
        .hasSameSizeAs(trials);
    return batches.stream().map(List::size).toList();
  }

  @Test
  @Tag("slow")
  void aClusterGivesTheRowsOfOneThread() throws IOException {
    List<Trial> trials = trials(40);
    Map<TrialId, List<Object>> here = launch(new LocalLauncher(t -> 1), trials, "here");

    try (Cluster spark = Cluster.open("local[2]")) {
      assertThat(launch(spark.launcher(t -> 1), trials, "batches")).isEqualTo(here);
      assertThat(launch(spark.launcher(t -> 1000), trials, "singles")).isEqualTo(here);
    }
    assertThat(here).hasSize(40);
  }

  @Test
  @Tag("slow")
  void aStoreThatFailsOnceIsTriedAgainAndOneThatFailsAlwaysStopsTheRun() throws IOException {
    List<Trial> trials = trials(12);
    ResultStore store = RunFolder.of(folder.resolve("flaky")).create().store();
    ResultStore empty = RunFolder.of(folder.resolve("broken")).create().store();
    List<Announcement> told = new ArrayList<>();
    try (Cluster spark = Cluster.open("local[2,2]")) {
      Flaky flaky = new Flaky(store, folder.resolve("failed-once").toString());
      spark.launcher(t -> 1).launch(trials, new Echo(), flaky, told::add);
      assertThat(told).hasSize(12);
      assertThat(store.finished()).hasSize(12);

      Flaky broken = new Flaky(empty, folder.resolve("no/such/folder").toString());
      assertThatThrownBy(() -> spark.launcher(t -> 1).launch(trials, new Echo(), broken, told::add))
          .isInstanceOf(IOException.class)
          .hasMessage("the disk is full");
    }
  }

  private Map<TrialId, List<Object>> launch(Launcher launcher, List<Trial> trials, String name)
      throws IOException {
    ParquetStore store = RunFolder.of(folder.resolve(name)).create().store();
    List<Announcement> told = new ArrayList<>();
    launcher.launch(trials, new Echo(), store, told::add);
    assertThat(told)
        .extracting(Announcement::id)
        .containsExactlyInAnyOrderElementsOf(trials.stream().map(Trial::id).toList());
    Map<TrialId, List<Object>> table = new TreeMap<>();
    for (ResultStore.Row row : store.rows()) {
      table.put(row.id(), List.of(row.outcome(), store.measurements(row.id())));
    }
    return table;
  }

  private static List<Trial> trials(int count) {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      trials.add(Trial.of("test", Map.of("width", i % 2 == 0 ? "8" : "16"), i, 1, MEASURE));
    }
    return trials;
  }

  private static String width(List<Trial> batch) {
    return batch.get(0).text("width");
  }

  /** Answers with numbers that depend on the trial alone. */
  private record Echo() implements TrialRunner {
    @Override
    public TrialResult run(Trial trial) {
      Outcome outcome = trial.repeat() % 5 == 4 ? new Outcome.Diverged(3) : new Outcome.Completed();
      double value = trial.repeat() % 5 == 4 ? Double.NaN : trial.id().hashCode();
      return new TrialResult(trial, outcome, 0, List.of(new Measurement("loss", 0, 0, -1, value)));
    }
  }

  /** A store whose first write in all fails; whose every write fails if it cannot leave a mark. */
  private record Flaky(ResultStore store, String mark) implements ResultStore {
    @Override
    public void put(List<TrialResult> results) throws IOException {
      try {
        Files.createFile(Path.of(mark));
      } catch (java.nio.file.FileAlreadyExistsException failedBefore) {
        store.put(results);
        return;
      } catch (java.nio.file.NoSuchFileException never) {
        throw new IOException("the disk is full");
      }
      throw new IOException("the disk is full");
    }

    @Override
    public Set<TrialId> finished() throws IOException {
      return store.finished();
    }

    @Override
    public List<Row> rows() throws IOException {
      return store.rows();
    }

    @Override
    public List<Measurement> measurements(TrialId id) throws IOException {
      return store.measurements(id);
    }
  }
}
