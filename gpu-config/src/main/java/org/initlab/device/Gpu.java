package org.initlab.device;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * An NVIDIA GPU, as its driver's nvidia-smi tells it. What a driver does not tell is empty.
 *
 * @param index in the order of the PCI bus, which is nvidia-smi's
 * @param name the product
 * @param uuid "GPU-" and more
 * @param capability its generation
 * @param driver the version of the driver, 535.129.03
 * @param totalMiB its memory
 * @param freeMiB of which nobody uses
 * @param mode who may compute on it
 * @param slicing whether it is cut into instances
 */
public record Gpu(
    int index,
    String name,
    String uuid,
    Optional<ComputeCapability> capability,
    String driver,
    OptionalLong totalMiB,
    OptionalLong freeMiB,
    Mode mode,
    boolean slicing) {

  /** Who may compute on a GPU: nvidia-smi's compute mode. */
  public enum Mode {
    /** Many processes at a time. */
    SHARED,
    /** One process at a time. */
    EXCLUSIVE,
    /** None. */
    PROHIBITED
  }

  /** Its name and generation: "NVIDIA H100 80GB HBM3 sm_90". */
  public String title() {
    return name + capability.map(c -> " " + c.sm()).orElse("");
  }
}
