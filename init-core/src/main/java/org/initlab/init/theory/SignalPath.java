package org.initlab.init.theory;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.initlab.init.Activation;

/**
 * What one network, layer by layer, does with its inputs and gradients where its layers are wide:
 * every layer with variances and an activation of its own, residual sums and gates included.
 *
 * <p>Formula: with p(l) = E[z(l)^2] and s(l) = W(l) z(l-1) + b(l), z(l) = g(l) f(s(l)) + z(skip):
 * q(l) = sigma_w^2 p(l-1) + sigma_b^2, p(l) = g^2 E[f^2] + p(skip), and the same for the product of
 * two inputs' signals. Back, |dC/ds(l)|^2 = g^2 E[f'^2] |dC/dz(l)|^2, and |dC/dz(l-1)|^2 gains
 * sigma_w^2 |dC/ds(l)|^2, that of a skipped-to layer |dC/dz(l)|^2. Sources: Poole et al. 2016,
 * equations 3 and 5; Schoenholz et al. 2017, equation 12; Yang and Schoenholz 2017 for sums.
 *
 * <p>It is not the fixed point of {@link Propagation}: inputs need not have the length at which a
 * deep network arrives. Layers are numbered from 1; element 0 of an array is the input's, or 0.
 * What was asked once is kept. For one thread.
 */
public final class SignalPath {

  /** No layer's output is added. */
  public static final int NONE = -1;

  /**
   * A layer.
   *
   * @param variances sigma_w^2 = fan_in Var[W] and sigma_b^2
   * @param activation f
   * @param skip the layer whose output is added, below this one; {@link #NONE} if there is none
   * @param gate g, 1 where there is none
   */
  public record Layer(Variances variances, Activation activation, int skip, double gate) {

    /** A layer of a chain. */
    public static Layer plain(Variances variances, Activation activation) {
      return new Layer(variances, activation, NONE, 1);
    }
  }

  /**
   * What becomes of an input.
   *
   * @param lengths q(l) = E[s(l)^2] of the pre-activations
   * @param secondMoments p(l) = E[z(l)^2] of the outputs
   * @param slopeSquares E[f'^2] at q(l)
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Signal(double[] lengths, double[] secondMoments, double[] slopeSquares) {}

  private record Pair(double start, double other, double product) {}

  private final List<Layer> layers;
  private final Map<Activation, NearZero> integrals = new EnumMap<>(Activation.class);
  private final Map<Double, Signal> signals = new HashMap<>();
  private final Map<Pair, double[]> correlations = new HashMap<>();

  /** The path through these layers, from the input on. */
  public SignalPath(List<Layer> layers) {
    this.layers = List.copyOf(layers);
    for (int l = 1; l <= layers.size(); l++) {
      Layer layer = layer(l);
      if (layer.skip() != NONE && (layer.skip() < 0 || layer.skip() >= l)) {
        throw new IllegalArgumentException(
            "Layer %d adds the output of layer %d. Allowed: layers below it."
                .formatted(l, layer.skip()));
      }
      integrals.computeIfAbsent(layer.activation(), NearZero::new);
    }
  }

  private Layer layer(int l) {
    return layers.get(l - 1);
  }

  private NearZero integral(int l) {
    return integrals.get(layer(l).activation());
  }

  /** Layers of weights. */
  public int depth() {
    return layers.size();
  }

  /** What becomes of an input whose numbers have the mean square {@code start}. */
  public Signal signal(double start) {
    return signals.computeIfAbsent(start, this::forward);
  }

  private Signal forward(double start) {
    double[] q = new double[depth() + 1];
    double[] p = new double[depth() + 1];
    double[] slopes = new double[depth() + 1];
    p[0] = start;
    for (int l = 1; l <= depth(); l++) {
      Layer layer = layer(l);
      q[l] = layer.variances().weight() * p[l - 1] + layer.variances().bias();
      p[l] = output(layer, integral(l).square(q[l]), p);
      slopes[l] = integral(l).slopeSquare(q[l]);
    }
    return new Signal(q, p, slopes);
  }

  private static double output(Layer layer, double own, double[] below) {
    return layer.gate() * layer.gate() * own + (layer.skip() == NONE ? 0 : below[layer.skip()]);
  }

  /**
   * E[z(l)] over units at the length {@code q} of layer {@code l}: that of f, since what else is
   * added has mean 0 where it comes from a linear layer.
   */
  public double mean(int l, double q) {
    return layer(l).gate() * integral(l).exact().mean(q);
  }

  /**
   * The correlations c(1), c(2), ... of two inputs' pre-activations, uncentred.
   *
   * @param start the inputs' mean squares
   * @param other the other input's
   * @param product the mean product of their numbers
   */
  public double[] correlations(double start, double other, double product) {
    return correlations.computeIfAbsent(new Pair(start, other, product), this::correlations);
  }

  private double[] correlations(Pair pair) {
    double[] q1 = signal(pair.start()).lengths();
    double[] q2 = signal(pair.other()).lengths();
    double[] c = new double[depth() + 1];
    double[] k = new double[depth() + 1];
    k[0] = pair.product();
    c[0] = within(pair.product() / Math.sqrt(pair.start() * pair.other()));
    for (int l = 1; l <= depth(); l++) {
      Layer layer = layer(l);
      double between = layer.variances().weight() * k[l - 1] + layer.variances().bias();
      c[l] = within(between / (Math.sqrt(q1[l]) * Math.sqrt(q2[l])));
      boolean gone = !(q1[l] > 0 && q2[l] > 0) || Double.isInfinite(q1[l] + q2[l]);
      double own = gone ? Double.NaN : integral(l).product(q1[l], q2[l], c[l]);
      k[l] = output(layer, own, k);
    }
    return c;
  }

  private static double within(double c) {
    return Math.max(-1, Math.min(1, c));
  }

  /**
   * The variances, over random networks of independent weights, of ln |s(l)|^2, to leading order in
   * one by the width: that of {@link FiniteWidth}, plus 2 / n for the mean over the layer's own n
   * units. For a chain; a sum keeps what it adds, and is told as if it did not.
   *
   * @param signal of the input
   * @param units of each layer, from 1
   */
  public double[] logVariances(Signal signal, int[] units) {
    double[] q = signal.lengths();
    double[] own = new double[depth() + 1];
    double[] variance = new double[depth() + 1];
    for (int l = 1; l <= depth(); l++) {
      if (l > 1) {
        GaussianIntegral f = integral(l - 1).exact();
        double weight = layer(l).variances().weight();
        double square = f.square(q[l - 1]);
        double slope = weight * f.growth(q[l - 1]) * q[l - 1] / q[l];
        double part = weight * weight / (q[l] * q[l]);
        variance[l] =
            slope * slope * variance[l - 1]
                + part * (f.fourth(q[l - 1]) - square * square) / units[l - 1];
      }
      own[l] = variance[l] + 2.0 / units[l];
    }
    return own;
  }

  /** sigma_w^2 E[f'^2] of a layer, by which it multiplies the mean square of gradients. */
  public double gradientFactor(int l, Signal signal) {
    return layer(l).variances().weight() * signal.slopeSquares()[l];
  }

  /**
   * The squared norms |dC/ds(1)|^2, |dC/ds(2)|^2, ... of the gradient.
   *
   * @param signal of the input
   * @param last |dC/ds|^2 of the last layer, whose activation it has passed
   */
  public double[] gradients(Signal signal, double last) {
    int depth = depth();
    double[] d = new double[depth + 1];
    double[] z = new double[depth + 1];
    for (int l = depth; l >= 1; l--) {
      Layer layer = layer(l);
      double gate = layer.gate();
      d[l] = l == depth ? last : gate * gate * signal.slopeSquares()[l] * z[l];
      z[l - 1] += layer.variances().weight() * d[l];
      if (layer.skip() != NONE) {
        z[layer.skip()] += z[l];
      }
    }
    return d;
  }

  /**
   * The mean squared singular value of the Jacobian from one layer's output to another's, all
   * layers between being of one width.
   *
   * @param from the layer below
   * @param to the layer above
   * @param signal of the input
   */
  public double jacobian(int from, int to, Signal signal) {
    double[] mean = new double[depth() + 1];
    mean[from] = 1;
    for (int l = from + 1; l <= to; l++) {
      mean[l] = output(layer(l), gradientFactor(l, signal) * mean[l - 1], mean);
    }
    return mean[to];
  }

  /**
   * The variance of those squared singular values by their mean squared, for a chain of square
   * layers: the sum over layers of E[f'^4] / E[f'^2]^2 - 1, plus 1 for each of independent weights.
   * Source: Pennington, Schoenholz and Ganguli 2017; see {@link JacobianSpectrum}.
   *
   * @param ensembles of the layers behind {@code from}, in their order
   * @throws IllegalArgumentException if a layer between has a sum or a gate
   */
  public double relativeVariance(
      int from, int to, Signal signal, List<JacobianSpectrum.Ensemble> ensembles) {
    double sum = 0;
    for (int l = from + 1; l <= to; l++) {
      if (layer(l).skip() != NONE || layer(l).gate() != 1) {
        throw new IllegalArgumentException("Layer " + l + " is no layer of a chain.");
      }
      double second = signal.slopeSquares()[l];
      double fourth = integral(l).exact().slopeFourth(signal.lengths()[l]);
      sum += fourth / (second * second) - 1 + ensembles.get(l - from - 1).relativeVariance();
    }
    return sum;
  }
}
