package org.initlab.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The processor time that the measuring thread takes for an iteration, which is one draw. Other
 * programs on the machine disturb it less than they do the clock. It knows nothing of other
 * threads.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Processor {

  /** Processor time of the last iteration. */
  public double milliseconds;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private long start;

  /** An iteration begins. */
  @Setup(Level.Iteration)
  public void begin() {
    start = threads.getCurrentThreadCpuTime();
  }

  /** An iteration is over. */
  @TearDown(Level.Iteration)
  public void end() {
    milliseconds = (threads.getCurrentThreadCpuTime() - start) / 1e6;
  }
}
