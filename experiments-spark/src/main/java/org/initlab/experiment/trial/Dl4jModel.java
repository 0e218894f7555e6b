package org.initlab.experiment.trial;

/** A trial's network in Deeplearning4j, with its optimizer. To be closed. */
interface Dl4jModel extends AutoCloseable {

  /** The network with which a trial starts. */
  static Dl4jModel first(Setup setup) {
    return setup.topology().isChain() ? new Dl4jChain(setup) : new Dl4jGraph(setup);
  }

  /** A copy of its parameters, in InitLab's order. */
  Parameters parameters();

  /** The learning rate from now on. */
  void rate(double rate);

  /** The part of the score that is weight decay's. */
  double penalty();

  /** Updates by a batch and returns the score before it. */
  double update(Examples batch);

  @Override
  void close();
}
