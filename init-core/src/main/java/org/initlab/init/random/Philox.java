package org.initlab.init.random;

/**
 * The counter-based generator Philox-4x32 with 10 rounds.
 *
 * <p>Formula: ten times, two words of the counter are replaced by the low halves of their products
 * with two constants, and the other two by the high halves xored with them and the key, which grows
 * by Weyl's constants. Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as
 * easy as 1, 2, 3", section 3.2.
 *
 * <p>It is not a cryptographic cipher.
 */
final class Philox {

  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private Philox() {}

  /** Replaces the four words of {@code counter} by the four words that it stands for. */
  static void apply(int key0, int key1, int[] counter) {
    int c0 = counter[0];
    int c1 = counter[1];
    int c2 = counter[2];
    int c3 = counter[3];
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long p = (c0 & 0xFFFFFFFFL) * M0;
      long q = (c2 & 0xFFFFFFFFL) * M1;
      c0 = (int) (q >>> 32) ^ c1 ^ k0;
      c2 = (int) (p >>> 32) ^ c3 ^ k1;
      c1 = (int) q;
      c3 = (int) p;
      k0 += W0;
      k1 += W1;
    }
    counter[0] = c0;
    counter[1] = c1;
    counter[2] = c2;
    counter[3] = c3;
  }
}
