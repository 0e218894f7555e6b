package org.initlab.experiment.numeric;

/**
 * Floats of less than 2^-126, which a vanishing signal is made of in the end and on which
 * processors multiply many times slower.
 */
public final class Subnormals {

  private Subnormals() {}

  /** How many of the numbers are subnormal; 0 is not. */
  public static int count(float[] numbers) {
    int count = 0;
    for (float x : numbers) {
      if (x != 0 && Math.abs(x) < Float.MIN_NORMAL) {
        count++;
      }
    }
    return count;
  }

  /** Turns them into 0. NaN and infinity stay. */
  public static void flush(float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      float x = numbers[i];
      numbers[i] = Math.abs(x) < Float.MIN_NORMAL ? 0 : x;
    }
  }
}
