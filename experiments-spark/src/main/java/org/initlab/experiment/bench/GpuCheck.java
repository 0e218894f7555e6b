package org.initlab.experiment.bench;

import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.initlab.device.cuda.CudaDevice;

/**
 * What {@code scripts/gpu-check} runs on a machine with a GPU: whether the kernels give the CPU's
 * numbers there, then how fast they are, as tables for docs/gpu.md. It needs no Spark and no ND4J.
 *
 * @param gpu the GPU; asked for by each check, as by each batch of trials
 * @param threads of a block that trains
 * @param size of the work, 1 for a real GPU; less for a look at the check itself
 * @param peers what else is timed beside it
 */
record GpuCheck(Supplier<CudaDevice> gpu, int threads, double size, GpuPeers peers) {

  /** The program that times other libraries, words parted by blanks; set by scripts/gpu-check. */
  private static final String PEERS = "initlab.peers";

  private static final int THREADS = 256;
  private static final int WRONG = 1;
  private static final int NO_GPU = 4;

  /**
   * One thing that was compared.
   *
   * @param what it was
   * @param right whether the GPU's numbers are near enough
   * @param found how near they are
   */
  record Comparison(String what, boolean right, String found) {}

  /**
   * One thing that was timed.
   *
   * @param what it was
   * @param found how fast it was, with its unit
   * @param key what scripts/gpu-peers.py calls it; empty for what has no peer
   * @param rate how many a second; 0 where there was no room for it
   */
  record Speed(String what, String found, String key, double rate) {
    Speed(String what, String found) {
      this(what, found, "", 0);
    }
  }

  /** Checks the first GPU; exits with 1 if a number is wrong, with 4 if there is no GPU. */
  public static void main(String[] args) {
    double size = args.length == 0 ? 1 : Double.parseDouble(args[0]);
    try {
      CudaDevice.first().close();
    } catch (UnsatisfiedLinkError | RuntimeException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      System.err.println("gpu-check: no GPU can be used: " + why);
      System.exit(NO_GPU);
    }
    GpuPeers peers = GpuPeers.of(System.getProperty(PEERS, ""));
    boolean right = new GpuCheck(CudaDevice::first, THREADS, size, peers).run(System.out);
    System.exit(right ? 0 : WRONG);
  }

  /** Prints the tables; whether all numbers are right. */
  boolean run(PrintStream out) {
    List<Comparison> comparisons = new ArrayList<>();
    try (CudaDevice device = gpu.get()) {
      out.printf(
          "%s, sm_%d, driver for CUDA %s, %s%n%n",
          device.name(), device.capability(), device.cudaVersion(), LocalDate.now(ZoneOffset.UTC));
      out.println("| compared with the CPU | right | found |");
      out.println("| --- | --- | --- |");
      GpuNumbers numbers = new GpuNumbers(device, size);
      numbers.draws().forEach(c -> say(out, comparisons, c));
      new GpuOrthogonal(device, size).compare().forEach(c -> say(out, comparisons, c));
      numbers.activations().forEach(c -> say(out, comparisons, c));
    }
    new GpuTraining(gpu, threads, size).compare().forEach(c -> say(out, comparisons, c));
    new GpuLooks(gpu, threads, size).compare().forEach(c -> say(out, comparisons, c));
    out.println();
    out.println("| timed | found |");
    out.println("| --- | --- |");
    List<Speed> speeds = new ArrayList<>();
    try (CudaDevice device = gpu.get()) {
      Stream.concat(
              new GpuSpeeds(device, threads, size).all(), new GpuOrthogonal(device, size).speeds())
          .forEach(speed -> tell(out, speeds, speed));
    }
    peers.beside(speeds).forEach(speed -> tell(out, speeds, speed));
    boolean right = comparisons.stream().allMatch(Comparison::right);
    out.println();
    out.println(right ? "All numbers are right." : "SOME NUMBERS ARE WRONG.");
    return right;
  }

  private static void tell(PrintStream out, List<Speed> all, Speed one) {
    all.add(one);
    out.printf("| %s | %s |%n", one.what(), one.found());
  }

  private static void say(PrintStream out, List<Comparison> all, Comparison one) {
    all.add(one);
    out.printf("| %s | %s | %s |%n", one.what(), one.right() ? "yes" : "NO", one.found());
  }
}
