package org.initlab.experiment.trial;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.initlab.init.Activation;

/**
 * The examples on which a trial's network is looked at, and memory for their passes, kept from one
 * snapshot to the next. To be closed before its network.
 */
final class Probes implements AutoCloseable {

  /** Held-out examples at a time: few enough for the cache and for products without packing. */
  private static final int HELD_OUT_ROWS = 50;

  /** Numbers of a layer at a time, of which a pass keeps a few arrays a layer: 4 MB. */
  private static final int HELD_OUT_NUMBERS = 1 << 20;

  private final DenseNetwork network;
  private final Activation activation;
  private final Goal goal;
  private final Examples heldOut;
  private final Examples validation;
  private final Examples probe;
  private final DrawnBy drawnBy;
  private final OptionalDouble steadyRate;
  private final DensePass pass;
  private final DensePass heldOutPass;
  private final boolean probeIsHeldOut;

  Probes(
      DenseNetwork network,
      Activation activation,
      Goal goal,
      Examples heldOut,
      Examples validation,
      Examples probe,
      DrawnBy drawnBy,
      OptionalDouble steadyRate) {
    this.network = network;
    this.activation = activation;
    this.goal = goal;
    this.steadyRate = steadyRate;
    this.heldOut = heldOut;
    this.validation = validation;
    this.probe = probe;
    this.drawnBy = drawnBy;
    this.pass = DensePass.look(network, probe.count());
    this.heldOutPass = DensePass.look(network, heldOutRows(network, heldOut.count()));
    System.arraycopy(probe.x(), 0, pass.activations(0), 0, probe.x().length);
    int n = probe.x().length;
    this.probeIsHeldOut =
        n > 0 && n <= heldOut.x().length && Arrays.equals(probe.x(), 0, n, heldOut.x(), 0, n);
  }

  private static int heldOutRows(DenseNetwork network, int examples) {
    int widest = IntStream.rangeClosed(0, network.layers()).map(network::units).max().orElse(1);
    return Math.max(1, Math.min(Math.min(HELD_OUT_ROWS, examples), HELD_OUT_NUMBERS / widest));
  }

  /** The probes of a trial. */
  static Probes of(Setup setup, DenseNetwork network) {
    return new Probes(
        network,
        setup.activation(),
        setup.goal(),
        setup.heldOut(setup.trial().integer("test_examples")),
        setup.validation(),
        setup.heldOut(setup.trial().integer("probe_examples")),
        DrawnBy.of(setup),
        setup.steadyRate());
  }

  DenseNetwork network() {
    return network;
  }

  Activation activation() {
    return activation;
  }

  Goal goal() {
    return goal;
  }

  /** See {@link Setup#steadyRate()}. */
  OptionalDouble steadyRate() {
    return steadyRate;
  }

  Examples heldOut() {
    return heldOut;
  }

  /** None where the trial keeps none apart. */
  Examples validation() {
    return validation;
  }

  Examples probe() {
    return probe;
  }

  /** What the network was drawn from, before any update. */
  DrawnBy drawnBy() {
    return drawnBy;
  }

  /** The probe's pass, its examples in place. */
  DensePass pass() {
    return pass;
  }

  /**
   * Whether the held-out examples begin with the probe, whose pass then answers for these, whatever
   * metrics there are.
   */
  boolean probeIsHeldOut() {
    return probeIsHeldOut;
  }

  /**
   * The output layer's pre-activations for examples that are held out, or for validation.
   *
   * @param first those of the first examples, if they are known already; else empty
   */
  float[] logits(Examples examples, float[] first) {
    int classes = network.units(network.layers());
    float[] logits = new float[examples.count() * classes];
    System.arraycopy(first, 0, logits, 0, first.length);
    int rows = heldOutPass.rows();
    for (int from = first.length / classes; from < examples.count(); from += rows) {
      int count = Math.min(rows, examples.count() - from);
      System.arraycopy(
          examples.x(),
          from * examples.inputs(),
          heldOutPass.activations(0),
          0,
          count * examples.inputs());
      heldOutPass.forward();
      System.arraycopy(
          heldOutPass.preActivations(network.layers()), 0, logits, from * classes, count * classes);
    }
    return logits;
  }

  @Override
  public void close() {
    pass.close();
    heldOutPass.close();
  }
}
