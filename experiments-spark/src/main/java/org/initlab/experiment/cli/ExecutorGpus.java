package org.initlab.experiment.cli;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.initlab.device.Backend;
import org.initlab.device.GpuCode;
import org.initlab.device.NativeEnvironment;
import org.initlab.device.ProcessBackend;
import org.initlab.experiment.launch.Answer;

/** What executors tell of the GPUs that they compute on. */
final class ExecutorGpus {

  private static final String BACKEND = "backend";
  private static final String CODE = "GPU code";

  private ExecutorGpus() {}

  /**
   * Of the process that this runs in; nothing where no backend was decided.
   *
   * @throws IllegalStateException with the reason, if a GPU was demanded and none can be used
   */
  static Map<String, String> here() {
    Map<String, String> facts = new LinkedHashMap<>();
    Optional<Backend> backend = ProcessBackend.decided();
    if (backend.isEmpty()) {
      return facts;
    }
    if (backend.get().refuses()) {
      throw new IllegalStateException(backend.get().says());
    }
    facts.put(BACKEND, backend.get().says());
    String code = GpuCode.keys(ProcessBackend.code());
    if (!code.isEmpty()) {
      facts.put(CODE, code);
      facts.put("GPU", NativeEnvironment.get("CUDA_VISIBLE_DEVICES"));
    }
    return facts;
  }

  /** The code that every one of them runs trials on a GPU by. */
  static Set<GpuCode> ofAll(List<Answer> executors) {
    if (executors.isEmpty()) {
      return Set.of();
    }
    Set<GpuCode> all = EnumSet.allOf(GpuCode.class);
    for (Answer executor : executors) {
      all.retainAll(ProcessBackend.codes(executor.facts().getOrDefault(CODE, "")));
    }
    return all;
  }
}
