package org.initlab.experiment.metric;

/**
 * Mean, standard deviation and mean square of all numbers in an array, each divided by their count;
 * two passes in double precision.
 */
record Moments(double mean, double std, double secondMoment) {

  static Moments of(float[] numbers) {
    double sum = 0;
    double squares = 0;
    for (float x : numbers) {
      sum += x;
      squares += (double) x * x;
    }
    double mean = sum / numbers.length;
    double spread = 0;
    for (float x : numbers) {
      spread += (x - mean) * (x - mean);
    }
    return new Moments(mean, Math.sqrt(spread / numbers.length), squares / numbers.length);
  }
}
