package org.initlab.init.draw;

import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * Zeros and ones, without randomness: the identity, and where a layer widens, part of a Hadamard
 * matrix, which lets training leave the inputs' subspace as an identity padded by zeros cannot.
 *
 * <p>Formula: the rectangular identity if out is at most in; else w[i][j] = (-1)^popcount(i AND j)
 * / sqrt(p), p the least power of two of at least out, which has orthogonal columns in the limit p
 * = out. In a convolution the matrix stands at position floor(k / 2) and all else is 0. Source:
 * Zhao, Schaefer and Anandkumar 2022, "ZerO initialization", algorithms 1 and 2, with the factor of
 * the authors' program.
 */
public record Hadamard() implements Initializer {

  @Override
  public Weights draw(Site site, Key key) {
    WeightShape shape = site.shape();
    Weights weights = Weights.zeros(site, "hadamard");
    int in = (int) shape.in();
    int out = (int) shape.out();
    int start = Dirac.tap(shape) * out;
    if (out <= in) {
      for (int i = 0; i < out; i++) {
        weights.values()[start + i * out + i] = 1;
      }
      return weights;
    }
    int p = Integer.highestOneBit(out - 1) * 2;
    float size = (float) (1 / Math.sqrt(p));
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        boolean even = (Integer.bitCount(i & j) & 1) == 0;
        weights.values()[start + i * out + j] = even ? size : -size;
      }
    }
    return weights;
  }
}
