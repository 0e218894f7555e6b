package org.initlab.init.nd4j;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.initlab.init.Activation;
import org.initlab.init.Initializer;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.named.Named;
import org.initlab.init.named.Nearest;
import org.initlab.init.random.Key;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A named initializer in a Deeplearning4j configuration: {@code .weightInit(new
 * InitLabWeights("he_normal", 7))}. It is written to JSON with the configuration, and read back.
 *
 * <p>Deeplearning4j tells an initializer neither its layer nor its network. So a tensor's stream is
 * named by the seed and by the place at which the tensor lies among its network's parameters, and
 * no two tensors of a network have the same; fans are those of its shape (Deeplearning4j's own,
 * which divide a convolution's fan-out by the stride, are not heard). Deeplearning4j's random
 * numbers are not asked for.
 *
 * <p>For schemes, which must know the network, initialize it when it is built: {@code
 * Dl4jNetwork.of(network).initialize(Named.scheme("fixup"), Key.of(7))}.
 */
public final class InitLabWeights implements IWeightInit {

  private static final long serialVersionUID = 1;

  private final String initializer;
  private final long seed;
  private final String activation;

  /** An initializer that does not look at activations. */
  public InitLabWeights(String initializer, long seed) {
    this(initializer, seed, "identity");
  }

  /**
   * An initializer.
   *
   * @param initializer its name and parameters, as {@link Named} reads them; another is refused
   * @param seed of its streams
   * @param activation that the layer feeds, for initializers whose gain follows it
   */
  public InitLabWeights(
      @JsonProperty("initializer") String initializer,
      @JsonProperty("seed") long seed,
      @JsonProperty("activation") String activation) {
    this.initializer = Named.canonical(initializer);
    this.seed = seed;
    this.activation = into(activation).title();
  }

  private static Activation into(String activation) {
    List<String> names = Arrays.stream(Activation.values()).map(Activation::title).toList();
    return Arrays.stream(Activation.values())
        .filter(a -> a.title().equals(activation))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(Nearest.unknown("activation", activation, names)));
  }

  @Override
  public INDArray init(double fanIn, double fanOut, long[] shape, char order, INDArray paramView) {
    WeightShape units = Layout.shape(shape);
    Site site = new Site("weights", units, Role.HIDDEN, into(activation), 1, 1);
    Initializer draws = Named.initializer(initializer);
    Key key = Key.of(seed).at("parameter", paramView.offset());
    INDArray view = paramView.reshape(order, shape);
    view.assign(Layout.array(draws.draw(site, key), view.dataType()));
    return view;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InitLabWeights that
        && that.initializer.equals(initializer)
        && that.seed == seed
        && that.activation.equals(activation);
  }

  @Override
  public int hashCode() {
    return Objects.hash(initializer, seed, activation);
  }
}
