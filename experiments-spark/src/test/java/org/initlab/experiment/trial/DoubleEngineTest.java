package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.experiment.Trial;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten updates in double precision are those of fused, but for rounding. */
@Tag("slow")
class DoubleEngineTest {

  private static final List<String> LOSSES = List.of("loss", "gradient_moments");

  /** A trial in this precision. */
  static Trial trial(String precision, List<Long> at, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("precision", precision));
    return Trials.of(LOSSES, at, all.toArray(String[]::new));
  }

  private static void assertSame(String... more) {
    EnginesTest.assertAgree(
        Trials.run(trial("float32", List.of(0L, 1L, 10L), more)),
        Trials.run(trial("float64", List.of(0L, 1L, 10L), more)));
  }

  static Stream<Arguments> kinds() {
    return EnginesTest.allKinds();
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("kinds")
  void tenUpdatesAgreeWithFused(Optimizer optimizer, Activation activation, Loss loss) {
    EnginesTest.assertAgree(
        Trials.run(EnginesTest.trial("fused", optimizer, activation, loss)),
        Trials.run(EnginesTest.trial("double", optimizer, activation, loss)));
  }

  static Stream<Arguments> convolutions() {
    return ConvolutionEnginesTest.kinds();
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("convolutions")
  void tenUpdatesOfConvolutionsAgreeWithFused(String optimizer, String activation, String loss) {
    boolean adaptive = optimizer.equals("adam") || optimizer.equals("rmsprop");
    String[] arguments = {
      "optimizer",
      optimizer,
      "activation",
      activation,
      "loss",
      loss,
      "learning_rate",
      adaptive ? "0.001" : "0.05"
    };
    EnginesTest.assertAgree(
        Trials.run(ConvolutionEnginesTest.trial("fused", arguments)),
        Trials.run(ConvolutionEnginesTest.trial("double", arguments)));
  }

  static Stream<Arguments> architectures() {
    return Architectures.names().stream()
        .flatMap(
            architecture ->
                Optimizer.names().stream().map(optimizer -> Arguments.of(architecture, optimizer)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("architectures")
  void everyArchitectureAgreesWithFused(String architecture, String optimizer) {
    boolean adaptive = optimizer.equals("adam") || optimizer.equals("rmsprop");
    assertSame(
        "architecture",
        architecture,
        "optimizer",
        optimizer,
        "depth",
        "3",
        "width",
        "6",
        "halvings",
        "1",
        "padding",
        "circular",
        "downsampling",
        "average_pool",
        "head",
        "global_average",
        "scheme",
        "lecun_normal",
        "activation",
        "tanh",
        "learning_rate",
        adaptive ? "0.001" : "0.02",
        "test_examples",
        "60",
        "probe_examples",
        "20");
  }

  @ParameterizedTest
  @CsvSource({
    "skipinit, gated_residual_mlp, sgd",
    "fixup, gated_residual_mlp, adam",
    "mup(base_width=8), mlp, sgd",
    "ntk(weight_variance=1; bias_variance=0.1), mlp, adam",
    "bias_free, mlp, nesterov",
  })
  void gatesAndRatesByLayerAgreeWithFused(String scheme, String architecture, String optimizer) {
    assertSame(
        "scheme",
        scheme.replace(';', ','),
        "architecture",
        architecture,
        "optimizer",
        optimizer,
        "learning_rate",
        optimizer.equals("adam") ? "0.002" : "0.02");
  }

  @ParameterizedTest
  @CsvSource({"sgd, cosine, 0.05", "adam, linear, 0.001", "nesterov, constant, 0.02"})
  void decayAndSchedulesAgreeWithFused(String optimizer, String schedule, String rate) {
    assertSame(
        "optimizer",
        optimizer,
        "schedule",
        schedule,
        "learning_rate",
        rate,
        "weight_decay",
        "0.01",
        "warmup",
        "4",
        "batch",
        "7",
        "dataset",
        "shapeset-3x2");
  }

  @Test
  void distancesAndCalibratedWeightsAgreeWithFused() {
    assertSame(
        "dataset",
        "feature-tree",
        "loss",
        "squared_error",
        "test_examples",
        "32",
        "probe_examples",
        "32",
        "learning_rate",
        "0.001",
        "calibrator",
        "lsuv(examples=32)");
  }
}
