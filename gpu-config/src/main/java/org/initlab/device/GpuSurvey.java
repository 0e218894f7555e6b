package org.initlab.device;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The GPUs of a machine.
 *
 * @param gpus those whose driver answers, by index
 * @param trouble what the driver said against the rest, a sentence each; with no GPU, why
 * @param slices the UUIDs of each GPU's instances, by the GPU's UUID, for GPUs that are cut up
 * @param busy UUIDs of exclusive GPUs that a process computes on
 */
public record GpuSurvey(
    List<Gpu> gpus, List<String> trouble, Map<String, List<String>> slices, Set<String> busy) {

  public GpuSurvey {
    gpus = List.copyOf(gpus);
    trouble = List.copyOf(trouble);
    slices = Map.copyOf(slices);
    busy = Set.copyOf(busy);
  }

  /** No GPU, and why. */
  public static GpuSurvey none(String why) {
    return new GpuSurvey(List.of(), List.of(why), Map.of(), Set.of());
  }
}
