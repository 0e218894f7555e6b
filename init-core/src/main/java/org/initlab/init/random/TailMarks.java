package org.initlab.init.random;

/**
 * Where a block has numbers that few blocks have: marks joined until a lane of them can be passed
 * over by one look. One in 300 normal draws lies in the tails, and to look for them one by one
 * would cost as much as all of their logarithms.
 */
final class TailMarks {

  /** Added to the bits of a whole number below 2^22, it makes those of 1.5 x 2^23 plus it. */
  static final int ONE_AND_A_HALF = 0x4B400000;

  /** Where the exponent of 1 - x^2 is -6 or more, w is below 5: 2^-6 sqrt(1/2) is above exp(-5). */
  private static final int NOT_TAIL = ONE_AND_A_HALF - 6;

  /** So few marks are worth looking at one by one. */
  private static final int LANES = 64;

  private TailMarks() {}

  /**
   * Makes {@code marks[j]} negative where -log(1 - x^2) may be above 5 at j or some lanes further
   * on; the number of lanes.
   *
   * @param exponents of 1 - x^2, plus {@link #ONE_AND_A_HALF}; overwritten
   */
  static int join(int n, int[] exponents, int[] marks) {
    mark(n, exponents, marks);
    int lanes = n;
    while (lanes > LANES && lanes % 2 == 0) {
      lanes /= 2;
      System.arraycopy(marks, lanes, exponents, 0, lanes);
      fold(lanes, exponents, marks);
    }
    return lanes;
  }

  private static void mark(int n, int[] exponents, int[] marks) {
    for (int j = 0; j < n; j++) {
      marks[j] = exponents[j] - NOT_TAIL;
    }
  }

  private static void fold(int n, int[] more, int[] marks) {
    for (int j = 0; j < n; j++) {
      marks[j] |= more[j];
    }
  }
}
