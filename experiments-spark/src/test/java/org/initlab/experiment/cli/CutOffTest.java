package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.initlab.experiment.TrialId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine is cut off from the network during a run and comes back, its executor alive all the
 * while and at work: the tables are those of an undisturbed run.
 */
@Tag("cluster")
class CutOffTest {

  private static final String STUDY =
      """
      question: Is a machine that was away noticed in the tables?
      seed: 12
      repeats: 10
      fixed:
        architecture: mlp
        dataset: shapeset-3x2
        engine: dl4j
        width: 32
        learning_rate: 0.05
        batch: 10
        steps: 300
        test_examples: 50
        probe_examples: 20
      axes:
        scheme: [standard, glorot_uniform]
        depth: [1, 3]
      measure:
        metrics: [loss]
        at: [0, 300]
      """;

  /** A silent executor is lost after 6 seconds, and not after 2 minutes. */
  private static final String[] IMPATIENT = {
    "spark.network.timeout 6s",
    "spark.network.timeoutInterval 1s",
    "spark.executor.heartbeatInterval 1s",
  };

  @TempDir private Path folder;

  @Test
  void aMachineThatWasAwayChangesNothing() throws IOException, InterruptedException {
    String hindrance = Network.hindrance();
    if (!hindrance.isEmpty()) {
      System.err.println(
          "NOT RUN: machines that are cut off, since this one allows none: " + hindrance);
    }
    assumeTrue(hindrance.isEmpty(), hindrance);
    Path study = Files.createDirectories(folder.resolve("grid"));
    Files.writeString(study.resolve("study.yaml"), STUDY);
    try (Network network = Network.of(2);
        Standalone cluster = Standalone.start(folder, network.here(), network.hosts())) {
      Path out = folder.resolve("cut");
      Child child = cluster.submit(study, out, cluster.file(IMPATIENT));
      await(child, () -> child.said().contains("to run on 2 executors"));
      await(child, () -> RunTables.stored(out) > 0);
      network.cut(1);
      await(child, () -> child.said().contains("is lost"));
      network.mend(1);
      assertThat(child.process().isAlive()).as("at work when it came back").isTrue();

      assertThat(child.exit()).as(child.said()).isZero();

      Path whole = folder.resolve("whole");
      Child undisturbed =
          cluster.initlab(
              "run", study.toString(), "--out", whole.toString(), "--master", "local[2]");
      assertThat(undisturbed.exit()).as(undisturbed.said()).isZero();
      Map<TrialId, List<Object>> table = RunTables.of(whole);
      assertThat(RunTables.of(out)).isEqualTo(table).hasSize(40);
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Child child, Condition condition)
      throws IOException, InterruptedException {
    while (child.process().isAlive() && !condition.holds()) {
      Thread.sleep(20);
    }
    assertThat(condition.holds()).as(child.said()).isTrue();
  }
}
