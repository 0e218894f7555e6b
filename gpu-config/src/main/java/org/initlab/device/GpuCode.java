package org.initlab.device;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The code for GPUs that InitLab knows, and what each needs: the one table of what runs where.
 *
 * <p>nd4j-cuda 11.6 holds machine code of compute capability 3.7 to 8.6, which by binary
 * compatibility runs up to 8.9, and no PTX. InitLab's own kernels are PTX for 8.0, which the driver
 * of any later GPU compiles for it. Both need a driver of CUDA 11 (NVIDIA, CUDA Compatibility,
 * table 1: every release of CUDA 11 runs on 450.80.02 and later; own kernels are in PTX 7.0, the
 * language of CUDA 11.0).
 */
public enum GpuCode {
  ND4J(
      "nd4j",
      "nd4j-cuda 11.6",
      new ComputeCapability(3, 7),
      Optional.of(new ComputeCapability(8, 9)),
      1024,
      "org/nd4j/linalg/jcublas/JCublasBackend.class",
      "mvn -Pcuda package"),
  PTX(
      "ptx",
      "InitLab's own kernels",
      new ComputeCapability(8, 0),
      Optional.empty(),
      512,
      "org/initlab/device/cuda/train.ptx",
      "mvn package");

  /** The least driver of both, on Linux. */
  static final DriverVersion LEAST_DRIVER = DriverVersion.parse("450.80.02").orElseThrow();

  private final String key;
  private final String title;
  private final ComputeCapability least;
  private final Optional<ComputeCapability> most;
  private final long memoryMiB;
  private final String resource;
  private final String build;

  GpuCode(
      String key,
      String title,
      ComputeCapability least,
      Optional<ComputeCapability> most,
      long memoryMiB,
      String resource,
      String build) {
    this.key = key;
    this.title = title;
    this.least = least;
    this.most = most;
    this.memoryMiB = memoryMiB;
    this.resource = resource;
    this.build = build;
  }

  /** Its short name: that of {@code INITLAB_GPU_BACKEND} of clusters/find-gpus. */
  public String key() {
    return key;
  }

  /** The short names of some, parted by commas: the value of {@link BackendChoice#CODE}. */
  public static String keys(Set<GpuCode> some) {
    return some.stream().sorted().map(GpuCode::key).collect(Collectors.joining(","));
  }

  /** What a sentence calls it. */
  public String title() {
    return title;
  }

  /** The least compute capability that it runs on. */
  public ComputeCapability least() {
    return least;
  }

  /** The greatest, if there is one. */
  public Optional<ComputeCapability> most() {
    return most;
  }

  /** Memory without which it does not start, in MiB: an estimate of its code and a context. */
  public long memoryMiB() {
    return memoryMiB;
  }

  /** The command that puts it into a build. */
  public String build() {
    return build;
  }

  /** Whether it has code for a generation. */
  public boolean runsOn(ComputeCapability capability) {
    return capability.compareTo(least) >= 0
        && most.map(m -> capability.compareTo(m) <= 0).orElse(true);
  }

  /** Whether it is in this build: looked for as a file, and not loaded. */
  public boolean isBuiltInto(ClassLoader classes) {
    return classes.getResource(resource) != null;
  }
}
