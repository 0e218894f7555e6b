package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.initlab.experiment.Snapshot;
import org.initlab.experiment.numeric.Window;
import org.initlab.init.Activation;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.WeightShape;

/**
 * A dense network at rest: its own passes over the probe and the held-out examples, when asked. For
 * use before the network changes.
 */
final class MlpSnapshot implements Snapshot {

  private final long step;
  private final double trainingLoss;
  private final Probes probes;
  private final DenseNetwork network;
  private boolean forward;
  private boolean backward;
  private Answers heldOut;
  private Answers validation;

  MlpSnapshot(long step, double trainingLoss, Probes probes) {
    this.step = step;
    this.trainingLoss = trainingLoss;
    this.probes = probes;
    this.network = probes.network();
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public int layers() {
    return network.layers();
  }

  @Override
  public Activation activation() {
    return probes.activation();
  }

  @Override
  public Activation activation(int layer) {
    return network.link(layer).activation();
  }

  @Override
  public OptionalInt skip(int layer) {
    int skip = network.link(layer).skip();
    return skip == Link.NONE ? OptionalInt.empty() : OptionalInt.of(skip);
  }

  @Override
  public double gate(int layer) {
    return network.link(layer).hasGate() ? network.gates()[layer] : 1;
  }

  @Override
  public Optional<WeightEnsemble> kernelEnsemble(int layer) {
    return step > 0 ? Optional.empty() : probes.drawnBy().kernels().get(layer - 1);
  }

  @Override
  public Optional<WeightEnsemble> biasEnsemble(int layer) {
    return step > 0 ? Optional.empty() : probes.drawnBy().biases().get(layer - 1);
  }

  @Override
  public double heldOutLoss() {
    return heldOut().loss(probes.goal());
  }

  @Override
  public double heldOutError() {
    return heldOut().error(probes.goal());
  }

  @Override
  public double validationLoss() {
    return validation().loss(probes.goal());
  }

  @Override
  public double validationError() {
    return validation().error(probes.goal());
  }

  @Override
  public double trainingLoss() {
    return trainingLoss;
  }

  @Override
  public int units(int layer) {
    return network.units(layer);
  }

  @Override
  public int probeExamples() {
    return probes.probe().count();
  }

  @Override
  public float[] inputs() {
    return probes.probe().x();
  }

  @Override
  public float[] targets() {
    return probes.probe().targets(probes.goal(), units(layers()));
  }

  @Override
  public OptionalDouble steadyRate() {
    return probes.steadyRate();
  }

  @Override
  public float[] weights(int layer) {
    float[] kernel = new float[network.kernel(layer).size()];
    network.kernel(layer).get(kernel, kernel.length);
    return kernel;
  }

  @Override
  public float[] preActivations(int layer) {
    return forward().preActivations(layer);
  }

  @Override
  public float[] activations(int layer) {
    if (layer < 1 || layer >= layers()) {
      throw new IllegalArgumentException("Layer " + layer + " is no hidden layer.");
    }
    return forward().activations(layer);
  }

  @Override
  public float[] preActivationGradients(int layer) {
    return backward().gradients(layer);
  }

  @Override
  public float[] weightGradients(int layer) {
    return backward().kernelGradient(layer, 1f / probes.probe().count());
  }

  @Override
  public LiveNetwork live() {
    List<Site> sites = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    List<float[]> kernels = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int layer = 1; layer <= layers(); layer++) {
      sites.add(
          new Site(
              "layer/" + layer,
              shape(layer),
              layer == layers() ? Role.OUTPUT : layer == 1 ? Role.INPUT : Role.HIDDEN,
              activation(layer),
              layer,
              layers()));
      links.add(network.link(layer).startingAt(OptionalDouble.of(gate(layer))));
      kernels.add(weights(layer));
      biases.add(network.bias(layer).clone());
    }
    Examples probe = probes.probe();
    return new CalibratedNetwork(
        sites,
        links,
        probes.goal(),
        new Parameters(kernels, biases),
        (index, x, at) -> {
          System.arraycopy(probe.x(), (int) index * probe.inputs(), x, at, probe.inputs());
          return probe.labels()[(int) index];
        });
  }

  private WeightShape shape(int layer) {
    int out = network.bias(layer).length;
    Optional<Window> window = network.link(layer).inlet().flatMap(Inlet::window);
    if (window.isEmpty()) {
      return WeightShape.dense(network.kernel(layer).size() / out, out);
    }
    long side = window.get().kernel();
    return WeightShape.convolution(window.get().in().channels(), out, side, side);
  }

  private DensePass forward() {
    DensePass pass = probes.pass();
    if (!forward) {
      pass.forward();
      forward = true;
    }
    return pass;
  }

  private DensePass backward() {
    DensePass pass = forward();
    if (!backward) {
      pass.loss(probes.goal(), probes.probe().labels());
      pass.backward((layer, products, d) -> products.backward());
      backward = true;
    }
    return pass;
  }

  private Answers heldOut() {
    if (heldOut == null) {
      heldOut =
          answers(
              probes.heldOut(),
              probes.probeIsHeldOut() ? forward().preActivations(layers()) : new float[0]);
    }
    return heldOut;
  }

  private Answers validation() {
    if (validation == null) {
      validation = answers(probes.validation(), new float[0]);
    }
    return validation;
  }

  private Answers answers(Examples examples, float[] first) {
    return new Answers(probes.logits(examples, first), examples.labels());
  }
}
