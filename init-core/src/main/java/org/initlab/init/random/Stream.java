package org.initlab.init.random;

/**
 * A seeded generator of another framework, which fills arrays as that framework fills tensors.
 *
 * <p>It has a state: a second call goes on where the first stopped. InitLab's own draws come from a
 * {@link Key}, which has none.
 */
public interface Stream {

  /** Fills {@code out} with numbers equally likely between {@code low} and {@code high}. */
  void uniform(double low, double high, float[] out);

  /** Fills {@code out} with normal numbers of mean 0 and this standard deviation. */
  void normal(double deviation, float[] out);

  /**
   * Fills {@code out} with normal numbers of mean 0 and this deviation BEFORE they are confined to
   * low, ..., high; the deviation of what comes out is smaller.
   */
  void truncatedNormal(double deviation, double low, double high, float[] out);
}
