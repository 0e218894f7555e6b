package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Numbers that independent random networks gave.
 *
 * @param mean of the numbers
 * @param error the standard error of the mean, estimated from the numbers
 */
record Sample(double mean, double error) {

  static Sample of(int n, IntToDoubleFunction number) {
    return of(IntStream.range(0, n).mapToDouble(number).toArray());
  }

  static Sample of(double[] numbers) {
    int n = numbers.length;
    double mean = IntStream.range(0, n).mapToDouble(i -> numbers[i]).sum() / n;
    double squares = 0;
    for (double number : numbers) {
      squares += (number - mean) * (number - mean);
    }
    return new Sample(mean, Math.sqrt(squares / (n - 1) / n));
  }

  /** How many standard errors the mean lies from {@code prediction}. */
  double distance(double prediction) {
    return Math.abs(mean - prediction) / error;
  }

  void agreesWith(String what, double prediction, double errors) {
    assertThat(distance(prediction))
        .as("%s: %s +- %s measured, %s predicted", what, mean, error, prediction)
        .isLessThan(errors);
  }
}
