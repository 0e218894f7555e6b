package org.initlab.experiment.trial;

import java.util.Optional;
import java.util.stream.IntStream;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Trial;
import org.initlab.init.Site;

/** Says which network does not fit into Java's arrays, before any is made. */
final class Sizes {

  /** The longest array that every JVM has. */
  private static final int MOST = Integer.MAX_VALUE - 64;

  private Sizes() {}

  /** What is too large for a trial, in a sentence; nothing if all fits. */
  static Optional<String> objection(Trial trial, Topology topology) {
    for (Site site : topology.sites()) {
      double weights = site.shape().size();
      if (weights > MOST) {
        return Optional.of(
            String.format(
                "%s of width %s has a kernel of %,.0f weights. Allowed: at most 2^31 - 65."
                    + " Take a smaller width.",
                site.name(), trial.text(Argument.WIDTH.key()), weights));
      }
    }
    double widest =
        IntStream.rangeClosed(1, topology.sites().size())
            .mapToDouble(topology::outputs)
            .max()
            .orElse(0);
    for (Argument rows : new Argument[] {Argument.BATCH, Argument.PROBE_EXAMPLES}) {
      double numbers = widest * trial.integer(rows.key());
      if (numbers > MOST) {
        return Optional.of(
            String.format(
                "%s %s makes %,.0f numbers in a layer. Allowed: at most 2^31 - 65."
                    + " Take fewer, or a smaller width.",
                rows.key(), trial.text(rows.key()), numbers));
      }
    }
    return Optional.empty();
  }
}
