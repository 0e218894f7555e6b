package org.initlab.experiment.store;

import java.io.IOException;

/** A file system that cannot be used; the message says what was tried and how to mend it. */
public final class UnreachableException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
