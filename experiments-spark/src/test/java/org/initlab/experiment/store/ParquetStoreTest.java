package org.initlab.experiment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetStoreTest {

  @TempDir Path run;

  private static Trial trial(int repeat) {
    return Trial.of(
        "toy",
        Map.of("scheme", "he_normal", "depth", "3", "learning_rate", "0.01"),
        repeat,
        7,
        new Measure(List.of("loss"), List.of(0L, 10L), Map.of()));
  }

  private static TrialResult result(int repeat, Outcome outcome, double... values) {
    List<Measurement> measurements = new ArrayList<>();
    for (double value : values) {
      measurements.add(new Measurement("loss", measurements.size() * 10L, 0, -1, value));
    }
    return new TrialResult(trial(repeat), outcome, 0.5, measurements);
  }

  private ParquetStore store() {
    return ParquetStore.of(run);
  }

  private List<Path> files(String part) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve(part))) {
      return files.toList();
    }
  }

  @Test
  void keepsEveryOutcomeAndEveryNumber() throws IOException {
    List<TrialResult> results =
        List.of(
            result(0, new Outcome.Completed(), 2.5, -0.0, Double.MIN_VALUE),
            result(1, new Outcome.Diverged(10), 2.5, Double.NaN, Double.POSITIVE_INFINITY),
            result(2, new Outcome.Failed("java.lang.Oops: no\n\tat here"), 1));
    store().put(results);

    for (TrialResult result : results) {
      assertThat(store().measurements(result.trial().id())).isEqualTo(result.measurements());
    }
    assertThat(store().finished()).containsExactlyInAnyOrder(trial(0).id(), trial(1).id());
    assertThat(store().rows())
        .containsExactlyInAnyOrder(
            new Row(trial(0).id(), "completed", null, 0.5),
            new Row(trial(1).id(), "diverged", null, 0.5),
            new Row(trial(2).id(), "failed", "java.lang.Oops: no", 0.5));
    assertThat(run.resolve("logs/" + trial(2).id().brief() + ".log"))
        .hasContent("java.lang.Oops: no\n\tat here");
    assertThat(files("trials")).hasSize(1);
    assertThat(files("measurements")).hasSize(1);
  }

  @Test
  void emptyStoreIsEmpty() throws IOException {
    assertThat(store().finished()).isEmpty();
    assertThat(store().rows()).isEmpty();
    assertThat(store().measurements(trial(0).id())).isEmpty();
    store().put(List.of());
    assertThat(run).isEmptyDirectory();
  }

  @Test
  void aRetryReplacesAFailureWhateverTheOrder() throws IOException {
    store().put(List.of(result(0, new Outcome.Failed("late"), 9)));
    store().put(List.of(result(0, new Outcome.Completed(), 1, 2)));
    store().put(List.of(result(0, new Outcome.Failed("again"), 8)));

    assertThat(store().rows()).extracting(Row::outcome).containsExactly("completed");
    assertThat(store().measurements(trial(0).id()))
        .extracting(Measurement::value)
        .containsExactly(1.0, 2.0);
  }

  @Test
  void theLatestOfTwoFailuresCounts() throws IOException {
    store()
        .put(List.of(result(0, new Outcome.Failed("first")), result(1, new Outcome.Completed())));
    store().put(List.of(result(0, new Outcome.Failed("second"))));
    assertThat(store().rows())
        .filteredOn(r -> r.outcome().equals("failed"))
        .extracting(Row::error)
        .containsExactly("second");
  }

  @Test
  void measurementsWithoutTheirTrialsDoNotCount() throws IOException {
    store().put(List.of(result(0, new Outcome.Completed(), 1)));
    store().put(List.of(result(1, new Outcome.Completed(), 2)));
    // Killed between the two renames.
    String lost =
        files("trials").stream()
            .map(p -> p.getFileName().toString())
            .sorted()
            .findFirst()
            .orElseThrow();
    Files.delete(run.resolve("trials").resolve(lost));
    assertThat(store().rows()).hasSize(1);

    store().put(List.of(result(0, new Outcome.Completed(), 1)));
    store().put(List.of(result(1, new Outcome.Completed(), 2)));
    assertThat(store().rows()).hasSize(2);
    assertThat(files("measurements")).hasSize(2);
  }

  @Test
  void temporaryFilesAreNotRead() throws IOException {
    store().put(List.of(result(0, new Outcome.Completed(), 1)));
    Files.writeString(run.resolve("trials/.part-0.parquet-1.tmp"), "half");
    Files.writeString(run.resolve("trials/_part-0.parquet"), "half");
    assertThat(store().rows()).hasSize(1);
  }

  @Test
  void aCorruptShardIsNamed() throws IOException {
    store().put(List.of(result(0, new Outcome.Completed(), 1)));
    Files.writeString(run.resolve("trials/part-bad.parquet"), "this is not Parquet at all");
    assertThatIOException()
        .isThrownBy(() -> store().rows())
        .withMessageContaining("part-bad.parquet");
  }

  @Test
  void writersOfTheSameTrialsAtOnceLeaveEachOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int w = 0; w < 12; w++) {
        int first = w % 4;
        writers.add(
            () -> {
              store()
                  .put(
                      IntStream.range(first, first + 5)
                          .mapToObj(i -> result(i, new Outcome.Completed(), i))
                          .toList());
              return null;
            });
      }
      for (Future<Void> done : pool.invokeAll(writers)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(store().rows()).hasSize(8);
    assertThat(store().measurements(trial(3).id())).hasSize(1);
    assertThat(files("trials")).hasSize(4);
  }

  @Test
  void whatCannotBeWrittenIsToldAndLeavesNothing() throws IOException {
    store().put(List.of(result(0, new Outcome.Completed(), 1)));
    Folder trials = new RunFolder(store().uri()).part("trials");
    assertThatIOException()
        .isThrownBy(
            () ->
                trials.write(
                    "part-full.parquet",
                    (file, hadoop) -> {
                      Shard.write(file, hadoop, Columns.MEASUREMENTS, Stream.of());
                      throw new IOException("No space left on device");
                    }))
        .withMessageContaining("No space left");
    assertThat(files("trials")).hasSize(1);
    assertThat(store().rows()).hasSize(1);
  }

  @Test
  void batchThatNamesATrialTwiceKeepsTheFinishedOne() throws IOException {
    store()
        .put(List.of(result(0, new Outcome.Completed(), 1), result(0, new Outcome.Failed("x"), 2)));
    assertThat(store().rows()).extracting(Row::outcome).containsExactly("completed");
  }

  @Test
  void travels() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(store());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(store());
    }
  }
}
