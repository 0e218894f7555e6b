package org.initlab.experiment.cli;

import java.util.List;

/**
 * A machine of a test's cluster.
 *
 * @param address at which others reach it
 * @param prefix words before a command that make it run there
 */
record Host(String address, List<String> prefix) {

  /** This machine, seen by itself alone. */
  static final Host LOOPBACK = new Host("127.0.0.1", List.of());
}
