package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.init.Calibrator;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Site;
import org.initlab.init.Tensors;
import org.initlab.init.calibrate.GradientQuotient;
import org.initlab.init.named.Description;
import org.initlab.init.named.Named;
import org.initlab.init.named.RuleRow;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Calibrators on real digits, against what their papers promise. */
class CalibratorsTest {

  private static final String[] DEEP = {
    "activation", "relu", "depth", "9", "width", "64", "scheme", "he_normal"
  };

  private static Setup setup(String... changes) throws IOException {
    Trial trial = Trials.of(List.of(), List.of(), changes);
    return Setup.of(trial, Datasets.MNIST_6K.load(Optional.empty()));
  }

  private static CalibratedNetwork network(Setup setup) {
    ExampleStream examples = setup.dataset().training(Key.of(3).at("calibration"));
    return new CalibratedNetwork(setup, setup.first(), examples);
  }

  static List<RuleRow<Calibrator>> rows() {
    return Named.calibratorRows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowHasOneTextAndSpeaksForItself(RuleRow<Calibrator> row) {
    String text = Named.canonicalCalibrator(row.name());
    assertThat(Named.canonicalCalibrator(text)).isEqualTo(text);
    assertThat(Description.of(row.name())).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("rows")
  @Tag("slow")
  void everyRowTrains(RuleRow<Calibrator> row) {
    String steps =
        row.parameters().stream().anyMatch(p -> p.name().equals("steps")) ? "(steps=3)" : "";
    for (String architecture : List.of("mlp", "gated_residual_mlp", "cnn")) {
      Trial trial =
          Trials.of(
              List.of("loss"),
              List.of(0L, 20L),
              "calibrator",
              Named.canonicalCalibrator(row.name() + steps),
              "architecture",
              architecture,
              "width",
              architecture.equals("cnn") ? "4" : "32",
              "steps",
              "20");
      if (Engines.objection(trial).isPresent()) {
        assertThat(architecture).isNotEqualTo("mlp");
        continue;
      }
      assertThat(Trials.run(trial).outcome()).isEqualTo(new Outcome.Completed());
      assertThat(Trials.run(trial).measurements()).isEqualTo(Trials.run(trial).measurements());
    }
  }

  /** The double-precision pass against the single-precision one, and its loss's differences. */
  @Test
  void twoPassesAgree() throws IOException {
    Setup setup = setup("architecture", "gated_residual_mlp", "scheme", "skipinit(gate=0.7)");
    CalibratedNetwork network = network(setup);
    Probe probe = new Probe(0, 30);
    Tensors at = network.parameters();
    Tensors gradient = network.slope(at, probe).gradient();
    try (DenseNetwork dense = DenseNetwork.first(setup);
        DensePass pass = DensePass.look(dense, 30)) {
      Examples batch = new Examples(784, pass.activations(0), new int[30]);
      batch.fill(setup.dataset().training(Key.of(3).at("calibration")), 1);
      pass.forward();
      double loss = pass.loss(setup.loss(), batch.labels());
      assertThat(network.slope(at, probe).loss()).isCloseTo(loss, within(1e-5));
      pass.backward((layer, products, d) -> products.backward());
      for (int layer = 1; layer <= dense.layers(); layer++) {
        float[] kernel = pass.kernelGradient(layer, 1f / 30);
        for (int i = 0; i < kernel.length; i++) {
          assertThat(gradient.kernel(layer)[i]).isCloseTo(kernel[i], within(2e-6));
        }
      }
    }
    Tensors direction = gradient.times(1 / gradient.norm());
    double above = network.slope(at.plus(1e-5, direction), probe).loss();
    double below = network.slope(at.plus(-1e-5, direction), probe).loss();
    assertThat((above - below) / 2e-5).isCloseTo(gradient.norm(), within(1e-8));
  }

  private static double variance(double[] s) {
    double mean = 0;
    double square = 0;
    for (double x : s) {
      mean += x / s.length;
      square += x * x / s.length;
    }
    return square - mean * mean;
  }

  @ParameterizedTest
  @CsvSource({"relu, 0.05", "tanh, 5", "sigmoid, 1"})
  void lsuvGivesEveryLayerUnitVariance(String activation, String gain) throws IOException {
    String[] arguments = {
      "activation", activation, "depth", "17", "scheme", "orthogonal(gain=" + gain + ")"
    };
    CalibratedNetwork network = network(setup(arguments));
    Named.calibrator("lsuv(rounds=5)").calibrate(network);
    for (Site site : network.sites()) {
      assertThat(variance(network.outputs(site, new Probe(0, 256))))
          .as(site.name())
          .isBetween(0.98, 1.02);
      // 256 other digits, of which a deep ReLU network makes less alike ones.
      assertThat(variance(network.outputs(site, new Probe(1, 256))))
          .as(site.name())
          .isBetween(0.5, 2.0);
    }
  }

  /** Mishkin and Matas 2015: a plain ReLU network of 17 layers learns after LSUV as after He's. */
  @Test
  void aDeepNetworkLearnsAfterLsuv() {
    String[] arguments = {
      "activation",
      "relu",
      "depth",
      "17",
      "width",
      "64",
      "steps",
      "200",
      "learning_rate",
      "0.02",
      "scheme",
      "orthogonal(gain=0.3)",
      "calibrator",
      ""
    };
    arguments[13] = "none";
    double without = lastLoss(arguments);
    arguments[13] = "lsuv";
    double with = lastLoss(arguments);
    assertThat(without).isCloseTo(Math.log(10), within(0.05));
    assertThat(with).isLessThan(0.8 * without);
  }

  private static double lastLoss(String[] arguments) {
    return Trials.value(
        Trials.run(Trials.of(List.of("loss"), List.of(200L), arguments)), "loss", 200, 0);
  }

  @Test
  void lsuvSaysWhichLayerItCannotScale() throws IOException {
    CalibratedNetwork network = network(setup("scheme", "zeros"));
    assertThatThrownBy(() -> Named.calibrator("lsuv").calibrate(network))
        .hasMessageContaining("layer/1")
        .hasMessageContaining("variance 0.0");
  }

  /** Kraehenbuehl et al. 2015: every unit's mean and deviation, and layers' rates of change. */
  @Test
  void withinLayer() throws IOException {
    CalibratedNetwork network = network(setup(DEEP));
    List<Double> before = rates(network);
    Named.calibrator("within_layer(rounds=1, damping=1e-9, examples=2000)").calibrate(network);
    Site third = network.sites().get(2);
    double[] s = network.outputs(third, new Probe(1, 2000));
    for (int c = 0; c < 64; c++) {
      double[] unit = new double[2000];
      double mean = 0;
      for (int e = 0; e < 2000; e++) {
        unit[e] = s[e * 64 + c];
        mean += unit[e] / 2000;
      }
      // 2000 other digits: a mean within 5 standard errors of both samples, sqrt(2 / 2000).
      assertThat(mean).isCloseTo(0.1, within(0.16));
      assertThat(Math.sqrt(variance(unit))).isCloseTo(1, within(0.16));
    }
    Named.calibrator("within_layer").calibrate(network);
    List<Double> after = rates(network);
    assertThat(spread(after)).isLessThan(2).isLessThan(spread(before));
  }

  private static List<Double> rates(CalibratedNetwork network) {
    Tensors w = network.parameters();
    Tensors g = network.slope(w, new Probe(50, 512)).gradient();
    List<Double> rates = new ArrayList<>();
    for (Site site : network.sites()) {
      double[] kernel = w.kernel(site.layer());
      double[] slope = g.kernel(site.layer());
      rates.add(Math.sqrt(Tensors.dot(slope, slope) / Tensors.dot(kernel, kernel)));
    }
    return rates;
  }

  private static double spread(List<Double> rates) {
    return rates.stream().mapToDouble(r -> r).max().orElseThrow()
        / rates.stream().mapToDouble(r -> r).min().orElseThrow();
  }

  /** Norms off by factors of up to e^1.5: the quotient falls to a third of what it was, or less. */
  @Test
  @Tag("slow")
  void metaInitMendsNorms() throws IOException {
    CalibratedNetwork network =
        network(setup("depth", "9", "width", "64", "scheme", "lecun_normal"));
    Tensors bad = network.parameters();
    for (Site site : network.sites()) {
      double factor = Math.exp(2 * Key.of(8).at(site.name()).uniform(0) - 0.5);
      double[] kernel = bad.kernel(site.layer());
      for (int i = 0; i < kernel.length; i++) {
        kernel[i] *= factor;
      }
    }
    network.set(bad);
    Probe fresh = new Probe(5000, 256);
    double before = GradientQuotient.of(network, bad, fresh);
    Named.calibrator("metainit(steps=100)").calibrate(network);
    assertThat(GradientQuotient.of(network, network.parameters(), fresh)).isLessThan(before / 3);
  }

  /** The same for ReLU, whose kinks must not be taken for curvature. */
  @ParameterizedTest
  @CsvSource({"he_normal", "'variance_scaling(scale=8, distribution=normal)'"})
  @Tag("slow")
  void metaInitMendsReluNetworks(String scheme) throws IOException {
    CalibratedNetwork network =
        network(setup("activation", "relu", "depth", "9", "width", "64", "scheme", scheme));
    Probe fresh = new Probe(5000, 256);
    double before = GradientQuotient.of(network, network.parameters(), fresh);
    Named.calibrator("metainit(steps=100, examples=64)").calibrate(network);
    assertThat(GradientQuotient.of(network, network.parameters(), fresh)).isLessThan(before / 3);
  }

  /** Differences that keep kinks on their sides give what a difference without a kink gives. */
  @ParameterizedTest
  @CsvSource({"relu", "leaky_relu", "selu", "hard_tanh"})
  void derivativesDoNotSeeKinks(String activation) throws IOException {
    CalibratedNetwork network = network(setup("activation", activation, "depth", "3"));
    differencesKeepSides(network, new Probe(0, 256));
  }

  /**
   * Near its parameters the gradient of a network has a derivative along itself, which does not
   * depend on how far is gone; that of the network as it is has jumps.
   */
  static void differencesKeepSides(CalibratedNetwork network, Probe probe) {
    Tensors w = network.parameters();
    Tensors direction = network.slope(w, probe).gradient();
    var near = network.near(w, probe);
    assertThat(near.apply(w).gradient().plus(-1, direction).norm()).isZero();
    // Over a step in which many units cross their kink, and over one in which hardly one does.
    Tensors far = difference(near, w, direction, 1e-3 / direction.norm());
    Tensors close = difference(near, w, direction, 1e-6 / direction.norm());
    assertThat(far.plus(-1, close).norm()).isLessThan(1e-3 * close.norm());
    Tensors jumps =
        difference(at -> network.slope(at, probe), w, direction, 1e-3 / direction.norm());
    assertThat(jumps.plus(-1, close).norm()).isGreaterThan(1e-2 * close.norm());
  }

  private static Tensors difference(
      Function<Tensors, LiveNetwork.Slope> slope, Tensors at, Tensors direction, double h) {
    return slope
        .apply(at.plus(h, direction))
        .gradient()
        .plus(-1, slope.apply(at.plus(-h, direction)).gradient())
        .times(1 / (2 * h));
  }

  @Test
  @Tag("slow")
  void gradInitLowersTheLossOfTheFirstStep() throws IOException {
    CalibratedNetwork network = network(setup(DEEP));
    Tensors he = network.parameters();
    Named.calibrator("gradinit(steps=150)").calibrate(network);
    Tensors learnt = network.parameters();
    assertThat(afterOneStep(network, learnt)).isLessThan(afterOneStep(network, he));
    Tensors gradient = network.slope(learnt, new Probe(9000, 512)).gradient();
    assertThat(gradient.norm()).isLessThan(1.2);
  }

  private static double afterOneStep(CalibratedNetwork network, Tensors w) {
    double sum = 0;
    for (int i = 0; i < 10; i++) {
      Tensors g = network.slope(w, new Probe(7000 + i, 128)).gradient();
      sum += network.slope(w.plus(-0.1 / g.norm(), g), new Probe(8000 + i, 128)).loss() / 10;
    }
    return sum;
  }
}
