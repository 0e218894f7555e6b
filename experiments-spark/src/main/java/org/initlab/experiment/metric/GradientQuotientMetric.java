package org.initlab.experiment.metric;

import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.calibrate.GradientQuotient;

/**
 * MetaInit's gradient quotient, {@code 1/N sum |(g - H g) / (g + eps sign(g)) - 1|} over all N
 * parameters: how much a step along the gradient changes the gradient itself (Dauphin and
 * Schoenholz 2019, equation 3). Of the first {@value #EXAMPLES} probe examples, in double
 * precision, H g as a difference of gradients: three of them, and some eight times the network's
 * memory.
 *
 * <p>It is no number of the optimizer's: learning rates do not enter.
 */
final class GradientQuotientMetric implements Metric {

  private static final int EXAMPLES = 64;

  @Override
  public String name() {
    return "gradient_quotient";
  }

  @Override
  public String says() {
    return "MetaInit's gradient quotient on up to 64 examples: 0 where the loss is linear, 1 where a"
        + " step of length 1 undoes the gradient";
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    LiveNetwork network = at.live();
    Probe probe = new Probe(0, Math.min(EXAMPLES, at.probeExamples()));
    sink.record(name(), GradientQuotient.of(network, network.parameters(), probe));
  }
}
