package org.initlab.init;

import org.initlab.init.random.Key;

/**
 * A distribution with mean 0 and VARIANCE 1 that knows its own cdf. An initializer multiplies it by
 * a deviation, so a bound can never be taken for a variance.
 */
public interface Law {

  /** The law's name in studies: uniform, normal, truncated_normal. */
  String name();

  /** Fills {@code out} with draws times {@code deviation}: element i depends on the key and i. */
  void fill(Key key, double deviation, float[] out);

  /** The probability of a draw of at most {@code x}. */
  double cdf(double x);

  /** The fourth standardized moment. */
  double kurtosis();

  /** The largest absolute value that can be drawn; infinite where there is none. */
  double bound();
}
