package org.initlab.experiment.mlflow;

/** A tracking server that cannot be used; the message says what was tried and what to do. */
public final class TrackingException extends Exception {

  private static final long serialVersionUID = 1;

  TrackingException(String message, Throwable cause) {
    super(message, cause);
  }
}
