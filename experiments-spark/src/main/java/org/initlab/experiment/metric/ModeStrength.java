package org.initlab.experiment.metric;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;
import org.initlab.init.theory.CorrelationModes.Mode;

/**
 * How much of each mode of the data the network answers: with the modes {@code s a b^T} of {@code
 * sum x y^T} over the probe, y what is wanted, {@code mode_strength} is {@code a^T (sum x o^T) b}
 * of the outputs o, {@code /target} is s, told before training, and {@code /half_time} the update
 * at which the strength first comes to s / 2, on the straight line between two snapshots, told at
 * the second of them. A row has the mode's number from 1, the strongest, as its bin; at most
 * {@value ProbeModes#MOST} modes have rows. Source: Saxe, McClelland and Ganguli 2013, section 1
 * and figure 3.
 *
 * <p>Outputs are those before a softmax. Where inputs are the unit vectors, the strength is that of
 * the mode in the product of a linear network's kernels; a strength below 0 answers the wrong way
 * round. It says nothing of what the network does outside the modes.
 */
final class ModeStrength implements Metric {

  static final String NAME = "mode_strength";

  /** The part of it that is the time at which half of a mode is learned. */
  static final String HALF_TIME = NAME + "/half_time";

  private final ProbeModes modes = new ProbeModes();
  private final Map<Integer, Point> before = new HashMap<>();
  private final Set<Integer> arrived = new HashSet<>();

  private record Point(long step, double strength) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String says() {
    return "how much of each mode of the correlation of inputs with what is wanted is in the outputs,"
        + " by the mode's number; and the update at which half of it is";
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    List<Mode> all = modes.of(at);
    double[] answered = ProbeModes.correlation(at, at.preActivations(at.layers()));
    for (int i = 0; i < all.size(); i++) {
      double strength = all.get(i).in(answered);
      sink.record(name(), 0, i + 1, strength);
      if (at.step() == 0) {
        sink.record(name() + "/target", 0, i + 1, all.get(i).strength());
      }
      halfway(i, new Point(at.step(), strength), all.get(i).strength() / 2, sink);
    }
  }

  /** Tells the update at which the line from the last point to this one first comes to a half. */
  private void halfway(int mode, Point now, double half, MetricsSink sink) {
    Point last = before.put(mode, now);
    if (last != null && last.strength < half && now.strength >= half && arrived.add(mode)) {
      double part = (half - last.strength) / (now.strength - last.strength);
      sink.record(HALF_TIME, 0, mode + 1, last.step + part * (now.step - last.step));
    }
  }
}
