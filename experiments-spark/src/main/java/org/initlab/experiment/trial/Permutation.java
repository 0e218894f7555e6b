package org.initlab.experiment.trial;

import java.util.Objects;
import org.initlab.init.random.Key;

/**
 * A random permutation of 0, ..., n - 1 of which any element is known without the others: a Feistel
 * network of eight rounds on the smallest even number of bits that holds n, its round function a
 * word of the key, walked along its cycle until it falls below n (Black and Rogaway 2002, "Ciphers
 * with arbitrary finite domains").
 */
final class Permutation {

  private static final int ROUNDS = 8;

  private final Key key;
  private final int n;
  private final int halfBits;

  Permutation(Key key, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("A permutation needs an n of at least 1, not " + n + ".");
    }
    this.key = key;
    this.n = n;
    this.halfBits = (33 - Integer.numberOfLeadingZeros(n - 1)) / 2;
  }

  /** Where i goes, of 0 to n - 1. */
  int of(int i) {
    long at = Objects.checkIndex(i, n); // another might never come back into the range
    do {
      at = scramble(at);
    } while (at >= n);
    return (int) at;
  }

  private long scramble(long at) {
    long mask = (1L << halfBits) - 1;
    long left = at >>> halfBits;
    long right = at & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (key.bits((long) round << 32 | right) & mask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }
}
