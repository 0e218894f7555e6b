package org.initlab.experiment.trial;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.initlab.experiment.Trial;
import org.initlab.init.Activation;
import org.initlab.init.Site;
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
 * What Deeplearning4j has for a trial's names, and the layers made of it.
 *
 * <p>Its GELU is an approximation even where it is called precise, and it has no error function, no
 * sine and no momentum but Nesterov's.
 *
 * <p>It clips a softmax at 1e-10 by default, which caps its loss at 23; here the clip is at 1e-37,
 * so a loss of up to 85 is told as it is.
 */
final class Dl4jParts {

  private Dl4jParts() {}

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

  /** Whether there are an activation and an optimizer for this trial. */
  static boolean has(Trial trial) {
    return ACTIVATIONS.containsKey(Architectures.activation(trial.text("activation")))
        && UPDATERS.containsKey(Optimizer.named(trial.text("optimizer")));
  }

  static IActivation activation(Activation activation) {
    return ACTIVATIONS.get(activation).get();
  }

  /** How a trial's networks are configured: from weights of 0, which are written in later. */
  static NeuralNetConfiguration.Builder configuration(Setup setup) {
    Trial trial = setup.trial();
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.FLOAT)
        .weightInit(WeightInit.ZERO)
        .biasInit(0)
        .l2(trial.number("weight_decay"))
        .updater(UPDATERS.get(setup.optimizer()).of(trial.number("learning_rate"), trial))
        .trainingWorkspaceMode(WorkspaceMode.ENABLED)
        .inferenceWorkspaceMode(WorkspaceMode.ENABLED);
  }

  /** A dense layer. */
  static DenseLayer dense(Site site) {
    return new DenseLayer.Builder()
        .nIn(site.shape().in())
        .nOut(site.shape().out())
        .activation(activation(site.into()))
        .build();
  }

  /** The output layer, with the loss. */
  static OutputLayer output(Setup setup, Site site) {
    return new OutputLayer.Builder(LOSSES.get(setup.loss()).apply(setup.dataset().classes()))
        .nIn(site.shape().in())
        .nOut(site.shape().out())
        .activation(new ActivationSoftmax())
        .build();
  }

  /** The labels as one-hot rows. */
  static INDArray labels(Examples batch, int classes) {
    float[] hot = new float[batch.count() * classes];
    for (int i = 0; i < batch.count(); i++) {
      hot[i * classes + batch.labels()[i]] = 1;
    }
    return Nd4j.create(hot, new long[] {batch.count(), classes}, 'c');
  }

  /**
   * Frees a network's arrays and this thread's workspaces: what its own close does, without the two
   * full garbage collections that it asks for.
   */
  static void free(INDArray... arrays) {
    for (INDArray array : arrays) {
      if (array != null && array.closeable()) {
        array.close();
      }
    }
    MemoryWorkspaceManager manager = Nd4j.getWorkspaceManager();
    List.copyOf(manager.getAllWorkspacesForCurrentThread()).forEach(manager::destroyWorkspace);
  }
}
