package org.initlab.experiment.numeric;

/**
 * What {@link Descent} is, in double precision: an optimizer's update of one array of parameters,
 * with what it remembers of them. For one thread.
 */
@FunctionalInterface
public interface DoubleDescent {

  /**
   * Updates all parameters.
   *
   * @param w the parameters
   * @param g their gradients, at the same places
   * @param rate the learning rate of this update
   * @param update the update's number, from 1
   */
  void update(double[] w, double[] g, double rate, long update);
}
