package org.initlab.device;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What CUDA shows to a process, by its variable {@code CUDA_VISIBLE_DEVICES}: indices or the first
 * letters of UUIDs, of GPUs or of instances. The list ends at the first entry that names none, as
 * -1 does; an empty variable shows none, a missing one all. Source: NVIDIA, CUDA Programming Guide,
 * "CUDA Environment Variables".
 *
 * <p>An index counts in the order of the PCI bus, as nvidia-smi does. CUDA itself counts so only if
 * {@code CUDA_DEVICE_ORDER} is {@code PCI_BUS_ID}: {@code ./initlab} and executors set it.
 */
public final class VisibleDevices {

  /** A GPU that is shown, or an instance of it. */
  public record Shown(Gpu gpu, Optional<String> slice) {

    /** What names it in {@code CUDA_VISIBLE_DEVICES}. */
    public String uuid() {
      return slice.orElse(gpu.uuid());
    }
  }

  private VisibleDevices() {}

  /**
   * The devices that are shown, in the order of the list.
   *
   * @param variable the variable's value; nothing where it is not set
   */
  public static List<Shown> of(GpuSurvey survey, Optional<String> variable) {
    List<Shown> all = new ArrayList<>();
    for (Gpu gpu : survey.gpus()) {
      all.add(new Shown(gpu, firstSlice(survey, gpu)));
    }
    if (variable.isEmpty()) {
      return all;
    }
    Set<Shown> shown = new LinkedHashSet<>();
    for (String entry : variable.get().split(",", -1)) {
      Optional<Shown> one = named(survey, entry.strip());
      if (one.isEmpty()) {
        break;
      }
      shown.add(one.get());
    }
    return List.copyOf(shown);
  }

  /** A process can use one instance only; CUDA takes the first unless another is named. */
  private static Optional<String> firstSlice(GpuSurvey survey, Gpu gpu) {
    return survey.slices().getOrDefault(gpu.uuid(), List.of()).stream().findFirst();
  }

  private static Optional<Shown> named(GpuSurvey survey, String entry) {
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    List<Shown> found = new ArrayList<>();
    for (Gpu gpu : survey.gpus()) {
      if (entry.equals(Integer.toString(gpu.index()))
          || (entry.startsWith("GPU-") && gpu.uuid().startsWith(entry))) {
        found.add(new Shown(gpu, firstSlice(survey, gpu)));
      }
      for (String slice : survey.slices().getOrDefault(gpu.uuid(), List.of())) {
        if (entry.startsWith("MIG-") && slice.startsWith(entry)) {
          found.add(new Shown(gpu, Optional.of(slice)));
        }
      }
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }
}
