package org.initlab.experiment.trial;

import org.initlab.init.Site;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many trials of a shape make a good stack on ND4J's backend. */
final class StackSize {

  /**
   * What a stack's weights and activations may take on a CPU. That is more than a core's own cache:
   * measured, what an operation costs by itself outweighs the misses up to some megabytes.
   */
  private static final long CACHE_BYTES = 4 << 20;

  private static final int MOST_ON_A_CPU = 32;

  private static final int MOST_ON_A_GPU = 2048;

  /** Kernels, their gradients, a room for updates and two memories of an optimizer. */
  private static final int COPIES_OF_WEIGHTS = 5;

  /** s, z and d of each layer, and rooms. */
  private static final int COPIES_OF_ACTIVATIONS = 4;

  private StackSize() {}

  /** For trials like this one, at least 1. */
  static int of(Setup setup) {
    return Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.CUDA
        ? onGpu(
            setup, NativeOpsHolder.getInstance().getDeviceNativeOps().getDeviceFreeMemoryDefault())
        : onCpu(setup);
  }

  /** As many as a cache holds. */
  static int onCpu(Setup setup) {
    return within(CACHE_BYTES / (4 * (weights(setup) + activations(setup))), MOST_ON_A_CPU);
  }

  /** As many as half of the free memory holds. */
  static int onGpu(Setup setup, long freeBytes) {
    long each =
        4 * (COPIES_OF_WEIGHTS * weights(setup) + COPIES_OF_ACTIVATIONS * activations(setup));
    return within(freeBytes / 2 / each, MOST_ON_A_GPU);
  }

  private static int within(long trials, int most) {
    return (int) Math.max(1, Math.min(most, trials));
  }

  private static long weights(Setup setup) {
    return setup.sites().stream().mapToLong(site -> site.shape().size()).sum();
  }

  private static long activations(Setup setup) {
    long units = setup.dataset().inputs();
    for (Site site : setup.sites()) {
      units += site.shape().out();
    }
    return units * setup.batch();
  }
}
