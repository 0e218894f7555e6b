package org.initlab.experiment.bench;

import org.initlab.device.ProcessorTime;

/**
 * Time that passed between two looks at the clocks.
 *
 * @param cpuSeconds of processor time, summed over all threads of this process
 * @param wallSeconds by the wall clock
 */
record Span(double cpuSeconds, double wallSeconds) {

  private static final ProcessorTime CPU = new ProcessorTime();

  /** A look at the clocks, in nanoseconds. */
  record Look(long cpu, long wall) {

    static Look now() {
      return new Look(CPU.nanos(), System.nanoTime());
    }

    Span until(Look later) {
      return new Span((later.cpu - cpu) / 1e9, (later.wall - wall) / 1e9);
    }
  }

  /** A part of it. */
  Span over(double parts) {
    return new Span(cpuSeconds / parts, wallSeconds / parts);
  }
}
