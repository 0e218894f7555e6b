package org.initlab.experiment.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private static void check(int n, IntToDoubleFunction number) {
    float[] numbers = new float[n];
    Arrays.setAll(new int[n], i -> (int) (numbers[i] = (float) number.applyAsDouble(i)));
    float[] sorted = numbers.clone();
    Arrays.sort(sorted);
    for (int place : new int[] {0, n / 3, n / 2, n * 98 / 100, n - 1}) {
      assertThat(Selection.of(numbers.clone(), place))
          .as("%s of %s", place, n)
          .isEqualTo(Float.valueOf(sorted[place]));
    }
  }

  @Test
  void isWhatSortingFinds() {
    Key key = Key.of(4);
    for (int n : new int[] {1, 2, 33, 34, 1000, 4097}) {
      check(n, i -> key.uniform(i));
      check(n, i -> i);
      check(n, i -> -i);
      check(n, i -> i % 3);
      check(n, i -> 7);
      check(n, i -> i % 50 == 1 ? Double.NaN : key.uniform(i));
      check(n, i -> i % 2 == 0 ? Double.POSITIVE_INFINITY : -i);
      check(n, i -> Double.NaN);
    }
  }
}
