package org.initlab.experiment.trial;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.initlab.experiment.Moments;
import org.initlab.experiment.Signal;
import org.initlab.experiment.Snapshot;
import org.initlab.init.Activation;
import org.initlab.init.LiveNetwork;
import org.initlab.init.WeightEnsemble;

/**
 * A chain of dense layers whose weights lie in a GPU's memory: it says what the GPU found, and for
 * anything else has the weights brought, once.
 */
final class CudaSnapshot implements Snapshot {

  private final Setup setup;
  private final long step;
  private final double trainingLoss;
  private final CudaSight sight;
  private final Supplier<Snapshot> bring;
  private Snapshot brought;
  private DrawnBy drawnBy;

  /**
   * A snapshot.
   *
   * @param sight what was found
   * @param bring makes a snapshot of the weights, which costs time
   */
  CudaSnapshot(
      Setup setup, long step, double trainingLoss, CudaSight sight, Supplier<Snapshot> bring) {
    this.setup = setup;
    this.step = step;
    this.trainingLoss = trainingLoss;
    this.sight = sight;
    this.bring = bring;
  }

  private Snapshot brought() {
    if (brought == null) {
      brought = bring.get();
    }
    return brought;
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public int layers() {
    return setup.sites().size();
  }

  @Override
  public Activation activation() {
    return setup.activation();
  }

  @Override
  public Activation activation(int layer) {
    return setup.topology().links().get(layer - 1).activation();
  }

  @Override
  public OptionalInt skip(int layer) {
    return OptionalInt.empty();
  }

  @Override
  public double gate(int layer) {
    return 1;
  }

  @Override
  public Optional<WeightEnsemble> kernelEnsemble(int layer) {
    return step > 0 ? Optional.empty() : drawnBy().kernels().get(layer - 1);
  }

  @Override
  public Optional<WeightEnsemble> biasEnsemble(int layer) {
    return step > 0 ? Optional.empty() : drawnBy().biases().get(layer - 1);
  }

  private DrawnBy drawnBy() {
    if (drawnBy == null) {
      drawnBy = DrawnBy.of(setup);
    }
    return drawnBy;
  }

  @Override
  public double heldOutLoss() {
    return sight.heldOut().isPresent() ? sight.heldOut().get().loss() : brought().heldOutLoss();
  }

  @Override
  public double heldOutError() {
    return sight.heldOut().isPresent() ? sight.heldOut().get().error() : brought().heldOutError();
  }

  @Override
  public double validationLoss() {
    return sight.validation().isPresent()
        ? sight.validation().get().loss()
        : brought().validationLoss();
  }

  @Override
  public double validationError() {
    return sight.validation().isPresent()
        ? sight.validation().get().error()
        : brought().validationError();
  }

  @Override
  public double trainingLoss() {
    return trainingLoss;
  }

  @Override
  public int units(int layer) {
    return layer == 0
        ? setup.dataset().inputs()
        : Math.toIntExact(setup.sites().get(layer - 1).shape().out());
  }

  @Override
  public int probeExamples() {
    return sight.probe().count();
  }

  @Override
  public float[] inputs() {
    return sight.probe().x();
  }

  @Override
  public float[] targets() {
    return sight.probe().targets(setup.goal(), units(layers()));
  }

  @Override
  public OptionalDouble steadyRate() {
    return setup.steadyRate();
  }

  @Override
  public float[] weights(int layer) {
    return brought().weights(layer);
  }

  @Override
  public float[] preActivations(int layer) {
    return brought().preActivations(layer);
  }

  @Override
  public float[] activations(int layer) {
    return brought().activations(layer);
  }

  @Override
  public float[] preActivationGradients(int layer) {
    return layer == layers() && sight.outputGradients().isPresent()
        ? sight.outputGradients().get()
        : brought().preActivationGradients(layer);
  }

  @Override
  public float[] weightGradients(int layer) {
    return brought().weightGradients(layer);
  }

  @Override
  public Moments moments(Signal signal, int layer) {
    if (signal == Signal.ACTIVATIONS && (layer < 1 || layer >= layers())) {
      throw new IllegalArgumentException("Layer " + layer + " is no hidden layer.");
    }
    return sight.moments(signal, layer).orElseGet(() -> brought().moments(signal, layer));
  }

  @Override
  public OptionalDouble foundSaturation(int layer) {
    return sight.saturation(layer);
  }

  @Override
  public OptionalDouble foundDeadUnits(int layer) {
    return sight.deadUnits(layer);
  }

  @Override
  public LiveNetwork live() {
    return brought().live();
  }
}
