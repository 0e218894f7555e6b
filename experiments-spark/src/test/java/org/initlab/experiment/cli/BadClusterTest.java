package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that is not fit is told in words that mend it, soon, and nothing is left of it. */
class BadClusterTest {

  private static final Path SMOKE = Path.of("src/test/resources/studies/smoke");

  @RegisterExtension private final Said said = new Said();

  @TempDir private Path folder;

  @Test
  void anUnknownKeyIsNoCluster() throws IOException {
    assertThat(submit("spark.master spark://127.0.0.1:1\nspark.executor.core 2"))
        .isEqualTo(Exit.ENVIRONMENT);

    assertThat(said.toString())
        .contains(":2: key 'spark.executor.core'", "Maybe spark.executor.cores.");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void gpusOfALocalMasterAreRefusedWithTheReason() throws IOException {
    assertThat(submit("spark.master local[2]\nspark.task.resource.gpu.amount 1"))
        .isEqualTo(Exit.ENVIRONMENT);

    assertThat(said.toString()).contains("no executors that could own a GPU");
  }

  @Test
  void aMasterThatIsNotThereIsNamedWithWhatToDo() throws IOException {
    lay();

    assertThat(submit("spark.master spark://127.0.0.1:1,127.0.0.1:2")).isEqualTo(Exit.ENVIRONMENT);

    assertThat(said.toString())
        .contains("no master answers at 127.0.0.1:1 (Connection refused), 127.0.0.1:2")
        .contains("clusters/standalone start");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  @Tag("slow")
  void whatListensAndIsNoMasterIsToldFromOne() throws IOException {
    lay();
    long start = System.nanoTime();
    try (ServerSocket deaf = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      assertThat(submit("spark.master spark://127.0.0.1:" + deaf.getLocalPort()))
          .isEqualTo(Exit.ENVIRONMENT);
    }

    assertThat(said.toString()).contains("takes connections and is no master of a Spark 4.2");
    assertThat(folder.resolve("runs")).doesNotExist();
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(30);
  }

  @Test
  void aTimeOfTrialsThatRunInTheDriverIsRefused() throws IOException {
    lay();

    assertThat(submit("spark.master local[2]", "--trial-timeout", "90s")).isEqualTo(Exit.USAGE);

    assertThat(said.toString()).contains("--trial-timeout", "with a local master");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aTimeThatIsNoneIsRefused() throws IOException {
    lay();

    assertThat(submit("spark.master spark://127.0.0.1:1", "--trial-timeout", "90"))
        .isEqualTo(Exit.USAGE);

    assertThat(said.toString()).contains("--trial-timeout is '90'", "Maybe 90s.");
  }

  @Test
  void aDryRunPrintsTheCommandAndDoesNothing() throws IOException {
    lay();

    assertThat(submit("spark.master spark://127.0.0.1:1", "--dry-run", "--trial-timeout", "10m"))
        .isEqualTo(Exit.DONE);

    assertThat(said.toString())
        .startsWith("SPARK_HOME=" + folder.resolve("dist"))
        .contains("--deploy-mode client", "org.apache.spark.deploy.SparkSubmit")
        .contains("drive file://" + folder.resolve("runs/smoke-"))
        .contains("--trial-timeout 10m");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  @Tag("cluster")
  void anExecutorThatLacksJarsOrMayNotWriteIsNamed() throws IOException, InterruptedException {
    try (Standalone cluster = Standalone.start(folder, 0)) {
      Path bare = folder.resolve("bare");
      Distribution.lay(bare.resolve("dist/jars"));
      try (Stream<Path> jars = Files.list(bare.resolve("dist/jars"))) {
        for (Path jar : jars.toList()) {
          String name = jar.getFileName().toString();
          if (name.matches("(classes|init-core|gpu-config|nd4j|deeplearning4j).*")) {
            Files.delete(jar);
          }
        }
      }
      Process worker = cluster.worker(bare);
      try {
        Child child =
            cluster.initlab(
                "submit",
                SMOKE.toString(),
                "--out",
                folder.resolve("runs").toString(),
                "--cluster",
                cluster.file().toString());
        assertThat(child.exit()).as(child.said()).isEqualTo(Exit.ENVIRONMENT);

        assertThat(child.said()).contains("lacks jars").contains("clusters/standalone worker");
        assertThat(worker.toHandle().descendants().filter(ProcessHandle::isAlive)).isEmpty();

        Child nowhere =
            cluster.initlab(
                "submit",
                SMOKE.toString(),
                "--out",
                "/proc/nowhere",
                "--cluster",
                cluster.file().toString());
        assertThat(nowhere.exit()).isEqualTo(Exit.ENVIRONMENT);
        assertThat(nowhere.said()).contains("cannot write to", "/proc/nowhere", "--out");
      } finally {
        worker.destroyForcibly().waitFor();
      }
    }
  }

  /** The jars that submit looks for. */
  private void lay() throws IOException {
    Path jars = Files.createDirectories(folder.resolve("dist/jars"));
    Files.createFile(jars.resolve("experiments-spark-0.1.0.jar"));
  }

  private int submit(String cluster, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("cluster.conf"), cluster);
    String home = System.getProperty("initlab.home");
    System.setProperty("initlab.home", folder.toString());
    try {
      return Main.run(
          Stream.concat(
                  Stream.of(
                      "submit",
                      SMOKE.toString(),
                      "--out",
                      folder.resolve("runs").toString(),
                      "--cluster",
                      file.toString()),
                  Stream.of(more))
              .toArray(String[]::new));
    } finally {
      if (home == null) {
        System.clearProperty("initlab.home");
      } else {
        System.setProperty("initlab.home", home);
      }
    }
  }
}
