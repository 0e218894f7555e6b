package org.initlab.init.nd4j;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.initlab.init.Activation;
import org.initlab.init.Role;

/**
 * A layer with kernels, in its place among the layers of a Deeplearning4j network.
 *
 * @param name of its first kernel's site
 * @param layer Deeplearning4j's
 * @param role of its first kernel
 * @param into the activation that it feeds
 */
record Dl4jLayer(String name, Layer layer, Role role, Activation into) {

  private static final List<Class<?>> KERNELS =
      List.of(
          DenseLayer.class,
          OutputLayer.class,
          RnnOutputLayer.class,
          ConvolutionLayer.class,
          Convolution1DLayer.class,
          Convolution3D.class,
          EmbeddingLayer.class,
          LSTM.class,
          SimpleRnn.class);

  /** The layers with kernels of a chain, named layer/1, layer/2, ... */
  static List<Dl4jLayer> of(MultiLayerNetwork network) {
    Map<String, Layer> layers = new LinkedHashMap<>();
    Map<String, List<String>> inputs = new LinkedHashMap<>();
    for (int i = 0; i < network.getnLayers(); i++) {
      layers.put(String.valueOf(i), network.getLayer(i));
      inputs.put(String.valueOf(i), i == 0 ? List.of() : List.of(String.valueOf(i - 1)));
    }
    List<Dl4jLayer> found = new ArrayList<>();
    for (Dl4jLayer layer : withKernels(layers, inputs)) {
      String name = "layer/" + (found.size() + 1);
      found.add(new Dl4jLayer(name, layer.layer, layer.role, layer.into));
    }
    return found;
  }

  /** The layers with kernels of a graph, named as its vertices, each behind what it depends on. */
  static List<Dl4jLayer> of(ComputationGraph graph) {
    Map<String, Layer> layers = new LinkedHashMap<>();
    for (int at : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[at];
      if (vertex.hasLayer()) {
        layers.put(vertex.getVertexName(), vertex.getLayer());
      }
    }
    return withKernels(layers, graph.getConfiguration().getVertexInputs());
  }

  private static List<Dl4jLayer> withKernels(
      Map<String, Layer> layers, Map<String, List<String>> inputs) {
    Set<String> kernels = new HashSet<>();
    layers.forEach(
        (name, layer) -> {
          if (hasKernel(name, layer)) {
            kernels.add(name);
          }
        });
    Set<String> beforeOthers = new HashSet<>();
    Set<String> behindOthers = new HashSet<>();
    for (String name : kernels) {
      for (String above : ancestors(name, inputs)) {
        if (kernels.contains(above)) {
          beforeOthers.add(above);
          behindOthers.add(name);
        }
      }
    }
    List<Dl4jLayer> found = new ArrayList<>();
    for (Map.Entry<String, Layer> entry : layers.entrySet()) {
      String name = entry.getKey();
      if (kernels.contains(name)) {
        Role role =
            !beforeOthers.contains(name)
                ? Role.OUTPUT
                : behindOthers.contains(name) ? Role.HIDDEN : Role.INPUT;
        found.add(new Dl4jLayer(name, entry.getValue(), role, into(name, layers, inputs)));
      }
    }
    return found;
  }

  private static Set<String> ancestors(String name, Map<String, List<String>> inputs) {
    Set<String> found = new HashSet<>();
    List<String> open = new ArrayList<>(inputs.getOrDefault(name, List.of()));
    while (!open.isEmpty()) {
      String next = open.remove(open.size() - 1);
      if (found.add(next)) {
        open.addAll(inputs.getOrDefault(next, List.of()));
      }
    }
    return found;
  }

  private static boolean hasKernel(String name, Layer layer) {
    org.deeplearning4j.nn.conf.layers.Layer configuration = layer.conf().getLayer();
    if (KERNELS.contains(configuration.getClass())) {
      return true;
    }
    if (layer.numParams() > 0 && !(configuration instanceof BatchNormalization)) {
      throw new IllegalArgumentException(
          "Layer %s is a %s, whose weights have no site; there are sites for %s."
              .formatted(
                  name,
                  configuration.getClass().getSimpleName(),
                  String.join(", ", KERNELS.stream().map(Class::getSimpleName).toList())));
    }
    return false;
  }

  /** The layer's own activation, or that of the activation layers right behind it. */
  private static Activation into(
      String name, Map<String, Layer> layers, Map<String, List<String>> inputs) {
    Activation own =
        Dl4jActivation.of(((BaseLayer) layers.get(name).conf().getLayer()).getActivationFn());
    if (own != Activation.IDENTITY) {
      return own;
    }
    return layers.keySet().stream()
        .filter(other -> inputs.getOrDefault(other, List.of()).equals(List.of(name)))
        .map(other -> layers.get(other).conf().getLayer())
        .filter(ActivationLayer.class::isInstance)
        .map(behind -> Dl4jActivation.of(((ActivationLayer) behind).getActivationFn()))
        .findFirst()
        .orElse(own);
  }

  /** The names of its kernels in Deeplearning4j: one, or two where it has a state. */
  List<String> kernels() {
    return List.of("W", "RW").stream().filter(layer.paramTable()::containsKey).toList();
  }
}
