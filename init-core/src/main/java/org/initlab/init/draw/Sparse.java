package org.initlab.init.draw;

import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * Each output unit listens to a few inputs only, whatever the layer's width.
 *
 * <p>Formula: {@code connections} weights of every output unit (all, if it has fewer) are normal of
 * {@code deviation}, at places drawn without repetition; the rest are 0. The variance of a weight
 * is deviation^2 connections / fan_in. Source: Martens 2010, "Deep learning via Hessian-free
 * optimization", section 5: 15 connections of deviation 1.
 *
 * <p>It is not PyTorch's {@code sparse_}, which sets a FRACTION of the weights that LEAVE each
 * input to zero, so that inputs and not outputs have equally many connections.
 *
 * @param connections weights that are not zero in each output unit, at least 1
 * @param deviation their standard deviation, finite and at least 0
 */
public record Sparse(long connections, double deviation) implements Initializer {

  public Sparse {
    Require.count("sparse", "connections", connections);
    Require.factor("sparse", "stddev", deviation);
  }

  @Override
  public Weights draw(Site site, Key key) {
    Weights weights = Weights.zeros(site, "sparse");
    if (weights.values().length == 0) {
      return weights;
    }
    int columns = (int) site.shape().out();
    int rows = weights.values().length / columns;
    int chosen = (int) Math.min(connections, rows);
    float[] values = new float[chosen * columns];
    new Law.Normal().fill(key.at("values"), deviation, values);
    Key places = key.at("places");
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    // The start of Fisher's and Yates's shuffle; any order to start from serves the next unit.
    for (int column = 0; column < columns; column++) {
      for (int j = 0; j < chosen; j++) {
        int i = column * chosen + j;
        int other = j + places.below(i, rows - j);
        int row = order[other];
        order[other] = order[j];
        order[j] = row;
        weights.values()[row * columns + column] = values[i];
      }
    }
    return weights;
  }
}
