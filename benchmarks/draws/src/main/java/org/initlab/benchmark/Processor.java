package org.initlab.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The processor time of this process in an iteration, and the draws it was for. Other programs on
 * the machine disturb it less than they do the clock.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Processor {

  /** Processor time of the iteration so far, all threads together. */
  public double milliseconds;

  /** Draws of the iteration so far. */
  public long draws;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private long start;

  /** An iteration begins. */
  @Setup(Level.Iteration)
  public void begin() {
    start = system.getProcessCpuTime();
  }

  /** An iteration is over. */
  @TearDown(Level.Iteration)
  public void end() {
    milliseconds = (system.getProcessCpuTime() - start) / 1e6;
  }
}
