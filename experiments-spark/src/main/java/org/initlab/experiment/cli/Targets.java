package org.initlab.experiment.cli;

import java.io.IOException;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.WholeFile;

/** Files that a command is told to write: refused before any work if they cannot be. */
final class Targets {

  private Targets() {}

  /** Fails if a file is there that may not be replaced, or if it cannot be reached. */
  static void check(Place file, boolean force) throws CommandException, IOException {
    if (file == null) {
      return;
    }
    file.reached();
    if (!force && new WholeFile(file).exists()) {
      throw new CommandException(
          Exit.USAGE, "initlab: " + file + " is there already. Add --force to replace it.");
    }
    Runs.requireWritable(file.parent().orElse(file));
  }
}
