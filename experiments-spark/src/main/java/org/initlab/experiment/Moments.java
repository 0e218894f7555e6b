package org.initlab.experiment;

/** Mean, standard deviation and mean square of some numbers, each divided by their count. */
public record Moments(double mean, double std, double secondMoment) {

  private static final int LANES = 4;

  /** Those with this mean and variance; the mean square is {@code variance + mean^2}. */
  public static Moments of(double mean, double variance) {
    return new Moments(mean, Math.sqrt(variance), variance + mean * mean);
  }

  /** Those of all numbers in an array, by two passes in double precision. */
  public static Moments of(float[] numbers) {
    // Lanes that do not wait for one another are several times as fast as one sum.
    int whole = numbers.length - numbers.length % LANES;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int i = 0; i < whole; i += LANES) {
      a += numbers[i];
      b += numbers[i + 1];
      c += numbers[i + 2];
      d += numbers[i + 3];
    }
    for (int i = whole; i < numbers.length; i++) {
      a += numbers[i];
    }
    double mean = ((a + b) + (c + d)) / numbers.length;
    return of(mean, squares(numbers, mean) / numbers.length);
  }

  /** Sum of the squared distances from a centre. */
  private static double squares(float[] numbers, double centre) {
    int whole = numbers.length - numbers.length % LANES;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int i = 0; i < whole; i += LANES) {
      double u = numbers[i] - centre;
      double v = numbers[i + 1] - centre;
      double w = numbers[i + 2] - centre;
      double x = numbers[i + 3] - centre;
      a += u * u;
      b += v * v;
      c += w * w;
      d += x * x;
    }
    for (int i = whole; i < numbers.length; i++) {
      a += (numbers[i] - centre) * (numbers[i] - centre);
    }
    return (a + b) + (c + d);
  }
}
