package org.initlab.experiment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.TrialResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Merging loses no row and no number, and counts none twice, wherever it is cut off. */
class CompactionTest {

  @TempDir Path folder;

  @AfterEach
  void mend() {
    CutFileSystem.mend();
  }

  private static TrialResult result(int repeat, Outcome outcome, double value) {
    Trial trial =
        Trial.of(
            "toy",
            Map.of("scheme", "he_normal", "depth", "3"),
            repeat,
            7,
            new Measure(List.of("loss"), List.of(0L, 10L), Map.of()));
    return new TrialResult(
        trial,
        outcome,
        0.5,
        List.of(
            new Measurement("loss", 0, 0, -1, value),
            new Measurement("loss", 10, 0, -1, Double.NaN)));
  }

  private RunFolder run(String scheme, String name) throws IOException {
    Path path = folder.resolve(name);
    return new RunFolder(scheme + "://" + path, CutFileSystem.settings()).create();
  }

  /** Nine trials in six shards: one failed and was run again, one failed for good. */
  private static void fill(RunFolder run) throws IOException {
    ParquetStore store = run.store();
    store.put(List.of(result(0, new Outcome.Failed("java.lang.Oops: first"), 9)));
    store.put(
        List.of(result(0, new Outcome.Completed(), 0), result(1, new Outcome.Completed(), 1)));
    store.put(List.of(result(2, new Outcome.Diverged(10), 2)));
    store.put(List.of(result(3, new Outcome.Failed("java.lang.Oops: for good"), 3)));
    store.put(IntStream.range(4, 7).mapToObj(i -> result(i, new Outcome.Completed(), i)).toList());
    store.put(IntStream.range(7, 9).mapToObj(i -> result(i, new Outcome.Completed(), i)).toList());
  }

  private static Map<TrialId, List<Object>> table(RunFolder run) throws IOException {
    Map<TrialId, List<Object>> table = new TreeMap<>();
    for (Row row : run.store().rows()) {
      assertThat(table.put(row.id(), List.of(row, run.store().measurements(row.id())))).isNull();
    }
    return table;
  }

  /** The same, its numbers read from all shards that count, as Spark joins them. */
  private static Map<TrialId, List<Object>> joined(RunFolder run) throws IOException {
    Map<TrialId, List<Measurement>> numbers = StoredNumbers.of(run);
    Map<TrialId, List<Object>> table = new TreeMap<>();
    for (Row row : run.store().rows()) {
      assertThat(table.put(row.id(), List.of(row, numbers.get(row.id())))).isNull();
    }
    return table;
  }

  private static Compaction small(RunFolder run) {
    return new Compaction(run, 4, 1 << 20);
  }

  private List<String> files(RunFolder run, String part) throws IOException {
    return run.part(part).entries(Shards.SUFFIX).stream().map(Folder.Entry::name).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {CutFileSystem.RENAME, CutFileSystem.PUT, "file"})
  void manyShardsBecomeFewWithTheSameContent(String scheme) throws IOException {
    RunFolder run = run(scheme, "run");
    fill(run);
    Map<TrialId, List<Object>> before = table(run);
    assertThat(before).hasSize(9);

    Compaction.Result done = Compaction.of(run).execute();

    assertThat(done).isEqualTo(new Compaction.Result(6, 1, 1));
    assertThat(table(run)).isEqualTo(before);
    assertThat(files(run, "trials")).hasSize(1).isEqualTo(files(run, "measurements"));
    assertThat(Compaction.of(run).execute()).isEqualTo(new Compaction.Result(0, 0, 1));
    assertThat(table(run)).isEqualTo(before);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {CutFileSystem.RENAME, CutFileSystem.PUT})
  void whereverItIsCutOffEveryRowIsThereOnce(String scheme) throws IOException {
    RunFolder whole = run(scheme, "whole");
    fill(whole);
    Map<TrialId, List<Object>> expected = table(whole);
    assertThat(expected).hasSize(9);
    int cut = 0;
    boolean reached = true;
    while (reached) {
      copy(folder.resolve("whole"), folder.resolve("cut-" + cut));
      RunFolder run = run(scheme, "cut-" + cut);
      CutFileSystem.cutAfter(cut);
      List<Throwable> thrown = new ArrayList<>();
      try {
        small(run).execute();
      } catch (IOException e) {
        thrown.add(e);
      }
      CutFileSystem.mend();
      reached = !thrown.isEmpty();

      assertThat(joined(run)).as("after " + cut + " changes").isEqualTo(expected);
      TrialId one = new ArrayList<>(expected.keySet()).get(cut % 9);
      assertThat(run.store().measurements(one)).isEqualTo(expected.get(one).get(1));

      small(run).execute();
      assertThat(joined(run)).as("merged after " + cut + " changes").isEqualTo(expected);
      assertThat(Merge.read(run.root())).isEmpty();
      cut++;
    }
    assertThat(cut).as("changes that were cut").isGreaterThan(15);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  @Test
  void aLateTwinOfAMergedBatchChangesNothing() throws IOException {
    RunFolder run = run("file", "run");
    fill(run);
    Map<TrialId, List<Object>> before = table(run);
    Compaction.of(run).execute();

    // Its measurements are lost to a merge that did not know of it: the merged rows count.
    TrialResult twin = result(2, new Outcome.Diverged(10), 2);
    run.store().put(List.of(twin));
    for (String shard : files(run, "trials")) {
      if (!shard.startsWith("whole-")) {
        run.part("measurements").delete(shard);
      }
    }

    assertThat(table(run)).isEqualTo(before);
  }

  @Test
  void whatIsStoredAfterTheManifestIsCounted() throws IOException {
    RunFolder run = run("file", "run");
    fill(run);
    Compaction.of(run).execute();
    run.store().put(List.of(result(9, new Outcome.Completed(), 9)));

    assertThat(run.store().rows()).hasSize(10);
    assertThat(Shards.of(run).unknown()).isOne();
  }

  @Test
  void aManifestThatLiesIsNotBelieved() throws IOException {
    RunFolder run = run("file", "run");
    fill(run);
    Manifest.write(run.root(), Shards.of(run).read());
    assertThat(Shards.of(run).unknown()).isZero();
    String shard = files(run, "trials").get(0);
    run.part("trials").delete(shard);
    long without = run.store().rows().size();
    assertThat(without).isLessThan(9);

    Files.delete(folder.resolve("run/" + Manifest.FILE));
    assertThat(run.store().rows()).hasSize((int) without);
  }

  @Test
  void aMissingMergedShardStopsTheRemoval() throws IOException {
    RunFolder run = run("file", "run");
    fill(run);
    List<String> shards = files(run, "trials");
    new Merge("whole-x.parquet", new java.util.LinkedHashSet<>(shards)).write(run.root());

    assertThatIOException()
        .isThrownBy(() -> Compaction.of(run).execute())
        .withMessageContaining("whole-x.parquet");
    assertThat(files(run, "trials")).isEqualTo(shards);
  }

  @Test
  void nothingHalfIsSeenOnAnObjectStore() throws IOException {
    RunFolder run = run(CutFileSystem.PUT, "run");
    CutFileSystem.cutAfter(1); // the measurements are created, and lost before they are put
    assertThatIOException()
        .isThrownBy(() -> run.store().put(List.of(result(0, new Outcome.Completed(), 1))))
        .withMessageContaining("cut off before: put");
    CutFileSystem.mend();

    assertThat(files(run, "measurements")).isEmpty();
    assertThat(run.store().rows()).isEmpty();
    run.store().put(List.of(result(0, new Outcome.Completed(), 1)));
    assertThat(run.store().rows()).hasSize(1);
    try (Stream<Path> left = Files.list(folder.resolve("run/trials"))) {
      assertThat(left).hasSize(1);
    }
  }
}
