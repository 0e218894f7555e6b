package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutional networks on the engines: Deeplearning4j is the oracle. */
@Tag("slow")
class ConvolutionEnginesTest {

  private static final List<String> METRICS = List.of("loss", "gradient_moments");

  static Trial trial(String engine, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "engine",
                engine,
                "precision",
                engine.equals("double") ? "float64" : "float32",
                "architecture",
                "cnn",
                "width",
                "4",
                "learning_rate",
                "0.05",
                "steps",
                "10",
                "test_examples",
                "60",
                "probe_examples",
                "20"));
    all.addAll(List.of(more));
    return Trials.of(METRICS, List.of(0L, 1L, 10L), all.toArray(String[]::new));
  }

  private static void assertAgree(String... arguments) {
    TrialResult fused = Trials.run(trial("fused", arguments));
    TrialResult dl4j = Trials.run(trial("dl4j", arguments));
    EnginesTest.assertAgree(fused, dl4j);
  }

  static Stream<Arguments> kinds() {
    return Stream.of("sgd", "nesterov", "rmsprop", "adam")
        .flatMap(
            optimizer ->
                Stream.of("relu", "tanh", "selu", "silu")
                    .flatMap(
                        activation ->
                            Loss.names().stream()
                                .map(loss -> Arguments.of(optimizer, activation, loss))));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("kinds")
  void tenUpdatesAgree(String optimizer, String activation, String loss) {
    boolean adaptive = optimizer.equals("adam") || optimizer.equals("rmsprop");
    assertAgree(
        "optimizer",
        optimizer,
        "activation",
        activation,
        "loss",
        loss,
        "learning_rate",
        adaptive ? "0.001" : "0.05");
  }

  @ParameterizedTest(name = "{0}, depth {1}, {2}, {3}, halvings {4}, kernel {5}, {6}, {7}")
  @CsvSource({
    "cnn, 3, valid, stride, 2, 3, global_average, 0",
    "cnn, 3, same, average_pool, 1, 4, flatten, 7",
    "cnn, 1, same, max_pool, 0, 5, global_average, 0",
    "cnn, 4, same, max_pool, 3, 3, global_average, 6",
    "vanilla_cnn, 3, same, max_pool, 2, 3, global_average, 0",
    "residual_cnn, 4, same, max_pool, 2, 3, global_average, 0",
    "residual_cnn, 1, same, max_pool, 1, 3, flatten, 5",
    "residual_mlp, 3, same, max_pool, 0, 1, flatten, 0",
  })
  void architecturesAgree(
      String architecture,
      String depth,
      String padding,
      String downsampling,
      String halvings,
      String kernel,
      String head,
      String headUnits) {
    assertAgree(
        "architecture",
        architecture,
        "depth",
        depth,
        "padding",
        padding,
        "downsampling",
        downsampling,
        "halvings",
        halvings,
        "kernel",
        kernel,
        "head",
        head,
        "head_units",
        headUnits,
        "activation",
        "tanh");
  }

  @ParameterizedTest
  @CsvSource({"sgd, cosine, 0.05", "adam, linear, 0.001"})
  void decayAndSchedulesAgree(String optimizer, String schedule, String rate) {
    assertAgree(
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
        "20",
        "dataset",
        "shapeset-3x2");
  }

  /**
   * Wide enough that a batch is worked through in several parts, the last of them smaller. Means
   * are pooled, as among so many maxima some are ties but for rounding, and gradients go elsewhere.
   */
  @Test
  void networksBeyondTheCacheAgree() {
    assertAgree("width", "24", "batch", "20", "downsampling", "average_pool", "depth", "3");
  }

  @Test
  void aTrialHasTheSameBitsAloneAndAmongOthers() {
    List<Trial> trials = new ArrayList<>();
    for (String architecture :
        List.of("cnn", "vanilla_cnn", "residual_cnn", "gated_residual_cnn")) {
      for (String optimizer : Optimizer.names()) {
        trials.add(
            trial(
                "fused",
                "architecture",
                architecture,
                "padding",
                "circular",
                "optimizer",
                optimizer,
                "learning_rate",
                "0.01"));
      }
    }
    Trials.assertSameAloneAndAmongOthers(trials);
  }
}
