package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.init.Activation;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.nd4j.Dl4jNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Deeplearning4j's MultiLayerNetwork, by which the other engines are tested. It trains only: the
 * kernels are drawn here and written in, and nothing of ND4J's random numbers is asked for.
 *
 * <p>Its GELU is an approximation even where it is called precise, and it has no error function, no
 * sine and no momentum but Nesterov's: trials with these it does not run.
 *
 * <p>DL4J clips a softmax at 1e-10 by default, which caps its loss at 23; here the clip is at
 * 1e-37, so a loss of up to 85 is told as it is.
 */
final class Dl4jEngine implements Engine {

  private static final double CLIP = 1e-37;

  private static final Map<Activation, Supplier<IActivation>> ACTIVATIONS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Activation.IDENTITY, ActivationIdentity::new),
              Map.entry(Activation.RELU, ActivationReLU::new),
              Map.entry(Activation.LEAKY_RELU, () -> new ActivationLReLU(0.01)),
              Map.entry(Activation.ELU, () -> new ActivationELU(1)),
              Map.entry(Activation.SELU, ActivationSELU::new),
              Map.entry(Activation.MISH, ActivationMish::new),
              Map.entry(Activation.SILU, ActivationSwish::new),
              Map.entry(Activation.TANH, ActivationTanH::new),
              Map.entry(Activation.SIGMOID, ActivationSigmoid::new),
              Map.entry(Activation.SOFTSIGN, ActivationSoftSign::new),
              Map.entry(Activation.HARD_TANH, ActivationHardTanH::new),
              Map.entry(Activation.SOFTPLUS, ActivationSoftPlus::new)));

  @FunctionalInterface
  private interface Updater {
    IUpdater of(double rate, Trial trial);
  }

  private static final Map<Optimizer, Updater> UPDATERS =
      new EnumMap<>(
          Map.of(
              Optimizer.SGD, (rate, trial) -> new Sgd(rate),
              Optimizer.NESTEROV, (rate, trial) -> new Nesterovs(rate, trial.number("momentum")),
              Optimizer.RMSPROP,
                  (rate, trial) -> new RmsProp(rate, Optimizer.RMS_DECAY, Optimizer.EPSILON),
              Optimizer.ADAM,
                  (rate, trial) ->
                      new Adam(
                          rate,
                          Optimizer.ADAM_MEAN_DECAY,
                          Optimizer.ADAM_SQUARE_DECAY,
                          Optimizer.EPSILON)));

  private static final Map<Loss, IntFunction<ILossFunction>> LOSSES =
      new EnumMap<>(
          Map.of(
              Loss.CROSS_ENTROPY, classes -> new LossMCXENT(CLIP, null),
              Loss.SQUARED_ERROR,
                  classes -> new LossL2(Nd4j.valueArrayOf(new long[] {1, classes}, 0.5f))));

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String says() {
    return "Deeplearning4j and ND4J 1.0.0-M2.1, nd4j-native";
  }

  @Override
  public boolean runs(Trial trial) {
    return Architectures.named(trial.text("architecture")) == Architectures.MLP
        && ACTIVATIONS.containsKey(Architectures.activation(trial.text("activation")))
        && UPDATERS.containsKey(Optimizer.named(trial.text("optimizer")))
        && !Engines.scalesRates(trial);
  }

  @Override
  public Outcome train(Setup setup, Recorder recorder) {
    MultiLayerNetwork network = network(setup);
    try (DenseNetwork copy = new DenseNetwork(parameters(network, setup), setup.links());
        recorder) {
      if (recorder.due(0)) {
        recorder.show(0, copy);
      }
      Examples batch = setup.emptyBatch();
      ExampleStream training = setup.training();
      boolean decays = setup.trial().number("weight_decay") > 0;
      boolean varies = setup.schedule() != Schedule.CONSTANT || setup.trial().integer("warmup") > 0;
      long steps = setup.steps();
      for (long step = 1; step <= steps; step++) {
        batch.fill(training, step);
        if (varies) {
          network.setLearningRate(setup.rate(step));
        }
        double penalty = decays ? network.calcRegularizationScore(true) : 0;
        double loss = update(network, batch, setup.dataset().classes()) - penalty;
        if (!Double.isFinite(loss)) {
          return new Outcome.Diverged(step);
        }
        recorder.loss(loss);
        if (recorder.due(step)) {
          copy.set(parameters(network, setup));
          recorder.show(step, copy);
        }
      }
      return new Outcome.Completed();
    } finally {
      free(network);
    }
  }

  /**
   * Frees a network's memory: what its own close does, without the two full garbage collections
   * that it asks for.
   */
  static void free(MultiLayerNetwork network) {
    INDArray state =
        network.getUpdater(false) == null ? null : network.getUpdater(false).getStateViewArray();
    for (INDArray array :
        new INDArray[] {network.params(), network.getFlattenedGradients(), state}) {
      if (array != null && array.closeable()) {
        array.close();
      }
    }
    MemoryWorkspaceManager manager = Nd4j.getWorkspaceManager();
    List.copyOf(manager.getAllWorkspacesForCurrentThread()).forEach(manager::destroyWorkspace);
  }

  /** The network with its first weights. */
  static MultiLayerNetwork network(Setup setup) {
    Trial trial = setup.trial();
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.ZERO)
            .biasInit(0)
            .l2(trial.number("weight_decay"))
            .updater(UPDATERS.get(setup.optimizer()).of(trial.number("learning_rate"), trial))
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .list();
    int last = setup.sites().size();
    for (Site site : setup.sites()) {
      long in = site.shape().in();
      long out = site.shape().out();
      layers.layer(
          site.layer() < last
              ? new DenseLayer.Builder()
                  .nIn(in)
                  .nOut(out)
                  .activation(ACTIVATIONS.get(setup.activation()).get())
                  .build()
              : new OutputLayer.Builder(LOSSES.get(setup.loss()).apply(setup.dataset().classes()))
                  .nIn(in)
                  .nOut(out)
                  .activation(new ActivationSoftmax())
                  .build());
    }
    MultiLayerConfiguration configuration = layers.build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    Dl4jNetwork weights = Dl4jNetwork.of(network);
    Parameters first = setup.first();
    for (Site site : setup.sites()) {
      int at = site.layer() - 1;
      weights.set(site, new Weights(site.shape().lengths(), first.kernels().get(at)));
      network.setParam(at + "_b", Nd4j.create(first.biases().get(at)).reshape(1, -1));
    }
    return network;
  }

  private static double update(MultiLayerNetwork network, Examples batch, int classes) {
    float[] hot = new float[batch.count() * classes];
    for (int i = 0; i < batch.count(); i++) {
      hot[i * classes + batch.labels()[i]] = 1;
    }
    try (INDArray x = Nd4j.create(batch.x(), new long[] {batch.count(), batch.inputs()}, 'c');
        INDArray y = Nd4j.create(hot, new long[] {batch.count(), classes}, 'c')) {
      network.fit(x, y);
      return network.score();
    }
  }

  /** A copy of the network's parameters. */
  static Parameters parameters(MultiLayerNetwork network, Setup setup) {
    Dl4jNetwork weights = Dl4jNetwork.of(network);
    List<float[]> kernels = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (Site site : setup.sites()) {
      kernels.add(weights.get(site).values());
      biases.add(network.getParam(site.layer() - 1 + "_b").toFloatVector());
    }
    return new Parameters(kernels, biases);
  }
}
