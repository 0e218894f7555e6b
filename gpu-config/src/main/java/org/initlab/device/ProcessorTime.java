package org.initlab.device;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The processor time that this process has used, all its threads together, in nanoseconds: on Linux
 * by {@code clock_gettime}, to the nanosecond, for Java's own figure counts in steps of 10 ms;
 * elsewhere by Java's.
 */
public final class ProcessorTime {

  /** Linux's number for the clock of the process. */
  private static final int CLOCK_PROCESS_CPUTIME_ID = 2;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final Function clock;

  /** A clock; it may be read by many threads. */
  public ProcessorTime() {
    boolean linux = Platform.isLinux() && Platform.is64Bit();
    this.clock = linux ? NativeLibrary.getProcess().getFunction("clock_gettime") : null;
  }

  /** Nanoseconds since the process started. */
  public long nanos() {
    if (clock == null) {
      return system.getProcessCpuTime();
    }
    try (Memory time = new Memory(2L * Long.BYTES)) {
      if (clock.invokeInt(new Object[] {CLOCK_PROCESS_CPUTIME_ID, time}) != 0) {
        return system.getProcessCpuTime();
      }
      return time.getLong(0) * 1_000_000_000L + time.getLong(Long.BYTES);
    }
  }
}
