package org.initlab.init.calibrate;

import java.util.Arrays;
import org.initlab.init.Calibrator;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Site;
import org.initlab.init.Tensors;

/**
 * Data-dependent initialization: every unit gets outputs of one mean and deviation 1, and then all
 * layers get gradients in proportion to their weights.
 *
 * <p>Formula: from the input on, unit c's weights are divided by the deviation of its outputs, and
 * its bias is set so that their mean is {@code mean}. Then, {@code rounds} times, C_k = |dL/dW_k| /
 * |W_k| of each layer is compared with the geometric mean C of all: W_k and b_k are multiplied by
 * r_k = (C_k / C)^(damping / 2), and the next kernel is divided by it. Source: Kraehenbuehl,
 * Doersch, Donahue and Darrell 2015, "Data-dependent initializations of convolutional neural
 * networks", algorithms 1 and 2 (mean 0.1, 10 rounds, damping 0.25).
 *
 * <p>A unit that gives the same for all examples keeps its weights. Dividing the next kernel leaves
 * the network's function as it was where the activation is positively homogeneous; with others it
 * changes a little. The paper's starts from k-means or principal components are not part of it.
 *
 * @param mean of every unit's outputs, finite
 * @param rounds of the balance between layers, at least 0
 * @param damping of a round, above 0
 * @param examples in a batch, at least 2
 */
public record WithinLayer(double mean, long rounds, double damping, long examples)
    implements Calibrator {

  public WithinLayer {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException(
          "within_layer: mean must be a finite number, not " + mean + ".");
    }
    if (rounds < 0) {
      throw new IllegalArgumentException(
          "within_layer: rounds must be a whole number of at least 0, not " + rounds + ".");
    }
    Allowed.above("within_layer", "damping", damping);
    Allowed.count("within_layer", "examples", examples);
  }

  @Override
  public void calibrate(LiveNetwork network) {
    for (Site site : network.sites()) {
      standardize(network, site);
    }
    for (long round = 0; round < rounds; round++) {
      balance(network, new Probe(1 + round, (int) examples));
    }
  }

  private void standardize(LiveNetwork network, Site site) {
    double[] s = network.outputs(site, new Probe(0, (int) examples));
    Tensors parameters = network.parameters();
    double[] kernel = parameters.kernel(site.layer());
    double[] bias = parameters.bias(site.layer());
    int units = bias.length;
    int rows = s.length / units;
    for (int c = 0; c < units; c++) {
      double average = 0;
      for (int e = 0; e < rows; e++) {
        average += s[e * units + c] / rows;
      }
      double square = 0;
      for (int e = 0; e < rows; e++) {
        double difference = s[e * units + c] - average;
        square += difference * difference / rows;
      }
      double deviation = Math.sqrt(square);
      if (deviation > 0 && Double.isFinite(deviation)) {
        for (int i = c; i < kernel.length; i += units) {
          kernel[i] /= deviation;
        }
        bias[c] = (bias[c] - average) / deviation + mean;
      }
    }
    network.set(parameters);
  }

  private void balance(LiveNetwork network, Probe probe) {
    Tensors parameters = network.parameters();
    Tensors gradient = network.slope(parameters, probe).gradient();
    int layers = network.sites().size();
    double[] rates = new double[layers + 1];
    double logs = 0;
    for (int k = 1; k <= layers; k++) {
      rates[k] = norm(gradient.kernel(k)) / norm(parameters.kernel(k));
      logs += Math.log(rates[k]) / layers;
    }
    if (!Double.isFinite(logs)) {
      throw new IllegalStateException(
          "within_layer: the layers' rates of change are %s, which cannot be balanced."
              .formatted(Arrays.toString(Arrays.copyOfRange(rates, 1, layers + 1))));
    }
    for (int k = 1; k <= layers; k++) {
      double r = Math.pow(rates[k] / Math.exp(logs), damping / 2);
      multiply(parameters.kernel(k), r);
      multiply(parameters.bias(k), r);
      if (k < layers) {
        multiply(parameters.kernel(k + 1), 1 / r);
      }
    }
    network.set(parameters);
  }

  private static double norm(double[] x) {
    return Math.sqrt(Tensors.dot(x, x));
  }

  private static void multiply(double[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }
}
