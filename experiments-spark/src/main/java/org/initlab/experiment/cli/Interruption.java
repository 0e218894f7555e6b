package org.initlab.experiment.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Says on Ctrl-C how to go on. The JVM itself ends with 130, as shells expect. */
final class Interruption {

  private static final AtomicReference<String> RESUME = new AtomicReference<>();
  private static final AtomicBoolean STOPPED = new AtomicBoolean();

  private Interruption() {}

  /** From here on, an interrupted process names {@code command} as the way to resume. */
  static void announce(String command) {
    if (RESUME.getAndSet(command) == null) {
      Runtime.getRuntime().addShutdownHook(new Thread(Interruption::tell, "interruption"));
    }
  }

  /** From here on, nothing is left to resume. */
  static void over() {
    RESUME.set("");
  }

  /** Whether the user stopped the process, so that errors of what is being torn down are noise. */
  static boolean underWay() {
    return STOPPED.get();
  }

  private static void tell() {
    STOPPED.set(true);
    String command = RESUME.get();
    if (!command.isEmpty()) {
      System.out.println();
      System.out.println("Stopped. What was finished is stored; go on with: " + command);
    }
  }
}
