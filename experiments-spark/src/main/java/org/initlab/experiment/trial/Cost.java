package org.initlab.experiment.trial;

import java.util.List;
import java.util.Set;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Need;
import org.initlab.experiment.Trial;
import org.initlab.experiment.metric.Metrics;
import org.initlab.init.Site;
import org.initlab.init.named.Named;

/**
 * What a trial is expected to cost, from its shape alone. It orders and sizes batches and feeds the
 * estimate of a plan; no result depends on it.
 *
 * @param flops floating-point operations in the matrix products of its calibration, updates and
 *     snapshots
 * @param seconds time on one core
 * @param looking that part of the seconds in which metrics look at the network
 * @param together how many trials of its kind are best computed side by side
 */
public record Cost(double flops, double seconds, double looking, int together) {

  /** To set a network up and take it down. */
  private static final double SECONDS_PER_TRIAL = 0.01;

  /** Bytes of weights that stay in a core's own cache. */
  private static final double CACHED_BYTES = 1 << 20;

  /**
   * What an engine takes, in seconds: measured on a 2.6 GHz server core, rounded.
   *
   * @param layer of an update, whatever its size
   * @param flop of a product whose weights are in the cache
   * @param farFlop of a product whose weights are not
   * @param unit of a hidden layer, an example and an update: activation and copies
   * @param weight of an update by an optimizer other than sgd
   * @param copied of an update by any: copies of it for the products
   */
  private record Rates(
      double layer, double flop, double farFlop, double unit, double weight, double copied) {}

  private static final Rates FUSED = new Rates(1.5e-6, 1 / 80e9, 1 / 45e9, 2.5e-9, 1e-9, 0);

  /** Many examples at once: faster products than those of an update. */
  private static final Rates LOOKS = new Rates(0, 1 / 100e9, 1 / 60e9, 2e-9, 0, 0);

  private static final Rates DL4J = new Rates(0.35e-3, 1 / 25e9, 1 / 15e9, 2e-8, 4e-9, 0);
  private static final Rates DOUBLE = new Rates(1e-6, 1 / 40e9, 1 / 25e9, 5e-8, 1e-9, 4e-9);

  /** A share of a GPU that trains many trials side by side: an estimate, never measured. */
  private static final Rates CUDA = new Rates(3e-8, 1 / 4e12, 1 / 2e12, 5e-11, 2e-11, 0);

  /** To draw a weight: an estimate between uniform and normal ones. */
  private static final double SECONDS_PER_DRAW = 1e-8;

  /** A product while weights are calibrated: plain loops in double precision. */
  private static final double SECONDS_PER_CALIBRATING_FLOP = 1 / 4e9;

  /** To hand over one number of an example. */
  private static final double SECONDS_PER_INPUT = 0.7e-9;

  /** The cost of this trial. */
  public static Cost of(Trial trial) {
    Topology topology = Engines.topology(trial);
    List<Site> sites = topology.sites();
    Engine engine = Engines.of(trial);
    Rates rates = rates(engine.name());
    double batch = trial.integer(Argument.BATCH.key());
    double steps = trial.integer(Argument.STEPS.key());
    double weights = sites.stream().mapToDouble(s -> s.shape().size()).sum();
    double units = topology.outputs();
    double inputs = Datasets.named(trial.text(Argument.DATASET.key())).inputs();
    double updates = steps * topology.flopsPerStep((int) batch);
    Snapshots snapshots = Snapshots.of(trial);
    double snapshotFlops = snapshots.passes() * 2 * topology.multiplications();
    double calibration = 6 * topology.multiplications() * passes(trial);
    // A GPU looks where it trains, unless a metric asks for the weights.
    Rates looking =
        engine.name().equals(CudaEngine.NAME) && CudaEngine.findsAll(trial) ? CUDA : LOOKS;
    boolean near = weights * engine.precision().bytes() <= CACHED_BYTES;
    boolean sgd = trial.text(Argument.OPTIMIZER.key()).equals(Optimizer.SGD.title());
    double perUpdate =
        sites.size() * rates.layer
            + batch * units * rates.unit
            + batch * inputs * SECONDS_PER_INPUT
            + weights * (rates.copied + (sgd ? 0 : rates.weight));
    double looks =
        snapshotFlops * (near ? looking.flop : looking.farFlop)
            + snapshots.signals() * units * looking.unit;
    return new Cost(
        updates + snapshotFlops + calibration,
        SECONDS_PER_TRIAL
            + weights * SECONDS_PER_DRAW
            + calibration * SECONDS_PER_CALIBRATING_FLOP
            + steps * perUpdate
            + updates * (near ? rates.flop : rates.farFlop)
            + looks,
        looks,
        engine.together(trial));
  }

  private static Rates rates(String engine) {
    return switch (engine) {
      case "dl4j" -> DL4J;
      case DoubleEngine.NAME -> DOUBLE;
      case CudaEngine.NAME -> CUDA;
      default -> FUSED;
    };
  }

  /**
   * What all snapshots of a trial work through.
   *
   * @param passes examples that are sent through the network; the way back counts twice
   * @param signals examples whose signals are worked on
   */
  private record Snapshots(double passes, double signals) {

    static Snapshots of(Trial trial) {
      Set<Need> needs = Metrics.needs(trial.measure());
      boolean back = needs.contains(Need.NETWORK) || needs.contains(Need.GRADIENTS);
      boolean there = back || needs.contains(Need.SIGNALS) || needs.contains(Need.SATURATION);
      double probe = there ? examples(trial, Argument.PROBE_EXAMPLES) : 0;
      double forward = probe; // the first of the held-out examples
      if (needs.contains(Need.HELD_OUT)) {
        forward = Math.max(forward, examples(trial, Argument.TEST_EXAMPLES));
      }
      if (needs.contains(Need.VALIDATION)) {
        forward += examples(trial, Argument.VALIDATION_EXAMPLES);
      }
      double looks = trial.measure().at().size();
      return new Snapshots(
          looks * (forward + (back ? 2 * probe : 0)), looks * (forward + (back ? 3 : 1) * probe));
    }

    private static double examples(Trial trial, Argument argument) {
      return trial.integer(argument.key());
    }
  }

  private static double passes(Trial trial) {
    String calibrator = trial.text(Argument.CALIBRATOR.key());
    return calibrator.equals("none") ? 0 : Named.calibrator(calibrator).passes();
  }
}
