package org.initlab.experiment.trial;

import java.util.Arrays;
import java.util.Objects;
import org.initlab.init.random.Key;

/**
 * A random permutation of 0, ..., n - 1 of which any element is known without the others: a Feistel
 * network of eight rounds on the smallest even number of bits that holds n, its round function a
 * word of the key, walked along its cycle until it falls below n (Black and Rogaway 2002, "Ciphers
 * with arbitrary finite domains"). A round knows half of the bits only, so a whole permutation
 * needs few words, and keeps them. Safe for many threads, which may make a word twice.
 */
final class Permutation {

  private static final int ROUNDS = 8;

  private static final int UNKNOWN = -1;

  private final Key key;
  private final int n;
  private final int halfBits;

  /** The words of each round, one row a round; {@link #UNKNOWN} before it is needed. */
  private final int[] words;

  Permutation(Key key, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("A permutation needs an n of at least 1, not " + n + ".");
    }
    this.key = key;
    this.n = n;
    this.halfBits = (33 - Integer.numberOfLeadingZeros(n - 1)) / 2;
    this.words = new int[ROUNDS << halfBits];
    Arrays.fill(words, UNKNOWN);
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
    int left = (int) (at >>> halfBits);
    int right = (int) at & mask();
    for (int round = 0; round < ROUNDS; round++) {
      int next = left ^ word(round, right);
      left = right;
      right = next;
    }
    return (long) left << halfBits | right;
  }

  private int mask() {
    return (1 << halfBits) - 1;
  }

  private int word(int round, int right) {
    int place = round << halfBits | right;
    int word = words[place];
    if (word == UNKNOWN) {
      word = key.bits((long) round << 32 | right) & mask();
      words[place] = word;
    }
    return word;
  }
}
