package org.initlab.experiment.cli;

/** The exit codes of every command. */
final class Exit {

  /** All is done. */
  static final int DONE = 0;

  /** The command line or the study is wrong; nothing was written. */
  static final int USAGE = 1;

  /** Everything ran, and some trials failed. */
  static final int FAILED_TRIALS = 2;

  /** The inspected model will not train as it is initialized. */
  static final int UNHEALTHY = 3;

  /** The machine is not fit: no space, no data, no cluster, a broken set-up. */
  static final int ENVIRONMENT = 4;

  /** The run folder holds a study of another meaning. */
  static final int REFUSED = 5;

  /** Stopped by the user; the same command goes on. */
  static final int INTERRUPTED = 130;

  private Exit() {}
}
