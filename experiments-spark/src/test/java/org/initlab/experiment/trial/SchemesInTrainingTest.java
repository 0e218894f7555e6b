package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.init.Rates;
import org.initlab.init.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What trainers make of a scheme's biases, gates and learning rates. */
class SchemesInTrainingTest {

  private static Setup setup(String... changes) throws IOException {
    Trial trial = Trials.of(List.of(), List.of(), changes);
    return Setup.of(trial, Datasets.MNIST_6K.load(Optional.empty()));
  }

  /** What one update adds to each layer's kernel and bias: kernel, bias, kernel, bias, ... */
  private static List<float[]> firstUpdate(Setup setup) {
    List<float[]> added = new ArrayList<>();
    try (DenseNetwork network = DenseNetwork.first(setup);
        DensePass pass = DensePass.training(network, setup.batch());
        DenseUpdate update =
            new DenseUpdate(
                network,
                setup.batch(),
                setup.sites().stream().map(setup::rates).toList(),
                0,
                setup.optimizer() == Optimizer.SGD,
                size -> setup.optimizer().descent(setup.trial(), size))) {
      List<float[]> before = all(network);
      Examples batch = new Examples(784, pass.activations(0), new int[setup.batch()]);
      batch.fill(setup.training(), 1);
      pass.forward();
      pass.loss(setup.loss(), batch.labels());
      update.next(1, setup.rate(1));
      pass.backward(update);
      List<float[]> after = all(network);
      for (int i = 0; i < after.size(); i++) {
        float[] difference = after.get(i).clone();
        for (int j = 0; j < difference.length; j++) {
          difference[j] -= before.get(i)[j];
        }
        added.add(difference);
      }
    }
    return added;
  }

  private static List<float[]> all(DenseNetwork network) {
    List<float[]> all = new ArrayList<>();
    for (int layer = 1; layer <= network.layers(); layer++) {
      float[] kernel = new float[network.kernel(layer).size()];
      network.kernel(layer).get(kernel, kernel.length);
      all.add(kernel);
      all.add(network.bias(layer).clone());
    }
    return all;
  }

  /**
   * With unit variances and no biases the neural tangent parametrization starts from LeCun's
   * weights, so that its first update is LeCun's times its rates.
   */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "nesterov", "rmsprop", "adam"})
  void anUpdateIsMultipliedByTheSchemesRates(String optimizer) throws IOException {
    String[] common = {"optimizer", optimizer, "learning_rate", "1.0", "steps", "1", "scheme", ""};
    String[] plain = common.clone();
    plain[7] = "lecun_normal";
    common[7] = "ntk(weight_variance=1, bias_variance=0)";
    Setup scaled = setup(common);
    List<float[]> want = firstUpdate(setup(plain));
    List<float[]> have = firstUpdate(scaled);
    for (Site site : scaled.sites()) {
      Rates rates = scaled.rates(site);
      assertThat(rates.kernel()).isLessThan(0.2);
      float[] kernel = have.get(2 * site.layer() - 2);
      for (int i = 0; i < kernel.length; i++) {
        double expected = rates.kernel() * want.get(2 * site.layer() - 2)[i];
        // The weights are below 1, and a difference of two is rounded as they are.
        assertThat((double) kernel[i]).isCloseTo(expected, within(1.5e-7));
      }
      assertThat(have.get(2 * site.layer() - 1)).containsOnly(0);
    }
  }

  @Test
  void aNetworkOfTheBaseWidthIsAnOrdinaryOne() {
    List<String> metrics = List.of("loss");
    String[] muP = {"scheme", "mup(base_width=32)", "steps", "20"};
    String[] plain = {"scheme", "lecun_normal", "steps", "20"};
    assertThat(Trials.run(Trials.of(metrics, List.of(20L), muP)).measurements())
        .isEqualTo(Trials.run(Trials.of(metrics, List.of(20L), plain)).measurements());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "stacked", "dl4j", "double"})
  void everyEngineStartsFromTheSchemesBiases(String engine) {
    String scheme = "by_role(hidden=glorot_uniform, output=zeros, bias=normal(stddev=0.5))";
    Trial trial =
        Trials.of(
            List.of("loss"),
            List.of(0L, 5L),
            "scheme",
            scheme,
            "steps",
            "5",
            "engine",
            engine,
            "precision",
            engine.equals("double") ? "float64" : "float32");
    Trial fused = Trials.of(List.of("loss"), List.of(0L, 5L), "scheme", scheme, "steps", "5");
    double loss = Trials.value(Trials.run(trial), "loss", 0, 0);
    assertThat(loss).isNotCloseTo(Math.log(10), within(1e-3));
    assertThat(loss).isCloseTo(Trials.value(Trials.run(fused), "loss", 0, 0), within(1e-5));
    assertThat(Trials.value(Trials.run(trial), "loss", 5, 0))
        .isCloseTo(Trials.value(Trials.run(fused), "loss", 5, 0), within(1e-4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stacked", "dl4j"})
  void enginesWithoutRatesRefuseASchemeThatHasThem(String engine) {
    Trial trial = Trials.of(List.of(), List.of(), "scheme", "mup", "engine", engine);
    assertThat(Engines.objection(trial))
        .hasValueSatisfying(why -> assertThat(why).contains("scheme mup", "Allowed: fused"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mlp | fixup | this network has none",
        "residual_mlp | rezero | gated_residual_mlp",
        "mlp | dirac | Maybe identity",
        "mlp | random_walk | activation must be identity or relu, not tanh"
      })
  void aSchemeThatDoesNotFitIsRefusedBeforeAnyTrial(String shape, String scheme, String why) {
    Trial trial = Trials.of(List.of(), List.of(), "architecture", shape, "scheme", scheme);
    assertThat(Engines.objection(trial))
        .hasValueSatisfying(text -> assertThat(text).startsWith("scheme ").contains(why));
  }

  private static double change(String architecture, String scheme, String depth) {
    TrialResult result =
        Trials.run(
            Trials.of(
                List.of("loss", "activation_moments"),
                List.of(0L, 1L),
                "architecture",
                architecture,
                "activation",
                "relu",
                "scheme",
                scheme,
                "depth",
                depth,
                "learning_rate",
                "0.01",
                "steps",
                "1"));
    return Trials.value(result, "loss", 1, 0) - Trials.value(result, "loss", 0, 0);
  }

  /** Zhang et al. 2019: one update changes the output alike at any depth; with He's it does not. */
  @Test
  void fixupsFirstUpdateDoesNotGrowWithDepth() {
    double shallow = change("gated_residual_mlp", "fixup", "10");
    double deep = change("gated_residual_mlp", "fixup", "100");
    assertThat(shallow).isNegative();
    assertThat(deep / shallow).isBetween(0.5, 2.0);
    double he = change("residual_mlp", "he_normal", "30");
    assertThat(!Double.isFinite(he) || Math.abs(he) > 1e3 * Math.abs(shallow)).isTrue();
  }

  @Test
  void fixupStartsFromTheLossOfAGuess() {
    TrialResult result =
        Trials.run(
            Trials.of(
                List.of("loss"),
                List.of(0L),
                "architecture",
                "gated_residual_mlp",
                "scheme",
                "fixup",
                "depth",
                "20"));
    assertThat(Trials.value(result, "loss", 0, 0)).isCloseTo(Math.log(10), within(1e-7));
  }

  @Test
  void gatesStartWhereTheSchemeSays() throws IOException {
    Setup setup =
        setup(
            "architecture",
            "gated_residual_mlp",
            "scheme",
            "skipinit(gate=1, power=0.5)",
            "depth",
            "4");
    assertThat(setup.links().get(2).gate()).isEqualTo(0.5f);
    assertThat(setup("architecture", "gated_residual_mlp").links().get(2).gate()).isEqualTo(1);
    assertThat(setup("architecture", "rezero_mlp").links().get(2).gate()).isZero();
  }
}
