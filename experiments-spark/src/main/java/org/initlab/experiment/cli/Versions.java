package org.initlab.experiment.cli;

import java.util.Optional;

/** InitLab's version, from its jar's manifest. */
final class Versions {

  private Versions() {}

  /** InitLab's own version; "development" when it does not run from its jar. */
  static String own() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
