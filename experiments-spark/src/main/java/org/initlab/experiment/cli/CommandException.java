package org.initlab.experiment.cli;

/** A command that cannot go on, with what the user reads and the exit code. */
final class CommandException extends Exception {

  private final int exit;

  CommandException(int exit, String message) {
    super(message);
    this.exit = exit;
  }

  int exit() {
    return exit;
  }
}
