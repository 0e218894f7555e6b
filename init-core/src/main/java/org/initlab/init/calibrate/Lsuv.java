package org.initlab.init.calibrate;

import org.initlab.init.Calibrator;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Site;
import org.initlab.init.Tensors;

/**
 * Layer-sequential unit variance: from the input on, each kernel is divided by the deviation of its
 * layer's outputs until their variance is 1.
 *
 * <p>Formula: {@code W = W / sqrt(Var(s))} until {@code |Var(s) - 1| <= tolerance}, s being the
 * layer's outputs before the activation, over all units and examples. Source: Mishkin and Matas
 * 2015, "All you need is a good init", algorithm 1, which starts from orthonormal kernels; the
 * authors' code takes the variance before the activation, with a tolerance of 0.02 and 20 rounds.
 *
 * <p>All layers see one batch; the authors' code takes the next one for each round. It changes no
 * bias, and needs labels nowhere.
 *
 * @param tolerance of the variance, above 0
 * @param rounds at most, for a layer; at least 1
 * @param examples in the batch, at least 1
 */
public record Lsuv(double tolerance, long rounds, long examples) implements Calibrator {

  public Lsuv {
    Allowed.above("lsuv", "tolerance", tolerance);
    Allowed.count("lsuv", "rounds", rounds);
    Allowed.count("lsuv", "examples", examples);
  }

  @Override
  public void calibrate(LiveNetwork network) {
    for (Site site : network.sites()) {
      for (long round = 0; round < rounds; round++) {
        double variance = variance(network.outputs(site, new Probe(0, (int) examples)));
        if (!(variance > 0) || Double.isInfinite(variance)) {
          throw new IllegalStateException(
              "lsuv: the outputs of %s have the variance %s on %d examples, which no factor makes 1."
                  .formatted(site.name(), variance, examples));
        }
        if (Math.abs(variance - 1) <= tolerance) {
          break;
        }
        Tensors parameters = network.parameters();
        double[] kernel = parameters.kernel(site.layer());
        for (int i = 0; i < kernel.length; i++) {
          kernel[i] /= Math.sqrt(variance);
        }
        network.set(parameters);
      }
    }
  }

  private static double variance(double[] s) {
    double mean = 0;
    for (double x : s) {
      mean += x / s.length;
    }
    double sum = 0;
    for (double x : s) {
      sum += (x - mean) * (x - mean);
    }
    return sum / s.length;
  }
}
