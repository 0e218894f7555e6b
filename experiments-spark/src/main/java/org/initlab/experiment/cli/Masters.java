package org.initlab.experiment.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Spark masters that trials run on. */
final class Masters {

  private static final Pattern CORES = Pattern.compile("local\\[(\\d+)[,\\]]");

  private Masters() {}

  /** How many trials a local master runs at one time. */
  static int slots(String title) {
    Matcher cores = CORES.matcher(title);
    if (cores.find()) {
      return Integer.parseInt(cores.group(1));
    }
    return title.contains("local[*") ? Runtime.getRuntime().availableProcessors() : 1;
  }

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
