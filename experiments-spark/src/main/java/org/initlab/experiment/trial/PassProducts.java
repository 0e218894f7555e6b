package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.initlab.experiment.numeric.Block;
import org.initlab.experiment.numeric.LayerProducts;
import org.initlab.experiment.numeric.PatchProducts;
import org.initlab.experiment.numeric.Pool;
import org.initlab.experiment.numeric.PooledProducts;
import org.initlab.experiment.numeric.Pooling;
import org.initlab.experiment.numeric.Volume;
import org.initlab.experiment.numeric.WholeProducts;
import org.initlab.experiment.numeric.Window;

/** The products of each layer of a network for a number of examples. To be closed. */
final class PassProducts implements AutoCloseable {

  private final DenseNetwork network;
  private final int rows;
  private final LayerProducts[] products;

  /** Where dense layers put their inputs' gradients for a moment. */
  private final Block gradients;

  /** Where convolutions put their patches. */
  private final PatchProducts.Room room;

  /**
   * The products between a pass's arrays, by layer.
   *
   * @param z what each layer gives, the input first
   * @param s what its activation gets
   * @param d the gradients of s; null where there is no way back
   */
  PassProducts(DenseNetwork network, int rows, float[][] z, float[][] s, float[][] d) {
    int layers = network.layers();
    this.network = network;
    this.rows = rows;
    this.gradients = new Block(IntStream.range(0, layers).map(l -> z[l].length).max().orElse(1));
    this.room = room();
    this.products = new LayerProducts[layers + 1];
    for (int layer = 1; layer <= layers; layer++) {
      float[] dBelow = layer == 1 ? null : d[layer - 1];
      products[layer] = products(layer, z[layer - 1], s[layer], d[layer], dBelow);
    }
  }

  private PatchProducts.Room room() {
    PatchProducts.Need most = PatchProducts.Need.NOTHING;
    for (int layer = 1; layer <= network.layers(); layer++) {
      Optional<Window> window = network.link(layer).inlet().flatMap(Inlet::window);
      if (window.isPresent()) {
        int channels = network.bias(layer).length;
        most = most.and(PatchProducts.Need.of(window.get(), channels, rows));
      }
    }
    return new PatchProducts.Room(most);
  }

  private LayerProducts products(int layer, float[] z, float[] s, float[] d, float[] dBelow) {
    Optional<Inlet> inlet = network.link(layer).inlet();
    List<Pool> pools = new ArrayList<>();
    float[] read = z;
    float[] dRead = dBelow;
    if (inlet.isPresent()) {
      Volume volume = inlet.get().below();
      for (Pooling pooling : inlet.get().poolings()) {
        Pool pool = new Pool(pooling, volume, rows, read, dRead);
        pools.add(pool);
        volume = pooling.of(volume);
        read = pool.pooled();
        dRead = pool.gradient();
      }
    }
    Block kernel = network.kernel(layer);
    Optional<Window> window = inlet.flatMap(Inlet::window);
    LayerProducts products =
        window.isPresent()
            ? new PatchProducts(rows, window.get(), read, kernel, s, d, dRead, room)
            : new WholeProducts(rows, read, kernel, s, d, dRead, gradients);
    for (int i = pools.size() - 1; i >= 0; i--) {
      products = new PooledProducts(pools.get(i), products);
    }
    return products;
  }

  LayerProducts of(int layer) {
    return products[layer];
  }

  @Override
  public void close() {
    for (LayerProducts each : products) {
      if (each != null) {
        each.close();
      }
    }
    room.close();
    gradients.close();
  }
}
