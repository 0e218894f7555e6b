package org.initlab.experiment.trial;

/**
 * What a network says to labelled examples.
 *
 * @param logits the output layer's pre-activations, [count, classes]
 * @param labels one an example
 */
@SuppressWarnings("ArrayRecordComponent")
record Answers(float[] logits, int[] labels) {

  /** Mean loss; NaN of no examples. */
  double loss(Loss loss) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += loss.of(logits, i * classes(), classes(), labels[i]);
    }
    return sum / labels.length;
  }

  /** Fraction of wrong answers; NaN of no examples. */
  double error() {
    int wrong = 0;
    for (int i = 0; i < labels.length; i++) {
      wrong += right(i) ? 0 : 1;
    }
    return (double) wrong / labels.length;
  }

  /** Whether the label's output is the greatest, the first of equal ones; NaN answers nothing. */
  private boolean right(int example) {
    int at = example * classes();
    int label = labels[example];
    for (int k = 0; k < classes(); k++) {
      boolean less =
          k < label ? logits[at + k] < logits[at + label] : logits[at + k] <= logits[at + label];
      if (!less) {
        return false;
      }
    }
    return true;
  }

  private int classes() {
    return logits.length / labels.length;
  }
}
