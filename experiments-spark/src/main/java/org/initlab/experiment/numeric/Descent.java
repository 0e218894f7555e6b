package org.initlab.experiment.numeric;

/**
 * An optimizer's update of one array of parameters, with what it remembers of them. For one thread.
 */
public interface Descent {

  /**
   * Updates the parameters {@code from} to {@code to - 1}.
   *
   * @param w all parameters
   * @param g their gradients, at the same places
   * @param rate the learning rate of this update
   * @param update the update's number, from 1
   */
  void update(float[] w, float[] g, int from, int to, float rate, long update);
}
