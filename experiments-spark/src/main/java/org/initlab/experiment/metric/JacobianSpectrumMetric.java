package org.initlab.experiment.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;
import org.initlab.experiment.numeric.DoubleProducts;

/**
 * The squared singular values of Jacobians of the hidden layers: their {@code mean}, {@code
 * variance}, {@code max} and {@code min}; in a layer's row of {@code J = dz(l)/dz(l-1)}, in the
 * network's row (layer 0) of the whole stack's, {@code dz(last)/dz(1)}, sums and gates included.
 * Each is the mean over the first {@value #EXAMPLES} probe examples. Source: Pennington, Schoenholz
 * and Ganguli 2017, sections 2 and 3. NaN where a weight or a slope is no number.
 *
 * <p>For n units it takes some 3 n^3 operations to multiply a layer in and 4 n^3 for singular
 * values, a second or so for n = 1000; therefore two examples, and at most {@value #LAYERS} layers,
 * evenly spread, have rows of their own. Beside a largest value of 1, squares below 1e-30 are
 * rounding. A layer to whose output another's is added has no row.
 */
final class JacobianSpectrumMetric implements Metric {

  private static final int EXAMPLES = 2;
  private static final int LAYERS = 16;

  /** Probe examples that are looked at. */
  static int examples(Snapshot at) {
    return Math.min(EXAMPLES, at.probeExamples());
  }

  /** The layers with a row of their own. */
  static List<Integer> layers(Snapshot at) {
    List<Integer> all =
        IntStream.range(2, at.layers()).filter(l -> at.skip(l).isEmpty()).boxed().toList();
    int count = Math.min(LAYERS, all.size());
    return IntStream.range(0, count)
        .map(i -> count == 1 ? 0 : (int) Math.round((double) i * (all.size() - 1) / (count - 1)))
        .mapToObj(all::get)
        .toList();
  }

  @Override
  public String name() {
    return "jacobian_spectrum";
  }

  @Override
  public String says() {
    return "mean, variance, largest and smallest squared singular value of the hidden layers'"
        + " Jacobians, a layer at a time and end to end";
  }

  @Override
  public boolean takesKernelsForMatrices() {
    return true;
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    int last = at.layers() - 1;
    if (last < 2) {
      return;
    }
    List<Integer> chosen = layers(at);
    Map<Integer, Sum> sums = new HashMap<>();
    for (int example = 0; example < examples(at); example++) {
      Map<Integer, double[]> stacks = new HashMap<>();
      stacks.put(1, identity(at.units(1)));
      for (int layer = 2; layer <= last; layer++) {
        double[] own = jacobian(at, layer, example);
        double[] stack = through(at, layer, own, stacks);
        int from = layer;
        stacks.keySet().removeIf(below -> !isNeeded(at, below, from));
        stacks.put(layer, stack);
        if (chosen.contains(layer)) {
          sums.computeIfAbsent(layer, l -> new Sum())
              .add(own, at.units(layer - 1), at.units(layer));
        }
      }
      sums.computeIfAbsent(0, l -> new Sum()).add(stacks.get(last), at.units(1), at.units(last));
    }
    sums.forEach((layer, sum) -> sum.record(name(), layer, sink));
  }

  /** Whether a layer above {@code layer} adds the output of {@code below}. */
  private static boolean isNeeded(Snapshot at, int below, int layer) {
    return IntStream.range(layer + 1, at.layers())
        .anyMatch(above -> at.skip(above).equals(OptionalInt.of(below)));
  }

  private static double[] identity(int n) {
    double[] one = new double[n * n];
    for (int i = 0; i < n; i++) {
      one[i * n + i] = 1;
    }
    return one;
  }

  /** The transpose of a layer's Jacobian, gate included and sum left out: [in, out]. */
  private static double[] jacobian(Snapshot at, int layer, int example) {
    int out = at.units(layer);
    float[] weights = at.weights(layer);
    float[] s = at.preActivations(layer);
    double[] slopes = new double[out];
    for (int a = 0; a < out; a++) {
      slopes[a] = at.gate(layer) * at.activation(layer).slope(s[example * out + a]);
    }
    double[] jacobian = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      jacobian[i] = weights[i] * slopes[i % out];
    }
    return jacobian;
  }

  /** The transpose of the Jacobian from layer 1 to {@code layer}. */
  private static double[] through(
      Snapshot at, int layer, double[] own, Map<Integer, double[]> stacks) {
    double[] stack = new double[at.units(1) * at.units(layer)];
    DoubleProducts.forward(at.units(1), stacks.get(layer - 1), own, stack);
    if (at.skip(layer).isPresent()) {
      double[] more = stacks.get(at.skip(layer).getAsInt());
      for (int i = 0; i < stack.length; i++) {
        stack[i] += more[i];
      }
    }
    return stack;
  }

  /** Four numbers over some examples. */
  private static final class Sum {
    private double mean;
    private double variance;
    private double max;
    private double min;
    private int count;

    void add(double[] matrix, int rows, int columns) {
      double[] values = SingularValues.of(matrix.clone(), rows, columns);
      double first = 0;
      double second = 0;
      for (double value : values) {
        first += value * value / values.length;
      }
      for (double value : values) {
        second += (value * value - first) * (value * value - first) / values.length;
      }
      boolean none = values.length == 0;
      mean += none ? Double.NaN : first;
      variance += none ? Double.NaN : second;
      max += none ? Double.NaN : values[0] * values[0];
      min += none ? Double.NaN : values[values.length - 1] * values[values.length - 1];
      count++;
    }

    void record(String name, int layer, MetricsSink sink) {
      sink.record(name + "/mean", layer, mean / count);
      sink.record(name + "/variance", layer, variance / count);
      sink.record(name + "/max", layer, max / count);
      sink.record(name + "/min", layer, min / count);
    }
  }
}
