package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.trial.Cost;
import org.initlab.experiment.trial.Engines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Studies of convolutional networks: what is read, and what is refused before any trial. */
class ConvolutionStudiesTest {

  @TempDir private Path folder;

  private Study study(String metrics, String... lines) throws IOException, StudyException {
    Path file = folder.resolve("convolutions").resolve("study.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        question: Do convolutions learn?
        seed: 1
        repeats: 1
        fixed:
          dataset: mnist-6k
          scheme: he_normal
          activation: relu
          learning_rate: 0.05
          steps: 4
          width: 4
          depth: 4
          %s
        axes:
          batch: [10]
        measure: {metrics: [%s], at: [0]}
        """
            .formatted(String.join("\n  ", lines), metrics));
    return StudyFile.read(file, Optional.empty(), Vocabulary.known());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "architecture: cnn    | halvings: 5       | halvings 5 of a cnn of depth 4 leaves a group without a convolution. Allowed: at most 4.",
        "architecture: cnn    | padding: circulr  | padding 'circulr' is not known. Allowed: same, valid, circular. Maybe circular.",
        "architecture: cnn    | kernel: 0         | kernel 0 is out of range.",
        "architecture: cnn    | head: flaten      | Maybe flatten.",
        "architecture: cnn    | downsampling: max | Allowed: max_pool, average_pool, stride.",
        "architecture: resnet | kernel: 3         | Allowed: mlp, residual_mlp, gated_residual_mlp, rezero_mlp, cnn, vanilla_cnn, residual_cnn, gated_residual_cnn.",
        "architecture: cnn    | calibrator: lsvu  | Maybe lsuv.",
        "architecture: cnn    | calibrator: decoupled | calibrator decoupled knows kernels that are matrices, and this network has convolutions.",
        "architecture: cnn    | engine: stacked   | engine stacked does not run architecture cnn with padding same",
      })
  void whatCannotBeRunIsRefused(String architecture, String line, String says) {
    assertThatThrownBy(() -> study("loss", architecture, line))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining(says);
  }

  @Test
  void aWindowThatDoesNotFitIsRefused() {
    assertThatThrownBy(
            () -> study("loss", "architecture: cnn", "padding: valid", "kernel: 9", "halvings: 1"))
        .hasMessageContaining(
            "architecture cnn is not possible. A kernel of 9 does not fit into an image of 4x4x4"
                + " with padding valid.");
  }

  @Test
  void dl4jHasNoCircularPadding() {
    assertThatThrownBy(
            () -> study("loss", "architecture: cnn", "padding: circular", "engine: dl4j"))
        .hasMessageContaining("engine dl4j does not run architecture cnn with padding circular")
        .hasMessageContaining("Allowed: fused.");
  }

  @Test
  void aMetricWithoutMeaningIsRefused() {
    assertThatThrownBy(() -> study("loss, jacobian_singular_values", "architecture: cnn"))
        .hasMessageContaining("study.yaml:15: metric jacobian_singular_values takes kernels")
        .hasMessageContaining("Maybe gradient_moments.");
  }

  @ParameterizedTest
  @CsvSource({"lsuv", "within_layer", "metainit", "gradinit"})
  void calibratorsAreAccepted(String calibrator) throws Exception {
    Study study =
        study("loss, gradient_quotient", "architecture: cnn", "calibrator: " + calibrator);
    assertThat(Engines.objection(study.trials().get(0))).isEmpty();
  }

  @Test
  void autoTakesTheFusedEngineAndKnowsItsCost() throws Exception {
    Trial trial =
        study("loss, gradient_moments", "architecture: cnn", "halvings: 1").trials().get(0);
    assertThat(Engines.of(trial).name()).isEqualTo("fused");
    assertThat(Engines.reason(trial)).isEqualTo("the fastest of fused, dl4j");
    // Four updates of 10: convolutions 1-4, 4-4 (thrice) at 28x28 places, then 784 to 10.
    double forward = 784 * (9 * 4 + 3 * 9 * 16) + 7840;
    double first = 784 * 9 * 4;
    // A look at 1,000 held-out examples, of which the first 300 are sent back, too.
    double looks = forward * (2 * 1000 + 4 * 300);
    assertThat(Cost.of(trial).flops()).isEqualTo(4 * 10 * (6 * forward - 2 * first) + looks);
  }
}
