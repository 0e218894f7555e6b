package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.store.Place;
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
    study = quickstart(folder);
    Path out = folder.resolve("here");
    Child local =
        cluster.initlab("run", study.toString(), "--out", out.toString(), "--master", "local[2]");
    assertThat(local.exit()).as(local.said()).isZero();
    here = RunTables.of(out);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** The quickstart with fewer trials and updates. */
  static Path quickstart(Path folder) throws IOException {
    String text =
        Files.readString(Path.of("../studies/quickstart/study.yaml"))
            .replace("repeats: 3", "repeats: 1")
            .replace("steps: 100", "steps: 30")
            .replace("depth: [2, 4, 8]", "depth: [2, 8]")
            .replace("at: [0, 10, 30, 100]", "at: [0, 10, 30]");
    Path small = Files.createDirectories(folder.resolve("quickstart"));
    Files.writeString(small.resolve("study.yaml"), text);
    return small;
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
  void aRunOnHdfsLosesNothingWithADatanode() throws IOException, InterruptedException {
    try (Hdfs hdfs = Hdfs.start(folder, 2)) {
      Place out = Place.of(hdfs.uri() + "/runs");
      Child submitted = cluster.submit(study, out, cluster.file());
      while (submitted.process().isAlive() && !submitted.said().contains("to run on")) {
        Thread.sleep(50);
      }
      assertThat(hdfs.living()).as("before").isEqualTo(2);
      hdfs.killDatanode(1);

      assertThat(submitted.exit()).as(submitted.said()).isZero();

      RunFolder run = Runs.in(out).get(0);
      assertThat(RunTables.of(run.store())).isEqualTo(here);
      hdfs.waitForDatanodes(1);
      String uri = run.place().toString();
      assertThat(said("status", uri)).containsPattern("completed +16\\ndiverged +0\\nfailed +0\\n");
      assertThat(said("compact", uri)).contains("shards merged into");
      assertThat(RunTables.of(run.store())).isEqualTo(here);
      assertThat(said("compare", RunTables.only(folder.resolve("here")).toString(), uri))
          .containsPattern("no difference: (\\S+) of \\1 numbers equal bit for bit");
      String table = hdfs.uri() + "/tables/trials.csv";
      said("export", uri, "--to", table);
      assertThat(hdfs.text("/tables/trials.csv").lines()).hasSize(17); // a line above them
      Path report = folder.resolve("report-of-hdfs");
      said("report", uri, "--to", report.toString());
      assertThat(report.resolve("report/index.html")).exists();
    }
  }

  @Test
  void aFullDiskEndsARunWithTheReasonAndARunWithRoomGoesOn()
      throws IOException, InterruptedException {
    String hindrance = SmallDisk.hindrance(folder);
    if (!hindrance.isEmpty()) {
      System.err.println("NOT RUN: a disk that is full, since none can be made: " + hindrance);
    }
    assumeTrue(hindrance.isEmpty(), hindrance);
    Path out = Files.createDirectories(folder.resolve("small-disk"));
    try (SmallDisk disk = SmallDisk.mount(out, bytesOfShards(folder.resolve("here")) * 3 / 4)) {
      Child full = cluster.submit(study, out, cluster.file("spark.task.maxFailures 2"));
      assertThat(full.exit()).as(full.said()).isEqualTo(Exit.ENVIRONMENT);
      assertThat(full.said())
          .containsPattern(
              "Cannot write \\S*small-disk/\\S+parquet: No space left on device."
                  + " \\S+ of \\S+ MiB are free there.")
          .contains("the same command goes on from there");
      assertThat(RunTables.of(out)).isNotEmpty().hasSizeLessThan(16);

      disk.resize(1 << 24);
      Child more = cluster.submit(study, out, cluster.file());
      assertThat(more.exit()).as(more.said()).isZero();
      assertThat(RunTables.of(out)).isEqualTo(here);
    }
  }

  private static long bytesOfShards(Path out) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static String said(String... command) throws IOException, InterruptedException {
    Child child = cluster.initlab(command);
    assertThat(child.exit()).as(child.said()).isZero();
    return child.said();
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
