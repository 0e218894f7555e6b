package org.initlab.experiment.trial;

/**
 * What a network says to labelled examples.
 *
 * @param logits the output layer's pre-activations, [count, outputs]
 * @param labels one an example
 */
@SuppressWarnings("ArrayRecordComponent")
record Answers(float[] logits, int[] labels) {

  /** Mean loss; NaN of no examples. */
  double loss(Goal goal) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += goal.of(logits, i * outputs(), outputs(), labels[i]);
    }
    return sum / labels.length;
  }

  /** Fraction of wrong answers; NaN of no examples. */
  double error(Goal goal) {
    int wrong = 0;
    for (int i = 0; i < labels.length; i++) {
      wrong += goal.right(logits, i * outputs(), outputs(), labels[i]) ? 0 : 1;
    }
    return (double) wrong / labels.length;
  }

  private int outputs() {
    return logits.length / labels.length;
  }
}
