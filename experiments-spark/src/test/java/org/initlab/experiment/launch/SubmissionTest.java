package org.initlab.experiment.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is started for each kind of cluster, from the user's own Spark and from InitLab's jars. */
class SubmissionTest {

  private static final List<String> ARGUMENTS = List.of("drive", "hdfs://n/runs/s-1a2b3c4d");

  @TempDir private Path folder;

  private Path dist;
  private Path home;

  @BeforeEach
  void lay() throws IOException {
    dist = folder.resolve("dist");
    jars(
        dist,
        "spark-core_2.13-4.2.0.jar",
        "experiments-spark-0.1.0-SNAPSHOT.jar",
        "init-core-0.1.0-SNAPSHOT.jar",
        "guava-32.0.0-jre.jar",
        "nd4j-native-1.0.0-M2.1.jar",
        "nd4j-native-1.0.0-M2.1-linux-x86_64.jar",
        "jackson-databind-2.21.2.jar");
    home = folder.resolve("spark");
    jars(home, "spark-core_2.13-4.2.1.jar", "guava-33.4.0-jre.jar", "jackson-databind-2.20.0.jar");
    Path submit =
        Files.createFile(Files.createDirectories(home.resolve("bin")).resolve("spark-submit"));
    assertThat(submit.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void withoutASparkOfTheUserTheJarsOfTheBuildSubmit() throws Exception {
    Submission submission =
        submission(
            Map.of(),
            "spark.master spark://a:7077\nspark.driver.extraJavaOptions -Dq=\"1 2\"  -Xss2m",
            "client");

    assertThat(submission.environment())
        .containsEntry("SPARK_HOME", dist.toString())
        .containsEntry("SPARK_SCALA_VERSION", "2.13");
    assertThat(submission.command())
        .containsSubsequence("-Dq=1 2", "-Xss2m", "-Da=b c", "-cp", dist + "/jars/*")
        .containsSubsequence(
            "org.apache.spark.deploy.SparkSubmit",
            "--deploy-mode",
            "client",
            "--class",
            "org.initlab.experiment.cli.Main")
        .contains("spark.plugins=" + DevicePlugin.class.getName())
        .doesNotContain("--jars")
        .endsWith(dist + "/jars/experiments-spark-0.1.0-SNAPSHOT.jar", "drive", ARGUMENTS.get(1));
    assertThat(submission.text()).startsWith("SPARK_HOME=" + dist).contains("'-Da=b c'");
  }

  @Test
  void driverAndExecutorsStartOnTheArchiveOfClasses() throws Exception {
    Path archive = Files.createFile(dist.resolve("classes.jsa"));
    Path first = Files.createFile(dist.resolve("jars/slf4j-api-2.0.17.jar"));
    String taken = "-XX:SharedArchiveFile=" + archive;
    String quiet = "-Xlog:cds=off";

    List<String> standalone =
        submission(
                Map.of(),
                "spark.master spark://a:7077\nspark.executor.extraJavaOptions -Dx=y",
                "client")
            .command();
    assertThat(standalone)
        .containsSubsequence(taken, quiet, "-cp", first + File.pathSeparator + dist + "/jars/*")
        .anyMatch(
            word ->
                word.startsWith("spark.executor.extraJavaOptions=" + taken + " " + quiet)
                    && word.contains(" -XX:+AlwaysPreTouch -Dx=y -Dlog4j2."));
    // Under YARN executors have another class path; another Spark has other jars.
    assertThat(submission(Map.of(), "spark.master yarn", "client").command())
        .contains(taken)
        .noneMatch(word -> word.startsWith("spark.executor.") && word.contains(taken));
    assertThat(
            submission(
                    Map.of("SPARK_HOME", home.toString()), "spark.master spark://a:7077", "client")
                .command())
        .noneMatch(word -> word.contains(taken));
  }

  @Test
  void theDriverSeesHadoopsSiteFiles() throws Exception {
    Submission submission =
        submission(
            Map.of("HADOOP_CONF_DIR", "/etc/hadoop"), "spark.master spark://a:7077", "client");

    assertThat(submission.command())
        .containsSubsequence("-cp", "/etc/hadoop" + File.pathSeparator + dist + "/jars/*");
  }

  @Test
  void theUsersSparkGetsTheJarsThatItLacks() throws Exception {
    Submission submission =
        submission(
            Map.of("SPARK_HOME", home.toString()),
            "spark.master yarn\nspark.plugins a.B\nspark.executor.extraJavaOptions -Dx=y\n"
                + "spark.driver.extraJavaOptions -Dd=e",
            "cluster");

    assertThat(submission.command()).startsWith(home + "/bin/spark-submit", "--properties-file");
    assertThat(submission.command().get(submission.command().indexOf("--jars") + 1))
        .isEqualTo(
            String.join(
                ",",
                dist + "/jars/init-core-0.1.0-SNAPSHOT.jar",
                dist + "/jars/nd4j-native-1.0.0-M2.1-linux-x86_64.jar",
                dist + "/jars/nd4j-native-1.0.0-M2.1.jar"));
    assertThat(submission.command())
        .containsSubsequence(
            "--deploy-mode", "cluster", "--driver-java-options", "-Dd=e \"-Da=b c\"")
        .contains("spark.plugins=a.B," + DevicePlugin.class.getName())
        .anyMatch(
            word ->
                word.startsWith("spark.executor.extraJavaOptions=")
                    && word.contains(" -Dx=y -Dlog4j2."));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'', -Xms1024m -XX:+AlwaysPreTouch -Dlog",
    "spark.executor.memory 3g, -Xms3072m -XX:+AlwaysPreTouch -Dlog",
    "spark.executor.memory 640, -Xms640m -XX:+AlwaysPreTouch -Dlog",
    "spark.executor.memory much, -Dlog",
    "spark.executor.extraJavaOptions -XX:-AlwaysPreTouch, -XX:-AlwaysPreTouch -Dlog",
    "spark.executor.extraJavaOptions -Xms1m, -Xms1m -Dlog"
  })
  void anExecutorTakesItsHeapWhenItStarts(String says, String options) throws Exception {
    assertThat(submission(Map.of(), "spark.master spark://a:7077\n" + says, "client").command())
        .anyMatch(word -> word.startsWith("spark.executor.extraJavaOptions=" + options));
  }

  @Test
  void whatIsInTheImageDoesNotTravel() throws Exception {
    Submission submission =
        submission(
            Map.of("SPARK_HOME", home.toString()),
            "spark.master k8s://https://k:6443\nspark.kubernetes.container.image i\n"
                + "spark.initlab.ship false",
            "cluster");

    assertThat(submission.command())
        .doesNotContain("--jars")
        .contains("local:///opt/spark/jars/experiments-spark-0.1.0-SNAPSHOT.jar");
  }

  @Test
  void kubernetesNeedsASparkOfTheUser() {
    String master = "k8s://https://k:6443\nspark.kubernetes.container.image i";
    assertThatThrownBy(() -> submission(Map.of(), "spark.master " + master, "client"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("does not come with InitLab. Set SPARK_HOME to a Spark 4.2");
  }

  @Test
  void anotherFolderOrAnotherSparkIsRefused() throws IOException {
    refused(folder.resolve("nowhere"), "there is no program bin/spark-submit");
    Files.move(
        home.resolve("jars/spark-core_2.13-4.2.1.jar"),
        home.resolve("jars/spark-core_2.13-3.5.1.jar"));
    refused(home, "which is Spark 3.5.1; driver and executors talk in the words of Spark 4.2.");
    Files.move(
        home.resolve("jars/spark-core_2.13-3.5.1.jar"),
        home.resolve("jars/spark-core_2.12-3.5.1.jar"));
    refused(home, "no spark-core for Scala 2.13");
  }

  @Test
  void executorsAreToldTheEnvironmentsWishForGpus() throws Exception {
    ClusterFile file =
        ClusterFile.read(
            Files.writeString(folder.resolve("silent.conf"), "spark.master spark://a:1"));
    SparkHome home = SparkHome.of(Map.of(), dist, file);
    ClusterFile asking = file.asking(Map.of("INITLAB_BACKEND", "cuda"));

    assertThat(Submission.of(home, asking, "s", "client", List.of(), ARGUMENTS).command())
        .containsSubsequence("--conf", "spark.executorEnv.INITLAB_BACKEND=cuda");
    assertThat(Submission.of(home, file, "s", "client", List.of(), ARGUMENTS).text())
        .doesNotContain("INITLAB_BACKEND");
  }

  private void refused(Path spark, String says) {
    assertThatThrownBy(
            () ->
                submission(
                    Map.of("SPARK_HOME", spark.toString()), "spark.master spark://a:1", "client"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("SPARK_HOME is " + spark)
        .hasMessageContaining(says)
        .hasMessageContaining("or unset it");
  }

  private Submission submission(Map<String, String> environment, String text, String mode)
      throws IOException, ClusterException {
    ClusterFile file =
        ClusterFile.read(Files.writeString(Files.createTempFile(folder, "c", ".conf"), text));
    return Submission.of(
        SparkHome.of(environment, dist, file),
        file,
        "initlab s",
        mode,
        List.of("-Da=b c"),
        ARGUMENTS);
  }

  private static void jars(Path home, String... names) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (String name : names) {
      Files.createFile(jars.resolve(name));
    }
  }
}
