package org.initlab.experiment.cli;

/** The Spark masters that trials run on. */
final class Masters {

  private Masters() {}

  /** Refuses a master that is not of this machine: clusters are not tested yet. */
  static void requireLocal(String master) throws CommandException {
    if (!master.matches("local(\\[(\\*|[1-9]\\d*)(,\\d+)?])?")) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: --master is '"
              + master
              + "'. Allowed: local, local[N], local[*]. Maybe local[*].");
    }
  }
}
