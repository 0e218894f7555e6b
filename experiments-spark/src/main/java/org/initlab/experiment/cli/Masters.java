package org.initlab.experiment.cli;

import org.initlab.experiment.launch.Cluster;

/** The Spark masters that trials run on. */
final class Masters {

  private Masters() {}

  /** Refuses a master that is not of this machine: a study is submitted to a cluster. */
  static void requireLocal(String master) throws CommandException {
    if (!Cluster.isLocal(master)) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: --master is '"
              + master
              + "'. Allowed: local, local[N], local[*]. Maybe local[*]; a cluster is for ./initlab"
              + " submit.");
    }
  }
}
