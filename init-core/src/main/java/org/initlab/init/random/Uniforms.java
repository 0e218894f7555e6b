package org.initlab.init.random;

/**
 * A key's uniform numbers by the block, on buffers taken once: the numbers {@link
 * Key#uniformFloat}. Any block can be asked for, in any order. For one thread.
 */
public final class Uniforms {

  private final Threefry threefry;
  private final Reinterpret reinterpret;

  /** The numbers of a key; {@code largest} is the length of the longest block. */
  public Uniforms(Key key, int largest) {
    int size = Math.min(Threefry.BLOCK, largest);
    this.threefry = new Threefry(key.high(), key.low(), size);
    this.reinterpret = new Reinterpret(size);
  }

  /** Writes the numbers {@code from}, from + 1, ... to {@code out[at]}, ..., {@code n} of them. */
  public void fill(long from, float[] out, int at, int n) {
    plusOne(from, out, at, n);
    minusOne(at, at + n, out);
  }

  /**
   * Writes the same numbers plus 1, as the bits give them before anything is subtracted: who works
   * on them further saves a pass.
   */
  public void plusOne(long from, float[] out, int at, int n) {
    for (int done = 0; done < n; done += Threefry.BLOCK) {
      int count = Math.min(Threefry.BLOCK, n - done);
      int[] bits = threefry.bits(from + done, count);
      mantissas(count, bits);
      reinterpret.toFloats(bits, count, out, at + done);
    }
  }

  /** 32 bits to those of a float from 1 to below 2. */
  private static void mantissas(int n, int[] bits) {
    for (int j = 0; j < n; j++) {
      bits[j] = bits[j] >>> 9 | 0x3F800000;
    }
  }

  private static void minusOne(int from, int to, float[] out) {
    for (int j = from; j < to; j++) {
      out[j] -= 1;
    }
  }
}
