package org.initlab.init.random;

/**
 * The Mersenne Twister of 19937 bits, seeded from 32 bits.
 *
 * <p>Formula: a linear recurrence on 624 words, tempered. Source: Matsumoto and Nishimura 1998,
 * "Mersenne twister", with the seeding of their program of 2002 ({@code init_genrand}). PyTorch's
 * generator on a CPU is this one.
 *
 * <p>It has a state, unlike {@link Key}: draws depend on what was drawn before. It is here to
 * repeat another framework's numbers, and is not shared between threads.
 */
final class Mt19937 {

  private static final int LENGTH = 624;
  private static final int OFFSET = 397;

  private final int[] state = new int[LENGTH];
  private int next = LENGTH;

  /** Only the lower 32 bits of the seed count. */
  Mt19937(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < LENGTH; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }
  }

  /** The next 32 bits. */
  int bits() {
    if (next == LENGTH) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9D2C5680;
    y ^= y << 15 & 0xEFC60000;
    return y ^ y >>> 18;
  }

  /** The next 64 bits, the first word in the high half as PyTorch puts it. */
  long longBits() {
    long high = bits();
    return high << 32 | bits() & 0xFFFFFFFFL;
  }

  private void twist() {
    for (int i = 0; i < LENGTH - OFFSET; i++) {
      state[i] = state[i + OFFSET] ^ mix(state[i], state[i + 1]);
    }
    for (int i = LENGTH - OFFSET; i < LENGTH - 1; i++) {
      state[i] = state[i + OFFSET - LENGTH] ^ mix(state[i], state[i + 1]);
    }
    state[LENGTH - 1] = state[OFFSET - 1] ^ mix(state[LENGTH - 1], state[0]);
    next = 0;
  }

  private static int mix(int a, int b) {
    return (a & 0x80000000 | b & 0x7FFFFFFF) >>> 1 ^ -(b & 1) & 0x9908B0DF;
  }
}
