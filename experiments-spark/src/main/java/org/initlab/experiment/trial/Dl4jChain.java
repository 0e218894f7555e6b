package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.nd4j.Dl4jNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Dense layers on one another: a MultiLayerNetwork. */
final class Dl4jChain implements Dl4jModel {

  private final Setup setup;
  private final MultiLayerNetwork network;

  Dl4jChain(Setup setup) {
    this.setup = setup;
    this.network = network(setup);
  }

  /** The network with its first weights. */
  static MultiLayerNetwork network(Setup setup) {
    NeuralNetConfiguration.ListBuilder layers = Dl4jParts.configuration(setup).list();
    int last = setup.sites().size();
    for (Site site : setup.sites()) {
      layers.layer(site.layer() < last ? Dl4jParts.dense(site) : Dl4jParts.output(setup, site));
    }
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
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

  /** A copy of a network's parameters. */
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

  @Override
  public Parameters parameters() {
    return parameters(network, setup);
  }

  @Override
  public void rate(double rate) {
    network.setLearningRate(rate);
  }

  @Override
  public double penalty() {
    return network.calcRegularizationScore(true);
  }

  @Override
  public double update(Examples batch) {
    try (INDArray x = Nd4j.create(batch.x(), new long[] {batch.count(), batch.inputs()}, 'c');
        INDArray y = Dl4jParts.labels(batch, setup.dataset().classes())) {
      network.fit(x, y);
      return network.score();
    }
  }

  @Override
  public void close() {
    Dl4jParts.free(
        network.params(),
        network.getFlattenedGradients(),
        network.getUpdater(false) == null ? null : network.getUpdater(false).getStateViewArray());
  }
}
