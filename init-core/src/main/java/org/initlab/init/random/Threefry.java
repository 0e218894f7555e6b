package org.initlab.init.random;

/**
 * The counter-based generator Threefry-2x32 with 20 rounds: a keyed bijection of 64-bit counters.
 *
 * <p>Formula: twenty times {@code a += b; b = rotl(b, r) ^ a}, with a key injection before the
 * first round and after every fourth. Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random
 * numbers: as easy as 1, 2, 3", section 3.3 and its library Random123 for the rotations.
 *
 * <p>It is not a cryptographic cipher.
 */
final class Threefry {

  /** Counters that {@link #bits} works on at a time; its two buffers stay in the first cache. */
  private static final int BLOCK = 1024;

  private static final int PARITY = 0x1BD11BDA;

  private Threefry() {}

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

  /** Fills {@code out} with the xor of both words of the counters {@code from}, from + 1, ... */
  static void bits(int key0, int key1, long from, int[] out) {
    int[] a = new int[Math.min(BLOCK, out.length)];
    int[] b = new int[a.length];
    for (int done = 0; done < out.length; done += BLOCK) {
      int n = Math.min(BLOCK, out.length - done);
      long first = from + done;
      if (first >>> 32 == first + n - 1 >>> 32) {
        block(key0, key1, first, n, a, b);
        for (int j = 0; j < n; j++) {
          a[j] ^= b[j];
        }
        System.arraycopy(a, 0, out, done, n);
      } else {
        for (int j = 0; j < n; j++) {
          long words = words(key0, key1, (int) (first + j >>> 32), (int) (first + j));
          out[done + j] = (int) (words >>> 32) ^ (int) words;
        }
      }
    }
  }

  // Each loop below is short on purpose: the JIT compiler vectorizes four rounds, but not twenty.

  private static void block(int key0, int key1, long first, int n, int[] a, int[] b) {
    int key2 = key0 ^ key1 ^ PARITY;
    int high = (int) (first >>> 32) + key0;
    int low = (int) first + key1;
    for (int j = 0; j < n; j++) {
      a[j] = high;
      b[j] = low + j;
    }
    even(n, a, b, key1, key2 + 1);
    odd(n, a, b, key2, key0 + 2);
    even(n, a, b, key0, key1 + 3);
    odd(n, a, b, key1, key2 + 4);
    even(n, a, b, key2, key0 + 5);
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
}
