package org.initlab.init.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.initlab.init.Activation;
import org.initlab.init.Network;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A Deeplearning4j network of dense, output and convolution layers, as sites that can be read and
 * replaced. The sites are named {@code layer/1}, {@code layer/2}, ... from the input; layers
 * without a kernel are not counted.
 *
 * <p>Fans are channels times receptive field. They are not Deeplearning4j's own, which divide a
 * convolution's fan-out by its stride.
 */
public final class Dl4jNetwork implements Network {

  private static final List<Class<?>> KERNELS =
      List.of(DenseLayer.class, OutputLayer.class, ConvolutionLayer.class);

  private final MultiLayerNetwork network;
  private final List<Site> sites = new ArrayList<>();
  private final Map<String, String> parameterOf = new HashMap<>();

  private Dl4jNetwork(MultiLayerNetwork network) {
    this.network = network;
    List<Integer> withKernel = new ArrayList<>();
    for (int i = 0; i < network.getnLayers(); i++) {
      if (hasKernel(i)) {
        withKernel.add(i);
      }
    }
    int depth = withKernel.size();
    for (int number = 1; number <= depth; number++) {
      int at = withKernel.get(number - 1);
      String parameter = at + "_W";
      Role role = number == depth ? Role.OUTPUT : number == 1 ? Role.INPUT : Role.HIDDEN;
      Site site =
          new Site(
              "layer/" + number,
              Layout.shape(network.getParam(parameter)),
              role,
              into(at),
              number,
              depth);
      sites.add(site);
      parameterOf.put(site.name(), parameter);
    }
  }

  /** A view of {@code network}, which must be initialized; changes go through to it. */
  public static Dl4jNetwork of(MultiLayerNetwork network) {
    return new Dl4jNetwork(network);
  }

  @Override
  public List<Site> sites() {
    return List.copyOf(sites);
  }

  @Override
  public Weights get(Site site) {
    return Layout.weights(network.getParam(parameter(site)));
  }

  @Override
  public void set(Site site, Weights weights) {
    String parameter = parameter(site);
    if (!Arrays.equals(weights.shape(), site.shape().lengths())) {
      throw new IllegalArgumentException(
          "%s has the shape %s, not %s."
              .formatted(
                  site.name(),
                  Arrays.toString(site.shape().lengths()),
                  Arrays.toString(weights.shape())));
    }
    INDArray old = network.getParam(parameter);
    network.setParam(parameter, Layout.array(weights, old.dataType()));
  }

  private String parameter(Site site) {
    if (!sites.contains(site)) {
      throw new IllegalArgumentException(
          "This network has no site %s; it has %s."
              .formatted(site, String.join(", ", sites.stream().map(Site::name).toList())));
    }
    return parameterOf.get(site.name());
  }

  private boolean hasKernel(int at) {
    org.deeplearning4j.nn.conf.layers.Layer layer = configuration(at);
    if (KERNELS.contains(layer.getClass())) {
      return true;
    }
    if (network.getLayer(at).numParams() > 0 && !(layer instanceof BatchNormalization)) {
      throw new IllegalArgumentException(
          "Layer %d is a %s, whose weights have no site; there are sites for %s."
              .formatted(
                  at,
                  layer.getClass().getSimpleName(),
                  String.join(", ", KERNELS.stream().map(Class::getSimpleName).toList())));
    }
    return false;
  }

  /** The layer's own activation, or that of an activation layer right behind it. */
  private Activation into(int at) {
    Activation own = Dl4jActivation.of(((BaseLayer) configuration(at)).getActivationFn());
    boolean followed =
        at + 1 < network.getnLayers() && configuration(at + 1) instanceof ActivationLayer;
    return own == Activation.IDENTITY && followed
        ? Dl4jActivation.of(((ActivationLayer) configuration(at + 1)).getActivationFn())
        : own;
  }

  private org.deeplearning4j.nn.conf.layers.Layer configuration(int at) {
    Layer layer = network.getLayer(at);
    return layer.conf().getLayer();
  }
}
