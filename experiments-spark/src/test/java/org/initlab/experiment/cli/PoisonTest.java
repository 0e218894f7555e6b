package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.store.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial that crashes or hangs is a failed row, and costs no other trial anything. */
@Tag("cluster")
class PoisonTest {

  @TempDir private Path folder;

  @Test
  void oneThatCrashesAndOneThatHangsFailAndTheOthersFinish()
      throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    Path marks = Files.createDirectories(folder.resolve("marks"));
    try (Standalone cluster = Standalone.start(folder, 2)) {
      Path said = folder.resolve("driver.txt");
      Process driver =
          cluster.driver(said, PoisonGrid.class, run.toString(), marks.toString(), "10");
      assertThat(driver.waitFor(400, TimeUnit.SECONDS)).as(Files.readString(said)).isTrue();
      assertThat(driver.exitValue()).as(Files.readString(said)).isZero();
    }

    Map<Integer, Row> rows = rows(run);
    assertThat(rows).hasSize(PoisonGrid.TRIALS);
    assertThat(rows.get(PoisonGrid.CRASHES).outcome()).isEqualTo("failed");
    assertThat(rows.get(PoisonGrid.CRASHES).error())
        .contains("ended the process that ran it, 2 times in a row: SIGSEGV");
    assertThat(rows.get(PoisonGrid.HANGS).outcome()).isEqualTo("failed");
    assertThat(rows.get(PoisonGrid.HANGS).error()).contains("longer than the 10 s");
    assertThat(rows.get(PoisonGrid.THROWS).error()).contains("as each time");
    rows.keySet().removeAll(List.of(PoisonGrid.CRASHES, PoisonGrid.HANGS, PoisonGrid.THROWS));
    assertThat(rows.values()).allSatisfy(row -> assertThat(row.outcome()).isEqualTo("completed"));

    // In its executor once, then in processes of its own.
    assertThat(attempts(marks, PoisonGrid.CRASHES)).isEqualTo(3);
    assertThat(attempts(marks, PoisonGrid.HANGS)).isBetween(1, 3);
  }

  private static int attempts(Path marks, int trial) throws IOException {
    return Files.readAllLines(marks.resolve(Integer.toString(trial))).size();
  }

  private static Map<Integer, Row> rows(Path run) throws IOException {
    Map<TrialId, Integer> numbers = new HashMap<>();
    for (Trial trial : PoisonGrid.trials()) {
      numbers.put(trial.id(), trial.repeat());
    }
    Map<Integer, Row> rows = new HashMap<>();
    RunFolder.of(run).store().rows().forEach(row -> rows.put(numbers.get(row.id()), row));
    return rows;
  }
}
