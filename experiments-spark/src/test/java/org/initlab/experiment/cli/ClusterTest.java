package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.store.RunFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study on a master and two workers gives the numbers of one process, to the bit. */
@Tag("cluster")
class ClusterTest {

  private static final String SECRET = "not-for-any-log-or-table";

  @TempDir private static Path folder;

  private static Standalone cluster;
  private static Path study;
  private static Map<TrialId, List<Object>> here;

  @BeforeAll
  static void runHere() throws IOException, InterruptedException {
    cluster = Standalone.start(folder, 2);
    SmallQuickstart local = SmallQuickstart.run(folder, cluster::initlab);
    study = local.study();
    here = local.trials();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void theQuickstartIsTheSameOnTwoWorkers() throws IOException, InterruptedException {
    Path out = folder.resolve("there");
    Child submitted = submit(out, cluster.file("spark.hadoop.fs.s3a.secret.key " + SECRET));

    assertThat(submitted.exit()).as(submitted.said()).isZero();

    assertThat(RunTables.of(out)).isEqualTo(here).hasSize(16);
    assertThat(submitted.said()).contains("16 to run on 2 executors with 2 cores");
    assertThat(RunTables.only(out).resolve("report/index.html")).exists();
    Map<String, String> facts = Provenances.latest(RunFolder.of(RunTables.only(out)));
    assertThat(facts.get("Spark")).contains(cluster.address());
    assertThat(facts.get("executor 0 on 127.0.0.1, executor 1 on 127.0.0.1"))
        .contains("2 cores for trials", facts.get("OpenBLAS core"));

    Child again = cluster.submit(study, out, cluster.file());
    assertThat(again.exit()).as(again.said()).isZero();
    assertThat(again.said()).contains("16 trials, 16 done, 0 to run");

    assertThat(submitted.said()).doesNotContain(SECRET);
    try (Stream<Path> files = Files.walk(out)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSizeGreaterThan(5) // shards, provenance, study, report
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain(SECRET));
    }
  }

  @Test
  void aSecondCopyOfSlowTasksChangesNothing() throws IOException, InterruptedException {
    Path out = folder.resolve("speculation");
    Child submitted =
        cluster.submit(
            study,
            out,
            cluster.file(
                "spark.speculation true",
                "spark.speculation.interval 50ms",
                "spark.speculation.multiplier 1.01",
                "spark.speculation.quantile 0.1",
                "spark.speculation.minTaskRuntime 10ms"));

    assertThat(submitted.exit()).as(submitted.said()).isZero();

    assertThat(RunTables.of(out)).isEqualTo(here);
  }

  @Test
  void aMachineOfTheClusterRunsTheDriver() throws IOException, InterruptedException {
    Path out = folder.resolve("cluster-mode");
    Path file = cluster.file("spark.standalone.submit.waitAppCompletion true", "spark.cores.max 1");
    Child submitted = cluster.submit(study, out, file, "--deploy-mode", "cluster");

    assertThat(submitted.exit()).as(submitted.said()).isZero();

    assertThat(RunTables.of(out)).isEqualTo(here);
  }

  @Test
  void aDoctorLooksOverEachExecutor() throws IOException, InterruptedException {
    Child doctor = cluster.initlab("doctor", "--cluster", cluster.file().toString());

    assertThat(doctor.exit()).as(doctor.said()).isZero();

    for (String executor : List.of("executor 0", "executor 1")) {
      assertThat(doctor.said())
          .containsPattern(
              "GOOD +"
                  + executor
                  + " on 127.0.0.1: .*OpenBLAS core .*1 thread a trial.*cores for trials 1; dl4j"
                  + " \\d+ updates/s; fused \\d+ updates/s; .*numbers the same as here");
    }
  }

  private static Child submit(Path out, Path file) throws IOException {
    return cluster.initlab(
        "submit", study.toString(), "--out", out.toString(), "--cluster", file.toString());
  }
}
