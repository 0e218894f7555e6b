package org.initlab.experiment.trial;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.initlab.device.GpuCode;
import org.initlab.device.ProcessBackend;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.experiment.Need;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.metric.Metrics;

/**
 * Thousands of trials side by side on one GPU, by InitLab's own kernels: a block of threads each,
 * many updates a launch. Trials of one shape, activation, loss and optimizer train together; rates,
 * schedules, decays, schemes, repeats and numbers of steps may differ. A trial's numbers depend on
 * no other.
 */
final class CudaEngine implements Engine {

  static final String NAME = "fused-cuda";

  /** Of a block: not measured yet; gpu-check times twice as many, too. */
  private static final int THREADS = 256;

  /** Of a batch; a GPU of 132 processors has some 30 blocks for each then. */
  private static final int MOST_TOGETHER = 4096;

  /** What the networks of a batch may take of a GPU's memory, of which less may be free. */
  private static final double BYTES_TOGETHER = 8L << 30;

  /** Parameters and two memories of an optimizer; an example's signals, slopes and errors. */
  private static final double COPIES = 3;

  /** What trials of one launch have in common. */
  private static final List<String> COMMON =
      List.of(
          "architecture", "dataset", "depth", "width", "batch", "activation", "loss", "optimizer");

  private final Supplier<CudaDevice> gpu;
  private final BooleanSupplier there;
  private final int threads;

  /**
   * An engine.
   *
   * @param gpu that is to be used
   * @param there whether it is to be used at all; else the engine runs no trial
   * @param threads of a block
   */
  CudaEngine(Supplier<CudaDevice> gpu, BooleanSupplier there, int threads) {
    this.gpu = gpu;
    this.there = there;
    this.threads = threads;
  }

  /** The engine of this process: on a GPU once one was chosen that runs own kernels. */
  static CudaEngine ofProcess() {
    return new CudaEngine(CudaDevice::first, CudaEngine::hasGpu, THREADS);
  }

  /** Whether a GPU was chosen that runs own kernels. */
  static boolean hasGpu() {
    return ProcessBackend.code().contains(GpuCode.PTX);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String says() {
    return "InitLab's own kernels on a GPU, single precision";
  }

  /** Whether it has what this trial needs, were there a GPU. */
  static boolean knows(Trial trial) {
    return Engines.topology(trial).isChain() && Engines.hasClasses(trial);
  }

  /** Whether all that a trial measures is found where its weights lie. */
  static boolean findsAll(Trial trial) {
    return !Metrics.needs(trial.measure()).contains(Need.NETWORK);
  }

  @Override
  public boolean runs(Trial trial) {
    return there.getAsBoolean() && knows(trial);
  }

  @Override
  public int together(Trial trial) {
    if (trial.integer("steps") == 0 && !findsAll(trial)) { // only the CPU has something to do
      return 1;
    }
    Topology topology = Engines.topology(trial);
    double weights = topology.sites().stream().mapToDouble(site -> site.shape().size()).sum();
    double signals = (double) trial.integer("batch") * topology.outputs();
    double bytes = Float.BYTES * COPIES * (weights + signals);
    return (int) Math.max(1, Math.min(MOST_TOGETHER, BYTES_TOGETHER / bytes));
  }

  @Override
  public Outcome train(Setup setup, Recorder recorder) {
    return Work.alone(this, setup, recorder);
  }

  @Override
  public void trainAll(List<Work> works, Work.Ends ends) {
    CudaDevice device;
    try {
      device = gpu.get();
    } catch (Throwable e) { // A driver that does not load is a result of these trials, too.
      Outcome failure = Outcome.Failed.of(e);
      works.forEach(work -> ends.ended(work, failure, 0));
      return;
    }
    try (device) {
      Work.alike(works, COMMON)
          .forEach(group -> new CudaTrials(device, threads, ends).train(group));
    }
  }
}
