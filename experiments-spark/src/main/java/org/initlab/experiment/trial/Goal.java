package org.initlab.experiment.trial;

/**
 * What training lowers, for the labels of one data set: the cost of an example as a function of the
 * output layer's pre-activations s and its label. The cost of a batch is the mean.
 */
public interface Goal {

  /** The cost of the example whose pre-activations start at {@code s[at]}; it is never clipped. */
  double of(float[] s, int at, int outputs, int label);

  /**
   * The cost of that example; writes dC/ds to {@code slope[at]} and on.
   *
   * @param room for as many numbers as there are outputs
   */
  double of(float[] s, int at, int label, double[] room, float[] slope);

  /** The cost of an example with the pre-activations {@code s}, which dC/ds replaces. */
  double replace(double[] s, int label);

  /** What is wanted of an output for an example of this label. */
  float target(int label, int output);

  /** Whether the pre-activations from {@code s[at]} answer with this label; NaN answers nothing. */
  boolean right(float[] s, int at, int outputs, int label);
}
