package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run loses nothing with a part of what stores it: a datanode of HDFS, the room on a disk. */
@Tag("cluster")
class ClusterStorageTest {

  @TempDir private static Path folder;

  private static Standalone cluster;
  private static SmallQuickstart local;

  @BeforeAll
  static void runHere() throws IOException, InterruptedException {
    cluster = Standalone.start(folder, 2);
    local = SmallQuickstart.run(folder, cluster::initlab);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aRunOnHdfsLosesNothingWithADatanode() throws IOException, InterruptedException {
    try (Hdfs hdfs = Hdfs.start(folder, 2)) {
      Place out = Place.of(hdfs.uri() + "/runs");
      Child submitted = cluster.submit(local.study(), out, cluster.file());
      while (submitted.process().isAlive() && !submitted.said().contains("to run on")) {
        Thread.sleep(50);
      }
      assertThat(hdfs.living()).as("before").isEqualTo(2);
      hdfs.killDatanode(1);

      assertThat(submitted.exit()).as(submitted.said()).isZero();

      RunFolder run = Runs.in(out).get(0);
      assertThat(RunTables.of(run.store())).isEqualTo(local.trials());
      hdfs.waitForDatanodes(1);
      String uri = run.place().toString();
      assertThat(said("status", uri)).containsPattern("completed +16\\ndiverged +0\\nfailed +0\\n");
      assertThat(said("compact", uri)).contains("shards merged into");
      assertThat(RunTables.of(run.store())).isEqualTo(local.trials());
      assertThat(said("compare", RunTables.only(local.out()).toString(), uri))
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
    try (SmallDisk disk = SmallDisk.mount(out, bytesOfShards(local.out()) * 3 / 4)) {
      Child full = cluster.submit(local.study(), out, cluster.file("spark.task.maxFailures 2"));
      assertThat(full.exit()).as(full.said()).isEqualTo(Exit.ENVIRONMENT);
      assertThat(full.said())
          .containsPattern(
              "Cannot write \\S*small-disk/\\S+parquet: No space left on device."
                  + " \\S+ of \\S+ MiB are free there.")
          .contains("the same command goes on from there");
      assertThat(RunTables.of(out)).isNotEmpty().hasSizeLessThan(16);

      disk.resize(1 << 24);
      Child more = cluster.submit(local.study(), out, cluster.file());
      assertThat(more.exit()).as(more.said()).isZero();
      assertThat(RunTables.of(out)).isEqualTo(local.trials());
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
}
