package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.initlab.experiment.numeric.Padding;
import org.initlab.experiment.numeric.Pooling;
import org.initlab.experiment.numeric.Volume;
import org.initlab.experiment.numeric.Window;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.nd4j.Dl4jNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolutions, pooling and sums: a ComputationGraph on images as [examples, channels, height,
 * width]. It has no circular padding and no learned gates.
 *
 * <p>A dense layer behind a convolution has its inputs in that order too, so the rows of its kernel
 * are put into it on the way in, and back on the way out.
 */
final class Dl4jGraph implements Dl4jModel {

  private static final String INPUT = "input";

  private final Setup setup;
  private final ComputationGraph network;
  private final Dl4jNetwork weights;
  private final Map<String, Site> sites = new HashMap<>();

  Dl4jGraph(Setup setup) {
    this.setup = setup;
    this.network = new ComputationGraph(configuration(setup));
    network.init();
    this.weights = Dl4jNetwork.of(network);
    weights.sites().forEach(site -> sites.put(site.name(), site));
    Parameters first = setup.first();
    for (Site site : setup.sites()) {
      int at = site.layer() - 1;
      float[] kernel = inTheirOrder(site, first.kernels().get(at), true);
      weights.set(sites.get(site.name()), new Weights(site.shape().lengths(), kernel));
      float[] bias = first.biases().get(at);
      weights.setBias(sites.get(site.name()), new Weights(new long[] {1, bias.length}, bias));
    }
  }

  private static ComputationGraphConfiguration configuration(Setup setup) {
    ComputationGraphConfiguration.GraphBuilder graph =
        Dl4jParts.configuration(setup).graphBuilder().addInputs(INPUT);
    List<String> tops = new ArrayList<>(List.of(INPUT));
    for (Site site : setup.sites()) {
      Link link = setup.topology().links().get(site.layer() - 1);
      String name = site.name();
      String below = tops.get(site.layer() - 1);
      Volume read = setup.topology().volume(site.layer() - 1);
      if (link.inlet().isPresent()) {
        for (Pooling pooling : link.inlet().get().poolings()) {
          String pool = name + "/pool/" + read;
          graph.addLayer(pool, pool(pooling), below);
          below = pool;
          read = pooling.of(read);
        }
      }
      boolean flattens = link.places() == 1 && !window(link) && read.places() > 1;
      InputPreProcessor flat =
          flattens
              ? new CnnToFeedForwardPreProcessor(read.height(), read.width(), read.channels())
              : null;
      Layer layer = layer(setup, site, link);
      if (flat == null) {
        graph.addLayer(name, layer, below);
      } else {
        graph.addLayer(name, layer, flat, below);
      }
      String top = name;
      if (link.skip() != Link.NONE) {
        top = name + "/sum";
        graph.addVertex(
            top, new ElementWiseVertex(ElementWiseVertex.Op.Add), name, tops.get(link.skip()));
      }
      tops.add(top);
    }
    return graph.setOutputs(tops.get(tops.size() - 1)).build();
  }

  private static boolean window(Link link) {
    return link.inlet().flatMap(Inlet::window).isPresent();
  }

  private static FeedForwardLayer layer(Setup setup, Site site, Link link) {
    if (site.layer() == setup.sites().size()) {
      return Dl4jParts.output(setup, site);
    }
    if (!window(link)) {
      return Dl4jParts.dense(site);
    }
    Window window = link.inlet().flatMap(Inlet::window).orElseThrow();
    return new ConvolutionLayer.Builder(window.kernel(), window.kernel())
        .nIn(site.shape().in())
        .nOut(site.shape().out())
        .stride(window.stride(), window.stride())
        .convolutionMode(
            window.padding() == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate)
        .activation(Dl4jParts.activation(site.into()))
        .build();
  }

  private static Layer pool(Pooling pooling) {
    if (pooling == Pooling.GLOBAL_AVERAGE) {
      return new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
    }
    PoolingType type = pooling == Pooling.MAX ? PoolingType.MAX : PoolingType.AVG;
    return new SubsamplingLayer.Builder(type, new int[] {Pooling.SIDE, Pooling.SIDE})
        .stride(Pooling.SIDE, Pooling.SIDE)
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }

  /** A kernel with the rows of a flattened image moved to where they stand, or back. */
  private float[] inTheirOrder(Site site, float[] kernel, boolean there) {
    Volume read = setup.topology().read(site.layer());
    if (!site.shape().kernel().isEmpty() || read.places() == 1) {
      return kernel;
    }
    int out = (int) site.shape().out();
    float[] moved = new float[kernel.length];
    for (int place = 0; place < read.places(); place++) {
      for (int channel = 0; channel < read.channels(); channel++) {
        int ours = (place * read.channels() + channel) * out;
        int theirs = (channel * read.places() + place) * out;
        System.arraycopy(kernel, there ? ours : theirs, moved, there ? theirs : ours, out);
      }
    }
    return moved;
  }

  @Override
  public Parameters parameters() {
    List<float[]> kernels = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (Site site : setup.sites()) {
      float[] kernel = weights.get(sites.get(site.name())).values();
      kernels.add(inTheirOrder(site, kernel, false));
      biases.add(network.getLayer(site.name()).getParam("b").toFloatVector());
    }
    return new Parameters(kernels, biases);
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
    Volume image = setup.topology().volume(0);
    long[] shape =
        image.places() == 1
            ? new long[] {batch.count(), image.channels()}
            : new long[] {batch.count(), image.channels(), image.height(), image.width()};
    try (INDArray x = Nd4j.create(batch.x(), shape, 'c');
        INDArray y = Dl4jParts.labels(batch, setup.dataset().classes())) {
      network.fit(new INDArray[] {x}, new INDArray[] {y});
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
