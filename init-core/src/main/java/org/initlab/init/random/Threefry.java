package org.initlab.init.random;

/**
 * The counter-based generator Threefry-2x32 with 20 rounds: a keyed bijection of 64-bit counters.
 *
 * <p>Formula: twenty times {@code a += b; b = rotl(b, r) ^ a}, with a key injection before the
 * first round and after every fourth. Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random
 * numbers: as easy as 1, 2, 3", section 3.3 and its library Random123 for the rotations.
 *
 * <p>It is not a cryptographic cipher. An object owns buffers and is for one thread.
 */
final class Threefry {

  /** Counters worked on at a time: two buffers and the ramp stay in the first cache. */
  static final int BLOCK = 2048;

  private static final int PARITY = 0x1BD11BDA;

  /** 0, 1, 2, ...: read, as the JIT compiler of Java 17 does not vectorize a count. */
  private static final int[] RAMP = new int[BLOCK];

  static {
    for (int j = 0; j < BLOCK; j++) {
      RAMP[j] = j;
    }
  }

  private final int key0;
  private final int key1;
  private final int[] a;
  private final int[] b;

  /** The generator with this key, for at most {@code largest} numbers at a time. */
  Threefry(int key0, int key1, int largest) {
    this.key0 = key0;
    this.key1 = key1;
    this.a = new int[Math.min(BLOCK, largest)];
    this.b = new int[a.length];
  }

  /** Both output words of one counter, the first in the high half. */
  static long words(int key0, int key1, int counter0, int counter1) {
    int key2 = key0 ^ key1 ^ PARITY;
    int a = counter0 + key0;
    int b = counter1 + key1;
    int ka = key1;
    int kb = key2;
    int kc = key0;
    for (int group = 1; group <= 5; group++) {
      boolean odd = (group & 1) == 1;
      a += b;
      b = Integer.rotateLeft(b, odd ? 13 : 17) ^ a;
      a += b;
      b = Integer.rotateLeft(b, odd ? 15 : 29) ^ a;
      a += b;
      b = Integer.rotateLeft(b, odd ? 26 : 16) ^ a;
      a += b;
      b = Integer.rotateLeft(b, odd ? 6 : 24) ^ a;
      a += ka;
      b += kb + group;
      int turn = ka;
      ka = kb;
      kb = kc;
      kc = turn;
    }
    return (long) a << 32 | b & 0xFFFFFFFFL;
  }

  /**
   * The xor of both words of the counters {@code from}, from + 1, ...: the first {@code n} numbers
   * of a buffer that the next call overwrites.
   */
  int[] bits(long from, int n) {
    if (from >>> 32 == from + n - 1 >>> 32) {
      int key2 = key0 ^ key1 ^ PARITY;
      first(n, (int) (from >>> 32) + key0, (int) from + key1, a, b, key1, key2 + 1);
      odd(n, a, b, key2, key0 + 2);
      even(n, a, b, key0, key1 + 3);
      odd(n, a, b, key1, key2 + 4);
      last(n, a, b, key2, key0 + 5);
    } else {
      for (int j = 0; j < n; j++) {
        long words = words(key0, key1, (int) (from + j >>> 32), (int) (from + j));
        a[j] = (int) (words >>> 32) ^ (int) words;
      }
    }
    return a;
  }

  // Each loop below is short on purpose: the JIT compiler vectorizes four rounds, but not twenty.

  private static void first(int n, int high, int low, int[] a, int[] b, int addA, int addB) {
    for (int j = 0; j < n; j++) {
      int y = RAMP[j] + low;
      int x = high + y;
      y = Integer.rotateLeft(y, 13) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 15) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 26) ^ x;
      x += y;
      a[j] = x + addA;
      b[j] = (Integer.rotateLeft(y, 6) ^ x) + addB;
    }
  }

  private static void even(int n, int[] a, int[] b, int addA, int addB) {
    for (int j = 0; j < n; j++) {
      int x = a[j] + b[j];
      int y = Integer.rotateLeft(b[j], 13) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 15) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 26) ^ x;
      x += y;
      a[j] = x + addA;
      b[j] = (Integer.rotateLeft(y, 6) ^ x) + addB;
    }
  }

  private static void odd(int n, int[] a, int[] b, int addA, int addB) {
    for (int j = 0; j < n; j++) {
      int x = a[j] + b[j];
      int y = Integer.rotateLeft(b[j], 17) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 29) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 16) ^ x;
      x += y;
      a[j] = x + addA;
      b[j] = (Integer.rotateLeft(y, 24) ^ x) + addB;
    }
  }

  private static void last(int n, int[] a, int[] b, int addA, int addB) {
    for (int j = 0; j < n; j++) {
      int x = a[j] + b[j];
      int y = Integer.rotateLeft(b[j], 13) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 15) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 26) ^ x;
      x += y;
      a[j] = x + addA ^ (Integer.rotateLeft(y, 6) ^ x) + addB;
    }
  }
}
