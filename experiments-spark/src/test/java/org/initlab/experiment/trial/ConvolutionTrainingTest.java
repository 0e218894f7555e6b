package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.TrialResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the papers say of convolutional networks, on a small scale. */
@Tag("slow")
class ConvolutionTrainingTest {

  private static TrialResult run(String architecture, String steps, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "engine",
                "fused",
                "architecture",
                architecture,
                "width",
                "8",
                "steps",
                steps,
                "batch",
                "20",
                "test_examples",
                "200",
                "probe_examples",
                "20"));
    all.addAll(List.of(more));
    return Trials.run(
        Trials.of(
            List.of("loss", "error", "activation_moments", "gradient_moments", "saturation"),
            List.of(0L, Long.parseLong(steps)),
            all.toArray(String[]::new)));
  }

  @ParameterizedTest
  @CsvSource({
    "cnn, he_normal, same, 0.05",
    "vanilla_cnn, orthogonal, circular, 0.05",
    "residual_cnn, fixup, same, 0.005",
    "gated_residual_cnn, skipinit, valid, 0.05",
  })
  void theyLearn(String architecture, String scheme, String padding, String rate) {
    String kernel = padding.equals("valid") ? "1" : "3"; // what keeps a stream's size
    TrialResult result =
        run(
            architecture,
            "80",
            "scheme",
            scheme,
            "padding",
            padding,
            "kernel",
            kernel,
            "activation",
            "relu",
            "learning_rate",
            rate,
            "depth",
            "2");
    assertThat(result.outcome()).isEqualTo(new Outcome.Completed());
    assertThat(Trials.value(result, "loss", 80, 0))
        .isLessThan(0.8 * Trials.value(result, "loss", 0, 0));
  }

  /** Xiao et al. 2018, section 3: a delta-orthogonal convolution keeps the norm of every image. */
  @Test
  void deltaOrthogonalConvolutionsKeepTheNorm() {
    TrialResult result =
        run(
            "vanilla_cnn",
            "0",
            "scheme",
            "by_role(input=delta_orthogonal, hidden=delta_orthogonal, output=lecun_normal)",
            "padding",
            "circular",
            "activation",
            "identity",
            "depth",
            "30",
            "halvings",
            "0",
            "width",
            "4");
    double first = Trials.value(result, "activation_moments/second_moment", 0, 1);
    assertThat(first).isPositive();
    for (int layer = 2; layer <= 31; layer++) {
      assertThat(Trials.value(result, "activation_moments/second_moment", 0, layer))
          .isCloseTo(first, within(1e-5 * first));
    }
  }

  /** He et al. 2015, equation 10: n Var[w] = 2 keeps a rectifier network's signal, 1 halves it. */
  @Test
  void glorotsSignalHalvesWhereHesStays() {
    double[] change = new double[2];
    String[] schemes = {"he_normal", "lecun_normal"};
    for (int i = 0; i < 2; i++) {
      TrialResult result =
          run(
              "vanilla_cnn",
              "0",
              "scheme",
              schemes[i],
              "padding",
              "circular",
              "activation",
              "relu",
              "depth",
              "12",
              "halvings",
              "1",
              "width",
              "24");
      change[i] =
          Trials.value(result, "activation_moments/second_moment", 0, 14)
              / Trials.value(result, "activation_moments/second_moment", 0, 2);
    }
    // Same draws but for their scale, which a rectifier network multiplies through.
    assertThat(change[1] / change[0]).isCloseTo(Math.pow(0.5, 12), within(1e-4 * 0x1p-12));
    // 12 layers of 216 inputs scatter by a factor of about e^(sqrt(12 * 5 / 24)).
    assertThat(change[0]).isBetween(0.05, 20.0);
  }

  /**
   * Zhang et al. 2019: with Fixup a deep network without normalization starts at the loss of a
   * guess and learns at a rate at which He's weights alone diverge.
   */
  @ParameterizedTest
  @CsvSource({"gated_residual_mlp, 40, 100, 0.1", "gated_residual_cnn, 8, 60, 0.005"})
  void fixupTrainsDeepNetworksWithoutNormalization(
      String architecture, String depth, String steps, String rate) {
    String[] arguments = {
      "activation", "relu", "depth", depth, "learning_rate", rate, "scheme", "fixup"
    };
    TrialResult fixup = run(architecture, steps, arguments);
    assertThat(Trials.value(fixup, "loss", 0, 0)).isCloseTo(Math.log(10), within(1e-6));
    assertThat(fixup.outcome()).isEqualTo(new Outcome.Completed());
    assertThat(Trials.value(fixup, "loss", Long.parseLong(steps), 0)).isLessThan(1.6);
    arguments[arguments.length - 1] = "he_normal";
    assertThat(run(architecture, steps, arguments).outcome()).isInstanceOf(Outcome.Diverged.class);
  }
}
