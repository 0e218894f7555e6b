package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.initlab.experiment.TrialId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study on YARN gives the numbers of one process, to the bit. */
@Tag("cluster")
class YarnTest {

  @TempDir private static Path folder;

  private static YarnCluster yarn;
  private static Path study;
  private static Map<TrialId, List<Object>> here;

  @BeforeAll
  static void runHere() throws IOException, InterruptedException {
    yarn = YarnCluster.start(folder);
    SmallQuickstart local = SmallQuickstart.run(folder, yarn::initlab);
    study = local.study();
    here = local.trials();
  }

  @AfterAll
  static void stop() {
    yarn.close();
  }

  @Test
  void aKilledContainerChangesNothing() throws IOException, InterruptedException {
    Path out = folder.resolve("client");
    Child submitted = yarn.submit(study, out, "client");
    while (submitted.process().isAlive() && !submitted.said().contains("to run on 2 executors")) {
      Thread.sleep(20);
    }
    List<ProcessHandle> executors = yarn.executors();
    assertThat(executors).as(submitted.said()).hasSize(2);
    executors.get(0).destroyForcibly();

    assertThat(submitted.exit()).as(submitted.said()).isZero();

    assertThat(RunTables.of(out)).isEqualTo(here).hasSize(16);
  }

  @Test
  void theApplicationMasterRunsTheDriverAndEndsWell() throws IOException, InterruptedException {
    Path out = folder.resolve("cluster");
    Child submitted = yarn.submit(study, out, "cluster");

    assertThat(submitted.exit()).as(submitted.said()).isZero();

    assertThat(RunTables.of(out)).isEqualTo(here);
    // A driver that exits by itself is a crash to YARN, and is tried again.
    assertThat(yarn.ask("apps"))
        .contains("\"finalStatus\":\"SUCCEEDED\"")
        .doesNotContain("\"finalStatus\":\"FAILED\"");
  }
}
