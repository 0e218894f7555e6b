package org.initlab.init.random;

/**
 * TensorFlow's stateless random ops on a CPU with seed [seed, 0], which Keras 3's initializers use
 * for a whole-number seed when their backend is TensorFlow.
 *
 * <p>Formula: the seed is scrambled by one Philox block of a fixed key into key and counter. Block
 * g of four numbers comes from counter + g: uniform numbers of 23 bits; normal ones by Box and
 * Muller, sine first. Truncated normal numbers reject what lies beyond two deviations, each group
 * of four having 256 counters to itself. Source: TensorFlow's behaviour, ops StatelessRandom* with
 * the algorithm Philox; Salmon et al. 2011 for the generator.
 *
 * <p>It is not the stream of {@code tf.random.uniform}, nor of Keras on JAX or PyTorch. Unlike
 * other streams a second call starts anew, as a stateless op does.
 */
public final class TensorFlowStream implements Stream {

  private static final int GROUP = 4;
  private static final int RESERVED = 256;

  private final int key0;
  private final int key1;
  private final int counter2;
  private final int counter3;

  /** The stateless ops with the seed [seed, 0]. */
  public TensorFlowStream(long seed) {
    int[] mix = {(int) seed, (int) (seed >>> 32), 0, 0};
    Philox.apply(0x3EC8F720, 0x02461E29, mix);
    key0 = mix[0];
    key1 = mix[1];
    counter2 = mix[2];
    counter3 = mix[3];
  }

  @Override
  public void uniform(double low, double high, float[] out) {
    float from = (float) low;
    float width = (float) high - from;
    int[] words = new int[GROUP];
    for (int i = 0; i < out.length; i++) {
      if (i % GROUP == 0) {
        block(i / GROUP, words);
      }
      out[i] = unit(words[i % GROUP]) * width + from;
    }
  }

  @Override
  public void normal(double deviation, float[] out) {
    float scale = (float) deviation;
    int[] words = new int[GROUP];
    float[] pair = new float[2];
    for (int i = 0; i < out.length; i++) {
      if (i % GROUP == 0) {
        block(i / GROUP, words);
      }
      if (i % 2 == 0) {
        boxMuller(words[i % GROUP], words[i % GROUP + 1], pair);
      }
      out[i] = pair[i % 2] * scale;
    }
  }

  @Override
  public void truncatedNormal(double deviation, double low, double high, float[] out) {
    if (low != -2 * deviation || high != 2 * deviation) {
      throw new IllegalArgumentException(
          "TensorFlow cuts at -2 and 2 deviations, not at " + low + " and " + high + ".");
    }
    float scale = (float) deviation;
    int[] words = new int[GROUP];
    float[] pair = new float[2];
    for (int start = 0; start < out.length; start += GROUP) {
      long counter = (long) start / GROUP * RESERVED;
      int end = Math.min(start + GROUP, out.length);
      int done = start;
      for (int word = 0; done < end; word += 2) {
        if (word % GROUP == 0) {
          block(counter + word / GROUP, words);
        }
        boxMuller(words[word % GROUP], words[word % GROUP + 1], pair);
        for (int k = 0; k < 2 && done < end; k++) {
          if (Math.abs(pair[k]) < 2) {
            out[done++] = pair[k] * scale;
          }
        }
      }
    }
  }

  private void block(long group, int[] words) {
    words[0] = (int) group;
    words[1] = (int) (group >>> 32);
    words[2] = counter2;
    words[3] = counter3;
    Philox.apply(key0, key1, words);
  }

  private static float unit(int bits) {
    return Float.intBitsToFloat(bits & 0x7FFFFF | 0x3F800000) - 1;
  }

  /** Each function rounded once from double precision, as C libraries round theirs. */
  private static void boxMuller(int first, int second, float[] pair) {
    float u = Math.max(unit(first), 1e-7f);
    float radius = (float) Math.sqrt(-2 * (float) StrictMath.log(u));
    float angle = (float) (2 * Math.PI * unit(second));
    pair[0] = (float) StrictMath.sin(angle) * radius;
    pair[1] = (float) StrictMath.cos(angle) * radius;
  }
}
