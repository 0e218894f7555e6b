package org.initlab.init.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A named stream of random numbers: element i is a pure function of the key and i.
 *
 * <p>Bit for bit a threefry2x32 key of JAX with its default {@code jax_threefry_partitionable}: the
 * bits of element i are {@code a ^ b} where {@code (a, b) = threefry(key, (i >>> 32, i))}. Source:
 * Salmon et al. 2011 for the generator, JAX's design note 9263 for keys and splitting.
 *
 * <p>It is not a generator with a state: drawing changes nothing, and asking twice answers twice
 * the same. Draw one thing from one key; for another thing, take another name.
 *
 * @param high the first word of JAX's key data
 * @param low the second word of JAX's key data
 */
public record Key(int high, int low) {

  /** JAX's {@code key(seed)}, all 64 bits of the seed counting. */
  public static Key of(long seed) {
    return new Key((int) (seed >>> 32), (int) seed);
  }

  /**
   * The stream with this name: {@code fold(c)}, where c is the first eight bytes of the SHA-256 of
   * the name in UTF-8, the first byte the most significant. Adding a name moves no other's numbers.
   */
  public Key at(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return fold(ByteBuffer.wrap(hash).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** The stream of this name and number: {@code at(name).fold(index)}. */
  public Key at(String name, long index) {
    return at(name).fold(index);
  }

  /** {@code split(key, n)[i]} of JAX for any n above i. */
  public Key split(int i) {
    return fold(Integer.toUnsignedLong(i));
  }

  /**
   * The key made of both words of element {@code counter}: {@code fold_in(key, counter)} of JAX,
   * and its continuation to counters of 64 bits.
   */
  public Key fold(long counter) {
    return of(words(counter));
  }

  /** 32 random bits: element i of {@code jax.random.bits}. */
  public int bits(long i) {
    long words = words(i);
    return (int) (words >>> 32) ^ (int) words;
  }

  /** The bits of the elements {@code from}, from + 1, ... as many as {@code out} holds. */
  public void bits(long from, int[] out) {
    Threefry threefry = new Threefry(high, low, out.length);
    for (int done = 0; done < out.length; done += Threefry.BLOCK) {
      int n = Math.min(Threefry.BLOCK, out.length - done);
      System.arraycopy(threefry.bits(from + done, n), 0, out, done, n);
    }
  }

  /** A uniform number in [0, 1) from 52 bits, as {@code jax.random.uniform} in float64. */
  public double uniform(long i) {
    return Double.longBitsToDouble(words(i) >>> 12 | 0x3FF0000000000000L) - 1;
  }

  /** A uniform number in [0, 1) from 23 bits, as {@code jax.random.uniform} in float32. */
  public float uniformFloat(long i) {
    return Float.intBitsToFloat(bits(i) >>> 9 | 0x3F800000) - 1;
  }

  /** The numbers {@link #uniformFloat} of the elements {@code from}, from + 1, ... */
  public void uniform(long from, float[] out) {
    new Uniforms(this, out.length).fill(from, out, 0, out.length);
  }

  /** A uniform whole number in 0, ..., n - 1; no value is favoured by more than n / 2^63. */
  public int below(long i, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("below needs an n of at least 1, not " + n + ".");
    }
    return (int) Math.multiplyHigh(words(i) >>> 1, (long) n << 1);
  }

  private long words(long i) {
    return Threefry.words(high, low, (int) (i >>> 32), (int) i);
  }
}
