package org.initlab.init.nd4j;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.initlab.init.Network;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A Deeplearning4j network as sites that can be read and replaced: dense, output, convolution (one
 * to three dimensions), embedding, LSTM and simple recurrent layers.
 *
 * <p>In a MultiLayerNetwork the sites are named {@code layer/1}, {@code layer/2}, ... from the
 * input, layers without a kernel not counted; in a ComputationGraph as their vertices. The kernel
 * from a state to itself is {@code NAME/recurrent}. A layer is an input where no kernel comes
 * before it, and an output where none comes behind.
 *
 * <p>Fans are channels times receptive field. They are not Deeplearning4j's own, which divide a
 * convolution's fan-out by its stride. The four gates of an LSTM are one kernel, as in Keras.
 */
public final class Dl4jNetwork implements Network {

  private record Place(Dl4jLayer layer, String parameter) {}

  private final Map<Site, Place> places = new LinkedHashMap<>();

  private Dl4jNetwork(List<Dl4jLayer> layers) {
    for (int number = 1; number <= layers.size(); number++) {
      Dl4jLayer layer = layers.get(number - 1);
      for (String kernel : layer.kernels()) {
        boolean recurrent = kernel.equals("RW");
        Site site =
            new Site(
                layer.name() + (recurrent ? "/recurrent" : ""),
                Layout.shape(layer.layer().getParam(kernel)),
                recurrent ? Role.RECURRENT : layer.role(),
                layer.into(),
                number,
                layers.size());
        places.put(site, new Place(layer, kernel));
      }
    }
  }

  /** A view of {@code network}, which must be initialized; changes go through to it. */
  public static Dl4jNetwork of(MultiLayerNetwork network) {
    return new Dl4jNetwork(Dl4jLayer.of(network));
  }

  /** A view of {@code graph}, which must be initialized; changes go through to it. */
  public static Dl4jNetwork of(ComputationGraph graph) {
    return new Dl4jNetwork(Dl4jLayer.of(graph));
  }

  @Override
  public List<Site> sites() {
    return List.copyOf(places.keySet());
  }

  @Override
  public Weights get(Site site) {
    return Layout.weights(array(site));
  }

  @Override
  public void set(Site site, Weights weights) {
    INDArray array = array(site);
    if (!Arrays.equals(weights.shape(), site.shape().lengths())) {
      throw new IllegalArgumentException(
          "%s has the shape %s, not %s."
              .formatted(
                  site.name(),
                  Arrays.toString(site.shape().lengths()),
                  Arrays.toString(weights.shape())));
    }
    array.assign(Layout.array(weights, array.dataType()));
  }

  @Override
  public boolean hasBias(Site site) {
    return !place(site).parameter.equals("RW")
        && place(site).layer.layer().paramTable().containsKey("b");
  }

  @Override
  public void setBias(Site site, Weights bias) {
    INDArray array = place(site).layer.layer().getParam("b");
    array.assign(Layout.array(bias, array.dataType()).reshape(array.shape()));
  }

  private INDArray array(Site site) {
    Place place = place(site);
    return place.layer.layer().getParam(place.parameter);
  }

  private Place place(Site site) {
    Place place = places.get(site);
    if (place == null) {
      throw new IllegalArgumentException(
          "This network has no site %s; it has %s."
              .formatted(
                  site, String.join(", ", places.keySet().stream().map(Site::name).toList())));
    }
    return place;
  }
}
