package org.initlab.experiment.metric;

import java.util.Arrays;

/**
 * The number that would stand at a place if an array were sorted, NaN being the greatest; found in
 * linear time on the average (Hoare 1961, "Find"), which changes the array's order.
 */
final class Selection {

  /** Sorting so few is quicker. */
  private static final int FEW = 32;

  private Selection() {}

  static float of(float[] numbers, int place) {
    int low = 0;
    int high = movedToTheEnd(numbers) - 1;
    if (place > high) {
      return Float.NaN;
    }
    while (high - low > FEW) {
      float pivot = middle(numbers[low], numbers[(low + high) >>> 1], numbers[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (numbers[i] < pivot) {
          i++;
        }
        while (numbers[j] > pivot) {
          j--;
        }
        if (i <= j) {
          swap(numbers, i++, j--);
        }
      }
      if (place <= j) {
        high = j;
      } else if (place >= i) {
        low = i;
      } else {
        return numbers[place];
      }
    }
    Arrays.sort(numbers, low, high + 1);
    return numbers[place];
  }

  /** Moves NaN to the end; returns how many other numbers there are. */
  private static int movedToTheEnd(float[] numbers) {
    int end = numbers.length;
    for (int i = 0; i < end; ) {
      if (Float.isNaN(numbers[i])) {
        swap(numbers, i, --end);
      } else {
        i++;
      }
    }
    return end;
  }

  private static float middle(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static void swap(float[] numbers, int i, int j) {
    float kept = numbers[i];
    numbers[i] = numbers[j];
    numbers[j] = kept;
  }
}
