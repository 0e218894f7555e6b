package org.initlab.init.draw;

import java.util.Optional;
import java.util.OptionalLong;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;
import org.initlab.init.random.TorchStream;

/**
 * PyTorch's {@code sparse_}, number for number: normal weights, of which the same fraction of those
 * that leave each input is set to 0.
 *
 * <p>Formula: normal of {@code deviation}; for each input, in order, the weights to ceil(sparsity
 * out) outputs become 0, the first places of a random permutation. Source: Martens 2010, "Deep
 * learning via Hessian-free optimization", section 5, as PyTorch reads it.
 *
 * <p>It is not {@link Sparse}, the paper's own rule, in which outputs have equally many
 * connections.
 *
 * @param seed PyTorch's; empty for one taken from the key
 * @param sparsity the fraction of zeros, from 0 to 1
 * @param deviation of the weights that are not 0, finite and at least 0
 */
public record SparseColumns(OptionalLong seed, double sparsity, double deviation)
    implements Initializer {

  public SparseColumns {
    if (!(sparsity >= 0 && sparsity <= 1)) {
      throw Require.refused("torch:sparse_", "sparsity", "a number from 0 to 1", sparsity);
    }
    Require.factor("sparse_", "std", deviation);
  }

  @Override
  public Optional<String> objection(Site site) {
    return Shapes.DENSE.objection("sparse_", site, "sparse");
  }

  @Override
  public Weights draw(Site site, Key key) {
    Shapes.require(this, site);
    TorchStream stream = new TorchStream(Framework.seed(seed, key));
    int outputs = (int) site.shape().out();
    int inputs = (int) site.shape().in();
    float[] rows = Weights.zeros(site, "sparse_").values();
    stream.normal(deviation, rows);
    int zeros = (int) Math.ceil(sparsity * outputs);
    for (int input = 0; input < inputs; input++) {
      int[] order = stream.permutation(outputs);
      for (int i = 0; i < zeros; i++) {
        rows[order[i] * inputs + input] = 0;
      }
    }
    return Framework.TORCH.layout().weights(site.shape(), rows);
  }
}
