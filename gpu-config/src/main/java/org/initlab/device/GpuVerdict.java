package org.initlab.device;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What runs on one GPU, and why.
 *
 * @param device the GPU, or the instance of it
 * @param usable the code that will run there; none if the GPU cannot be used
 * @param says one line: the GPU, what it uses, and why not more
 */
public record GpuVerdict(VisibleDevices.Shown device, Set<GpuCode> usable, String says) {

  /** Libraries of CUDA 11 that nd4j-cuda loads and does not bring. */
  static final List<String> ND4J_LIBRARIES = List.of("libcublas.so.11", "libcusolver.so.11");

  public GpuVerdict {
    usable = Set.copyOf(usable);
  }

  /**
   * Judges a GPU.
   *
   * @param built the code in this build
   * @param library whether a shared library can be loaded here
   */
  static GpuVerdict of(
      VisibleDevices.Shown device,
      GpuSurvey survey,
      Set<GpuCode> built,
      Predicate<String> library) {
    Gpu gpu = device.gpu();
    List<String> against = new ArrayList<>();
    Set<GpuCode> usable = EnumSet.noneOf(GpuCode.class);
    String never = never(device, survey);
    if (!never.isEmpty()) {
      against.add(never);
    } else {
      for (GpuCode code : GpuCode.values()) {
        String why = objection(code, gpu, built, library);
        if (why.isEmpty()) {
          usable.add(code);
        } else {
          against.add(why);
        }
      }
    }
    String uses =
        usable.isEmpty()
            ? "not used"
            : "using " + usable.stream().map(GpuCode::title).collect(Collectors.joining(" and "));
    return new GpuVerdict(
        device,
        usable,
        gpu.title()
            + ": "
            + Stream.concat(against.stream(), Stream.of(uses)).collect(Collectors.joining("; ")));
  }

  /** What forbids any code at all; empty where nothing does. */
  private static String never(VisibleDevices.Shown device, GpuSurvey survey) {
    Gpu gpu = device.gpu();
    if (gpu.mode() == Gpu.Mode.PROHIBITED) {
      return "its compute mode is prohibited (nvidia-smi -i " + gpu.index() + " -c DEFAULT)";
    }
    if (gpu.mode() == Gpu.Mode.EXCLUSIVE && survey.busy().contains(gpu.uuid())) {
      return "it is in exclusive mode and another process computes on it";
    }
    if (gpu.slicing() && device.slice().isEmpty()) {
      return "it is in MIG mode and has no instance (nvidia-smi mig -cgi)";
    }
    if (DriverVersion.parse(gpu.driver())
        .map(d -> d.compareTo(GpuCode.LEAST_DRIVER) < 0)
        .orElse(false)) {
      return "driver " + gpu.driver() + " is too old, CUDA 11 needs 450.80.02 or later";
    }
    if (gpu.capability().isEmpty()) {
      return "driver " + gpu.driver() + " does not tell its compute capability, 510 and later do";
    }
    return "";
  }

  private static String objection(
      GpuCode code, Gpu gpu, Set<GpuCode> built, Predicate<String> library) {
    if (!code.runsOn(gpu.capability().orElseThrow())) {
      return code.title() + (code == GpuCode.ND4J ? " has" : " have") + " no code for it";
    }
    if (!built.contains(code)) {
      return code.title()
          + " could run, but "
          + (code == GpuCode.ND4J ? "is" : "are")
          + " not in this build ("
          + code.build()
          + ")";
    }
    // An instance's memory is not told by the question about its GPU.
    if (!gpu.slicing() && gpu.freeMiB().orElse(Long.MAX_VALUE) < code.memoryMiB()) {
      return "only "
          + gpu.freeMiB().getAsLong()
          + " MiB of its memory are free, "
          + code.title()
          + (code == GpuCode.ND4J ? " needs " : " need ")
          + code.memoryMiB();
    }
    if (code == GpuCode.ND4J) {
      List<String> missing = ND4J_LIBRARIES.stream().filter(library.negate()).toList();
      if (!missing.isEmpty()) {
        return code.title() + " needs " + String.join(" and ", missing) + " of CUDA 11";
      }
    }
    return "";
  }
}
