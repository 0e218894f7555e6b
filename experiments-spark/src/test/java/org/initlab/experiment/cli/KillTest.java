package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.store.ParquetStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed: nothing finished is lost, nothing is done twice. */
@Tag("slow")
class KillTest {

  private static final Path SMOKE = Path.of("src/test/resources/studies/smoke");

  @TempDir private Path folder;

  @Test
  void aKilledRunResumesToTheSameTables() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    Child undisturbed = run(whole, "local[2]");
    assertThat(undisturbed.exit()).as(undisturbed.said()).isZero();

    Path killed = folder.resolve("killed");
    Child victim = run(killed, "local[1]");
    Path shards = waitForShards(killed, 2, victim);
    victim.process().destroyForcibly().waitFor();
    Set<TrialId> finished = ParquetStore.of(shards.getParent()).finished();
    assertThat(finished).as(victim.said()).isNotEmpty().hasSizeLessThan(36);
    List<String> before = names(shards);

    Child resumed = run(killed, "local[1]");
    assertThat(resumed.exit()).as(resumed.said()).isZero();

    assertThat(resumed.said())
        .contains("36 trials, " + finished.size() + " done, " + (36 - finished.size()) + " to run");
    assertThat(names(shards)).containsAll(before);
    assertThat(RunTables.of(killed)).isEqualTo(RunTables.of(whole)).hasSize(36);

    Child again = run(killed, "local[1]");
    assertThat(again.exit()).isZero();
    assertThat(again.said()).contains("All 36 trials of smoke are done.");
  }

  private Child run(Path out, String master) throws IOException {
    return Child.start(
        folder, "run", SMOKE.toString(), "--out", out.toString(), "--master", master);
  }

  private static Path waitForShards(Path out, int count, Child child)
      throws IOException, InterruptedException {
    for (int i = 0; i < 1200 && child.process().isAlive(); i++) {
      Path shards = Files.isDirectory(out) ? RunTables.only(out).resolve("trials") : out;
      if (Files.isDirectory(shards) && names(shards).size() >= count) {
        return shards;
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("The run ended or hung before it was killed: " + child.said());
  }

  private static List<String> names(Path shards) throws IOException {
    try (Stream<Path> files = Files.list(shards)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.startsWith("part-"))
          .sorted()
          .toList();
    }
  }
}
