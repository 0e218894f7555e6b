package org.initlab.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;
import org.initlab.experiment.Study;
import org.initlab.init.Fans;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Weights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facade in this process, with what a notebook defines. */
@Tag("slow")
class LabTest {

  @TempDir static Path runs;

  @BeforeAll
  static void here() {
    System.setProperty("initlab.runs", runs.toString());
  }

  @AfterAll
  static void noMore() {
    System.clearProperty("initlab.runs");
  }

  private static Study study(String schemes, String metrics) {
    return Lab.study(
        """
        name: small
        question: Does it run?
        seed: 1
        repeats: 2
        fixed: {architecture: mlp, dataset: mnist-6k, depth: 2, width: 8, learning_rate: 0.1, steps: 3, test_examples: 20, probe_examples: 10}
        axes: {scheme: [%s]}
        measure: {metrics: [%s], at: [0, 3]}
        """
            .formatted(schemes, metrics));
  }

  /** Constant weights, so that what is measured is known. */
  private static Initializer constant(float value) {
    return (site, key) -> {
      Weights weights = Weights.zeros(site.shape());
      java.util.Arrays.fill(weights.values(), value);
      return weights;
    };
  }

  /** The mean of a layer's kernel before training says whose weights it has. */
  private static final class KernelMean implements Metric {
    @Override
    public String name() {
      return "kernel_mean";
    }

    @Override
    public String says() {
      return "mean of each kernel";
    }

    @Override
    public void measure(Snapshot at, MetricsSink sink) {
      double sum = 0;
      for (float w : at.weights(1)) {
        sum += w;
      }
      sink.record(name(), 1, sum / at.weights(1).length);
    }
  }

  @Test
  void drawsAreThoseOfTheTable() {
    Tensor tensor = Lab.draw("glorot_uniform", 100, 50, 7);
    assertThat(tensor.fans()).isEqualTo(new Fans(100, 50));
    assertThat(tensor.largest()).isBetween(0.19, 0.2);
    assertThat(tensor.shown().text()).contains("fan-in 100, fan-out 50", "4,952 more numbers");
    assertThat(Lab.draw("zeros", Lab.convolution(3, 3, 2, 4), 1).fans())
        .isEqualTo(new Fans(18, 36));
    assertThatThrownBy(() -> Lab.draw("glorot_unifrom", 1, 1, 1))
        .hasMessageEndingWith("Maybe glorot_uniform.");
    assertThatThrownBy(() -> Lab.theory("tahn")).hasMessageContaining("Maybe tanh.");
  }

  @Test
  void aKernelIsAppliedToRows() {
    Tensor ones = Lab.draw("ones", 3, 2, 1);
    assertThat(ones.apply(new float[][] {{1, 2, 3}})[0]).containsExactly(6, 6);
    assertThatThrownBy(() -> ones.apply(new float[][] {{1, 2}}))
        .hasMessageContaining("rows of 3 numbers");
  }

  @Test
  void whatANotebookDefinesTrainsInItsGrids() throws IOException {
    Lab.define("quarter", constant(0.25f));
    Lab.define(KernelMean::new);
    Study study = study("quarter, zeros", "kernel_mean, loss");
    try (Run run = Lab.run(study, "local[2]")) {
      Table means =
          run.sql(
              "SELECT scheme, avg(value) AS mean, count(*) AS n FROM results WHERE metric = 'kernel_mean' AND step = 0 GROUP BY scheme ORDER BY scheme");
      assertThat(means.texts("scheme")).containsExactly("quarter", "zeros");
      assertThat(means.numbers("mean")).containsExactly(0.25, 0);
      assertThat(means.numbers("n")).containsExactly(2, 2);
      assertThat(run.last("loss", "scheme").size()).isEqualTo(2);
      assertThat(run.shown().text()).contains("completed");
      assertThat(run.report().shown().text()).contains("4 planned: 4 completed");
      assertThatThrownBy(() -> run.sql("SELECT depht FROM trials"))
          .hasMessageContaining("The query failed");
    }
    // Another definition under the same name is not answered by what is stored.
    Lab.define("quarter", constant(0.5f));
    try (Run run = Lab.run(study, "local")) {
      assertThat(
              run.sql(
                      "SELECT avg(value) AS mean FROM results WHERE metric = 'kernel_mean' AND scheme = 'quarter' AND step = 0")
                  .number("mean"))
          .isEqualTo(0.5);
    }
  }

  @Test
  void aClusterIsRefusedWithTheReason() throws IOException {
    long before = entries();
    Lab.define("mine", constant(1));
    assertThatThrownBy(() -> Lab.run(study("mine", "loss"), "spark://host:7077"))
        .hasMessageContaining("mine, defined in this notebook")
        .hasMessageContaining("executors of spark://host:7077 could not load it");
    assertThatThrownBy(() -> Lab.run(study("zeros", "loss"), "spark://host:7077"))
        .hasMessageContaining("Maybe local[*].");
    assertThat(entries()).isEqualTo(before);
  }

  private static long entries() throws IOException {
    try (Stream<Path> all = Files.list(runs)) {
      return all.count();
    }
  }

  @Test
  void namesOfThePlatformAreNotTaken() {
    assertThatThrownBy(() -> Lab.define("glorot_uniform", constant(1)))
        .hasMessageContaining("Maybe my_glorot_uniform".replace("Maybe", "such as"));
    assertThatThrownBy(() -> Lab.define("My Scheme", constant(1)))
        .hasMessageContaining("small letters");
  }

  @Test
  void aStudyInACellNamesItsLine() {
    assertThatThrownBy(() -> study("glorot_unifrom", "loss"))
        .hasMessageStartingWith("the study, line 6:")
        .hasMessageContaining("Maybe glorot_uniform.");
  }

  @Test
  void openSaysWhatIsNoRunFolder() {
    assertThatThrownBy(() -> Lab.open(runs.toString())).hasMessageContaining("is not a run folder");
  }

  @Test
  void theoryAndModelsAnswer() throws IOException {
    assertThat(Lab.theory("tanh").critical(0).orElseThrow()).isCloseTo(1, within(1e-9));
    assertThat(Lab.theory("tanh").lengths(1, 0, 1, 3))
        .hasSize(4)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(Lab.theory("tanh").phaseDiagram().table().size()).isGreaterThan(41 * 41);
    Inspected model = Lab.inspect("models/deep-tanh.json");
    assertThat(model.verdict().healthy()).isFalse();
    assertThat(model.shown().text()).contains("UNHEALTHY", "hidden_10", "Maybe he_normal");
    assertThat(model.signals("s").table().numbers("size")).hasSize(22);
    assertThat(Lab.describe("glorot_uniform").shown().text()).contains("fan");
    assertThatThrownBy(() -> Lab.inspect("models/none.json"))
        .hasMessageContaining("There is no file");
  }

  @Test
  void checksSpeakOrFail() {
    Check.near("pi", Math.PI, 3.14, 0.01);
    assertThatThrownBy(() -> Check.near("pi", 3, 3.14, 0.01))
        .hasMessage("This does not hold: pi is 3, expected 3.14 within 0.01");
    assertThatThrownBy(() -> Check.near("nan", Double.NaN, 0, 1))
        .hasMessageContaining("nan is NaN");
  }

  @Test
  void normalNumbersAreThoseOfTheLaw() {
    float[] first = new float[5];
    new Law.Normal().fill(org.initlab.init.random.Key.of(3).at("row", 0), 1, first);
    assertThat(Lab.normal(2, 5, 3)[0]).containsExactly(first);
    assertThat(List.of(Lab.normal(2, 5, 3)[1])).isNotEqualTo(List.of(first));
  }
}
