package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.initlab.experiment.TrialId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 at random moments: nothing is lost, nothing is there twice. Rounds are seeded by their
 * number; {@code -Dinitlab.faults=4} runs fewer of them.
 */
@Tag("cluster")
class FaultsTest {

  private static final int ROUNDS = Integer.getInteger("initlab.faults", 20);

  /** The kill falls into the time in which trials run, or shortly behind. */
  private static final int LATEST_MILLIS = 5_000;

  private static final String STUDY =
      """
      question: Is a killed machine noticed in the tables?
      seed: 11
      repeats: 25
      fixed:
        architecture: mlp
        dataset: shapeset-3x2
        learning_rate: 0.05
        batch: 10
        steps: 400
        test_examples: 50
        probe_examples: 20
      axes:
        scheme: [standard, glorot_uniform]
        depth: [1, 3]
        width: [8, 16]
      measure:
        metrics: [loss, activation_moments]
        at: [0, 400]
      """;

  private enum Victim {
    EXECUTOR,
    WORKER,
    DRIVER,
    MASTER
  }

  @TempDir private Path folder;

  @Test
  void nothingIsLostAndNothingIsTwice() throws IOException, InterruptedException {
    Path study = Files.createDirectories(folder.resolve("grid"));
    Files.writeString(study.resolve("study.yaml"), STUDY);
    List<String> account = new ArrayList<>();
    try (Standalone cluster = Standalone.start(folder, 2)) {
      Path whole = folder.resolve("whole");
      Child undisturbed = cluster.submit(study, whole, cluster.file());
      assertThat(undisturbed.exit()).as(undisturbed.said()).isZero();
      Map<TrialId, List<Object>> table = RunTables.of(whole);
      assertThat(table).hasSize(200);

      for (int round = 0; round < ROUNDS; round++) {
        Random random = new Random(1000 + round);
        Victim victim = Victim.values()[round % Victim.values().length];
        Path out = folder.resolve("round-" + round);
        String what = "round " + round + ", " + victim;
        Child child = cluster.submit(study, out, cluster.file());
        waitFor(child, "to run on");
        while (round % 3 != 1 && child.process().isAlive() && RunTables.stored(out) == 0) {
          Thread.sleep(20); // two kills of three find something stored
        }
        Thread.sleep(random.nextInt(LATEST_MILLIS));
        int before = RunTables.stored(out);
        kill(victim, cluster, child, random);
        int exit = child.exit();
        if (victim == Victim.DRIVER) {
          child = cluster.submit(study, out, cluster.file());
          exit = child.exit();
        }
        assertThat(exit).as(what + ": " + child.said()).isZero();
        assertThat(RunTables.of(out)).as(what).isEqualTo(table);
        account.add(what + ", with " + before + " shards stored: nothing lost or twice");
        System.out.println(account.get(account.size() - 1));
      }
    }
    assertThat(account).hasSize(ROUNDS);
  }

  private static void kill(Victim victim, Standalone cluster, Child child, Random random)
      throws IOException, InterruptedException {
    switch (victim) {
      case EXECUTOR -> {
        List<ProcessHandle> executors = cluster.executors();
        if (!executors.isEmpty()) { // all is done already
          executors.get(random.nextInt(executors.size())).destroyForcibly();
        }
      }
      case MASTER -> cluster.replaceMaster();
      case WORKER -> cluster.replaceWorker(random.nextInt(2));
      case DRIVER ->
          child.process().toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static void waitFor(Child child, String text) throws IOException, InterruptedException {
    while (child.process().isAlive() && !child.said().contains(text)) {
      Thread.sleep(50);
    }
    assertThat(child.said()).contains(text);
  }
}
