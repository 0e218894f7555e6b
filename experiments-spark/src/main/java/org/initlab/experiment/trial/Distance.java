package org.initlab.experiment.trial;

/**
 * The squared error of outputs that are taken as they are, where each label stands for a vector of
 * real numbers: {@code C = 1/2 |s - y|^2}, {@code dC/ds = s - y}. An answer is right if no other
 * label's vector is as near to it.
 *
 * @param targets y of each label, all as long as there are outputs
 */
@SuppressWarnings("ArrayRecordComponent")
record Distance(float[][] targets) implements Goal {

  @Override
  public double of(float[] s, int at, int outputs, int label) {
    return square(s, at, targets[label]) / 2;
  }

  @Override
  public double of(float[] s, int at, int label, double[] room, float[] slope) {
    double sum = 0;
    float[] y = targets[label];
    for (int k = 0; k < y.length; k++) {
      double difference = (double) s[at + k] - y[k];
      sum += difference * difference;
      slope[at + k] = (float) difference;
    }
    return sum / 2;
  }

  @Override
  public double replace(double[] s, int label) {
    double sum = 0;
    float[] y = targets[label];
    for (int k = 0; k < y.length; k++) {
      s[k] -= y[k];
      sum += s[k] * s[k];
    }
    return sum / 2;
  }

  @Override
  public float target(int label, int output) {
    return targets[label][output];
  }

  @Override
  public boolean right(float[] s, int at, int outputs, int label) {
    double own = square(s, at, targets[label]);
    for (int other = 0; other < targets.length; other++) {
      if (other != label && !(own < square(s, at, targets[other]))) {
        return false;
      }
    }
    return true;
  }

  private static double square(float[] s, int at, float[] y) {
    double sum = 0;
    for (int k = 0; k < y.length; k++) {
      double difference = (double) s[at + k] - y[k];
      sum += difference * difference;
    }
    return sum;
  }
}
