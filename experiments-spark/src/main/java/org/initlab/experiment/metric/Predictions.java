package org.initlab.experiment.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Need;
import org.initlab.experiment.Snapshot;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.theory.JacobianSpectrum;
import org.initlab.init.theory.SignalPath;
import org.initlab.init.theory.Variances;

/**
 * What theory expects of that which is measured; of {@code mode_strength} at every step, see {@link
 * ModePredictions}, of {@code product_spectrum} before training, see {@link ProductPredictions},
 * and otherwise what the theory of wide networks expects before training: {@code predicted/length}
 * beside {@code length}, and so on for the rows of {@link #PREDICTED}. It starts from the probe
 * itself: each example's mean square, each pair's mean product, and the gradient that the loss
 * hands to the output layer. Sources: see {@link SignalPath}.
 *
 * <p>Where there is no theory, there is no row: weights that were calibrated, or that are no {@link
 * WeightEnsemble}; lengths beyond what a number can hold. It is not about one network: at width n a
 * network strays by some 1/sqrt(n), of which {@code predicted/length/log_std} tells for chains of
 * independent weights.
 */
final class Predictions implements Metric {

  /** The metrics that have predictions before training. */
  static final Set<String> PREDICTED =
      Set.of(
          "length",
          "correlation",
          "chi1",
          "activation_moments",
          "gradient_moments",
          "jacobian_spectrum");

  private final Set<String> measured;
  private final Theory theory;
  private final ModePredictions modes = new ModePredictions();

  /**
   * The predictions of a study.
   *
   * @param measured names of its metrics
   * @param theory what was worked out for trials before
   */
  Predictions(Set<String> measured, Theory theory) {
    this.measured = Set.copyOf(measured);
    this.theory = theory;
  }

  @Override
  public String name() {
    return "predicted";
  }

  @Override
  public String says() {
    return "what theory expects of length, correlation, chi1, moments and spectra before training, and of"
        + " mode_strength at every step;"
        + " recorded beside them without being named";
  }

  /** None of its own: kernels of which it tells come with the metric beside which it stands. */
  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    if (measured.contains(ModeStrength.NAME)) {
      modes.tell(name() + "/", at, sink);
    }
    if (at.step() == 0 && measured.contains(ProductSpectrumMetric.NAME)) {
      ProductPredictions.tell(name() + "/" + ProductSpectrumMetric.NAME, at, sink);
    }
    if (at.step() == 0 && measured.stream().anyMatch(PREDICTED::contains)) {
      path(at).ifPresent(path -> predict(at, path, sink));
    }
  }

  private void predict(Snapshot at, SignalPath path, MetricsSink sink) {
    ProbeGroups groups = new ProbeGroups(at, path, measured.contains("gradient_moments"));
    int hidden = at.layers() - 1;
    if (measured.contains("length")) {
      tell("length", at.layers(), l -> groups.mean(g -> g.length(l)), sink);
      logDeviation(at, path, groups.start(), sink);
    }
    if (measured.contains("chi1")) {
      tell(
          "chi1",
          hidden,
          l ->
              at.skip(l).isPresent()
                  ? Double.NaN
                  : groups.mean(g -> path.gradientFactor(l, g.signal())),
          sink);
    }
    if (measured.contains("activation_moments")) {
      IntToDoubleFunction mean = l -> groups.mean(g -> path.mean(l, g.length(l)));
      IntToDoubleFunction square = l -> groups.mean(g -> g.signal().secondMoments()[l]);
      tell("activation_moments/mean", hidden, mean, sink);
      tell("activation_moments/second_moment", hidden, square, sink);
      tell(
          "activation_moments/std",
          hidden,
          l -> Math.sqrt(Math.max(0, square.applyAsDouble(l) - Math.pow(mean.applyAsDouble(l), 2))),
          sink);
    }
    if (measured.contains("gradient_moments")) {
      tell(
          "gradient_moments/preactivation_std",
          hidden,
          l -> Math.sqrt(groups.mean(g -> g.gradients()[l]) / at.units(l)),
          sink);
    }
    if (measured.contains("correlation")) {
      correlation(at, path, sink);
    }
    if (measured.contains("jacobian_spectrum") && hidden > 1) {
      jacobians(at, path, sink);
    }
  }

  /** What the network is to the theory; nothing if it is not. */
  private Optional<SignalPath> path(Snapshot at) {
    List<SignalPath.Layer> layers = new ArrayList<>();
    for (int l = 1; l <= at.layers(); l++) {
      Optional<WeightEnsemble> kernel = at.kernelEnsemble(l);
      Optional<WeightEnsemble> bias = at.biasEnsemble(l);
      if (kernel.isEmpty() || bias.isEmpty()) {
        return Optional.empty();
      }
      layers.add(
          new SignalPath.Layer(
              new Variances(at.units(l - 1) * kernel.get().variance(), bias.get().variance()),
              at.activation(l),
              at.skip(l).orElse(SignalPath.NONE),
              at.gate(l)));
    }
    return Optional.of(theory.path(layers));
  }

  /** A row for each layer, but for those that theory leaves open. */
  private void tell(String metric, int layers, IntToDoubleFunction value, MetricsSink sink) {
    for (int l = 1; l <= layers; l++) {
      tell(metric, l, value.applyAsDouble(l), sink);
    }
  }

  private void tell(String metric, int layer, double value, MetricsSink sink) {
    if (Double.isFinite(value)) {
      sink.record(name() + "/" + metric, layer, value);
    }
  }

  private void logDeviation(Snapshot at, SignalPath path, double start, MetricsSink sink) {
    int[] units = new int[at.layers() + 1];
    for (int l = 1; l <= at.layers(); l++) {
      if (at.skip(l).isPresent() || at.kernelEnsemble(l).orElseThrow().orthogonal()) {
        return;
      }
      units[l] = at.units(l);
    }
    double[] variances = path.logVariances(path.signal(start), units);
    tell("length/log_std", at.layers(), l -> Math.sqrt(variances[l]), sink);
  }

  private void correlation(Snapshot at, SignalPath path, MetricsSink sink) {
    int pairs = Correlation.pairs(at);
    float[] x = at.inputs();
    int n = at.units(0);
    double[] sums = new double[at.layers() + 1];
    for (int pair = 0; pair < pairs; pair++) {
      int one = 2 * pair;
      double[] c =
          path.correlations(
              Correlation.product(x, one, one, n),
              Correlation.product(x, one + 1, one + 1, n),
              Correlation.product(x, one, one + 1, n));
      for (int l = 1; l < c.length; l++) {
        sums[l] += c[l];
      }
    }
    tell("correlation", at.layers(), l -> sums[l] / pairs, sink);
  }

  private void jacobians(Snapshot at, SignalPath path, MetricsSink sink) {
    List<Integer> layers = JacobianSpectrumMetric.layers(at);
    for (int layer : layers) {
      spectrum(at, path, layer, layer - 1, layer, sink);
    }
    spectrum(at, path, 0, 1, at.layers() - 1, sink);
  }

  /** Mean and variance of the squared singular values between two layers, told at {@code row}. */
  private void spectrum(Snapshot at, SignalPath path, int row, int from, int to, MetricsSink sink) {
    List<JacobianSpectrum.Ensemble> ensembles = new ArrayList<>();
    boolean chain = true;
    for (int l = from + 1; l <= to; l++) {
      if (at.units(l) != at.units(l - 1)) {
        return; // some singular values are 0, or missing
      }
      chain &= at.skip(l).isEmpty();
      ensembles.add(
          at.kernelEnsemble(l).orElseThrow().orthogonal()
              ? JacobianSpectrum.Ensemble.ORTHOGONAL
              : JacobianSpectrum.Ensemble.GAUSSIAN);
    }
    int examples = JacobianSpectrumMetric.examples(at);
    double mean = 0;
    double variance = 0;
    for (int example = 0; example < examples; example++) {
      SignalPath.Signal signal =
          path.signal(Correlation.product(at.inputs(), example, example, at.units(0)));
      double own = path.jacobian(from, to, signal);
      mean += own / examples;
      variance +=
          chain
              ? own * own * path.relativeVariance(from, to, signal, ensembles) / examples
              : Double.NaN;
    }
    tell("jacobian_spectrum/mean", row, mean, sink);
    tell("jacobian_spectrum/variance", row, variance, sink);
  }
}
