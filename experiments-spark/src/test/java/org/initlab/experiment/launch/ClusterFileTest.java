package org.initlab.experiment.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster file is read as Spark reads it, and refused where Spark would pass over a mistake. */
class ClusterFileTest {

  @TempDir private Path folder;

  @Test
  void theFilesThatComeWithInitLabAreGoodWithAndWithoutWhatIsInComments() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("../clusters"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".conf")).toList()) {
        assertThat(ClusterFile.read(file).master()).isNotEmpty();
        String all = Files.readString(file).replaceAll("(?m)^#(spark\\.)", "$1");
        assertThat(ClusterFile.read(file(all)).values())
            .hasSizeGreaterThan(ClusterFile.read(file).values().size());
      }
    }
  }

  @Test
  void bothFormsOfALineAreRead() throws Exception {
    ClusterFile file =
        ClusterFile.read(
            file("# a comment\nspark.master spark://a:7077,b:7077\n\nspark.executor.memory=2g\n"));

    assertThat(file.master()).isEqualTo("spark://a:7077,b:7077");
    assertThat(file.value("spark.executor.memory")).contains("2g");
    assertThat(file.deployMode()).isEqualTo("client");
  }

  @Test
  void anUnknownKeyNamesItsLineAndTheNearest() throws IOException {
    refused("spark.master local\nspark.executor.memmory 2g", ":2: key 'spark.executor.memmory'")
        .hasMessageContaining("Maybe spark.executor.memory.");
    refused("spark.master local\nspark.sql.shufle.partitions 2", ":2:")
        .hasMessageContaining("Maybe spark.sql.shuffle.partitions.");
    refused("spark.master local\nmemory 2g", ":2: key 'memory' is not one of Spark's.");
  }

  @Test
  void gpusAreAskedForByTheFileOrTheEnvironmentAndByNothingElse() throws Exception {
    ClusterFile silent = ClusterFile.read(file("spark.master yarn"));
    ClusterFile cpu =
        ClusterFile.read(file("spark.master yarn\nspark.executorEnv.INITLAB_BACKEND cpu"));

    assertThat(silent.asking(Map.of()).asksForGpus()).isFalse();
    assertThat(silent.asking(Map.of("INITLAB_BACKEND", "auto")).asksForGpus()).isTrue();
    assertThat(cpu.asking(Map.of("INITLAB_BACKEND", "cpu")).asksForGpus()).isFalse();
    assertThatThrownBy(() -> cpu.asking(Map.of("INITLAB_BACKEND", "cuda")))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(
            "INITLAB_BACKEND is 'cuda' here and spark.executorEnv.INITLAB_BACKEND is 'cpu' in ")
        .hasMessageContaining("Remove one of them.");
    assertThatThrownBy(() -> silent.asking(Map.of("INITLAB_BACKEND", "cudo")))
        .hasMessage("INITLAB_BACKEND is 'cudo'. Allowed: cpu, cuda, auto. Maybe cuda.");
    refused(
            "spark.master yarn\nspark.executorEnv.INITLAB_BACKEND gpu",
            ":2: spark.executorEnv.INITLAB_BACKEND is 'gpu'. Allowed: cpu, cuda, auto.")
        .isInstanceOf(ClusterException.class);
  }

  @Test
  void keysWithFreeEndingsAreTaken() throws Exception {
    ClusterFile file =
        ClusterFile.read(
            file(
                "spark.master yarn\nspark.executorEnv.FOO 1\nspark.hadoop.fs.s3a.endpoint x\n"
                    + "spark.task.resource.gpu.amount 1\nspark.speculation true\n"
                    + "spark.deploy.recoveryMode FILESYSTEM\nspark.sql.ansi.enabled true"));
    assertThat(file.values()).hasSize(7);
  }

  @Test
  void eachProblemIsToldAtOnce() throws IOException {
    refused("spark.nothing 1\nspark.master spark://a:1\nspark.master spark://b:1", ":1: key")
        .hasMessageContaining(":3: key 'spark.master' is there already, in line 2.");
  }

  @Test
  void aMasterIsRequiredAndMustBeOne() throws IOException {
    refused("spark.executor.memory 2g", "the key spark.master is missing");
    refused("spark.master 127.0.0.1:7077", "Maybe spark://127.0.0.1:7077.");
    refused("spark.master k8s://x", "needs spark.kubernetes.container.image");
    refused("spark.master yarn\nspark.submit.deployMode driver", ":2: spark.submit.deployMode");
  }

  @Test
  void aLocalMasterHasNoGpus() throws IOException {
    refused(
            "spark.master local[2]\nspark.executor.resource.gpu.amount 1",
            ":2: spark.executor.resource.gpu.amount is set, and the master is local[2].")
        .hasMessageContaining("no executors that could own a GPU");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ClusterFile.read(folder.resolve("none.conf")))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("none.conf. Maybe clusters/standalone.conf.");
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      String text, String says) throws IOException {
    Path file = file(text);
    return assertThatThrownBy(() -> ClusterFile.read(file))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(says)
        .hasMessageContaining(file.toString());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "cluster", ".conf"), text);
  }
}
