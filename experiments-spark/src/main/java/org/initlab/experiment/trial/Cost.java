package org.initlab.experiment.trial;

import java.util.List;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Trial;
import org.initlab.init.Site;

/**
 * What a trial is expected to cost, from its shape alone. It orders and sizes batches and feeds the
 * estimate of a plan; no result depends on it.
 *
 * @param flops floating-point operations in the matrix products of its updates and snapshots
 * @param seconds time on one core
 */
public record Cost(double flops, double seconds) {

  /** Of a matrix product of a few rows on one core; a cautious figure. */
  private static final double FLOPS_PER_SECOND = 15e9;

  /** Deeplearning4j's own time a layer and update, whatever its size. */
  private static final double SECONDS_PER_LAYER = 0.35e-3;

  /** To set a network up and take it down. */
  private static final double SECONDS_PER_TRIAL = 0.02;

  /** The cost of this trial. */
  public static Cost of(Trial trial) {
    Datasets data = Datasets.named(trial.text(Argument.DATASET.key()));
    List<Site> sites =
        Architectures.named(trial.text(Argument.ARCHITECTURE.key()))
            .sites(trial, data.inputs(), data.classes());
    int batch = trial.integer(Argument.BATCH.key());
    int steps = trial.integer(Argument.STEPS.key());
    double weights = sites.stream().mapToDouble(s -> s.shape().size()).sum();
    double updates = steps * Architectures.flopsPerStep(sites, batch);
    double snapshots =
        trial.measure().at().size()
            * weights
            * (6.0 * trial.integer(Argument.PROBE_EXAMPLES.key())
                + 2.0 * trial.integer(Argument.TEST_EXAMPLES.key()));
    // An update also reads and writes every weight: about 20 bytes each at 10 GB/s.
    double memory = steps * weights * 20 / 10e9;
    return new Cost(
        updates + snapshots,
        SECONDS_PER_TRIAL
            + steps * sites.size() * SECONDS_PER_LAYER
            + (updates + snapshots) / FLOPS_PER_SECOND
            + memory);
  }
}
