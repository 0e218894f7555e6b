package org.initlab.experiment.launch;

/** A cluster that cannot be used as it is described: what was tried, and how to mend it. */
public final class ClusterException extends Exception {

  public ClusterException(String message) {
    super(message);
  }
}
