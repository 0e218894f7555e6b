package org.initlab.experiment.metric;

import java.util.List;
import org.initlab.experiment.Snapshot;
import org.initlab.experiment.numeric.DoubleProducts;
import org.initlab.init.theory.CorrelationModes;
import org.initlab.init.theory.CorrelationModes.Mode;

/**
 * The modes of what a trial has to learn: those of the correlation of the probe's inputs with what
 * is wanted, {@code sum x y^T} over its examples. They are found at the first snapshot and kept.
 */
final class ProbeModes {

  /** As many as have rows. */
  static final int MOST = 32;

  private List<Mode> modes;

  /** The strongest modes; none where an input is no number. */
  List<Mode> of(Snapshot at) {
    if (modes == null) {
      List<Mode> all =
          CorrelationModes.of(correlation(at, at.targets()), at.units(0), at.units(at.layers()))
              .modes();
      modes = List.copyOf(all.subList(0, Math.min(MOST, all.size())));
    }
    return modes;
  }

  /** The sum over the probe of x s^T, [inputs, outputs]. */
  static double[] correlation(Snapshot at, float[] s) {
    double[] correlation = new double[at.units(0) * at.units(at.layers())];
    DoubleProducts.kernelGradient(
        at.probeExamples(), 1, doubles(at.inputs()), doubles(s), correlation);
    return correlation;
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
