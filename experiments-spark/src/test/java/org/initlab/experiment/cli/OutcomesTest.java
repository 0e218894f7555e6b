package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.store.ParquetStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial that fails or diverges is a row, the others run on, and the exit code says so. */
@Tag("slow")
class OutcomesTest {

  private static final Path STUDY = Path.of("src/test/resources/studies/outcomes");

  @TempDir private Path folder;

  @Test
  void failuresAndDivergencesAreRows() throws IOException, InterruptedException {
    Child first = run();
    assertThat(first.exit()).as(first.said()).isEqualTo(Exit.FAILED_TRIALS);
    assertThat(first.said())
        .contains("FAILED ")
        .contains("3/3 done, 1 diverged, 1 failed")
        .contains("1 completed, 1 diverged, 1 failed");

    Path run = only(folder.resolve("out"));
    List<Row> rows = ParquetStore.of(run).rows();
    assertThat(rows)
        .extracting(Row::outcome)
        .containsExactlyInAnyOrder("completed", "diverged", "failed");
    Row failed = rows.stream().filter(r -> r.outcome().equals("failed")).findFirst().orElseThrow();
    assertThat(Files.readString(run.resolve("logs/" + failed.id().brief() + ".log")))
        .contains("org.initlab.experiment.trial.TrainingRunner.run");

    Child again = run();
    assertThat(again.exit()).isEqualTo(Exit.FAILED_TRIALS);
    assertThat(again.said()).contains("3 trials, 2 done, 1 to run");

    Row completed =
        rows.stream().filter(r -> r.outcome().equals("completed")).findFirst().orElseThrow();
    Child rerun = Child.start(folder, "rerun", run.toString(), completed.id().brief());
    assertThat(rerun.exit()).as(rerun.said()).isZero();
    Child runs = Child.start(folder, "runs", folder.resolve("out").toString());
    assertThat(runs.exit()).as(runs.said()).isZero();
    assertThat(runs.said())
        .containsPattern(run.getFileName() + " +3 +1 +1 +1 +0:00:\\d\\d +20\\d\\d-.*KiB");

    assertThat(rerun.said()).containsPattern("Every one of \\d+ numbers equals the stored one");
  }

  private Child run() throws IOException {
    return Child.start(
        folder,
        "run",
        STUDY.toString(),
        "--out",
        folder.resolve("out").toString(),
        "--master",
        "local[2]");
  }

  private static Path only(Path out) throws IOException {
    try (Stream<Path> runs = Files.list(out)) {
      return runs.findFirst().orElseThrow();
    }
  }
}
