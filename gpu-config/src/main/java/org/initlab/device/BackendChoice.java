package org.initlab.device;

import java.util.Map;

/**
 * The decision as a program, for the launcher: a process that loads nothing of ND4J decides before
 * the one that does is started. It prints the variables to set, a line each, and says the decision
 * on its error stream.
 */
public final class BackendChoice {

  /** The code that the chosen GPU runs, by its short names; not set on a CPU. */
  public static final String CODE = "INITLAB_GPU_CODE";

  private static final int NOT_FIT = 4;

  private BackendChoice() {}

  /** Decides; exits with 4 if a GPU is demanded and none can be used, or the wish is none. */
  public static void main(String[] args) {
    try {
      Backend backend = Backend.here(System.getenv(), BackendChoice.class.getClassLoader());
      System.err.println("initlab: " + backend.says());
      if (backend.refuses()) {
        System.exit(NOT_FIT);
      }
      variables(backend).forEach((name, value) -> System.out.println(name + "=" + value));
    } catch (IllegalArgumentException e) {
      System.err.println("initlab: " + e.getMessage());
      System.exit(NOT_FIT);
    }
  }

  /** The variables of the process that computes: one GPU, for ND4J opens a context on each. */
  static Map<String, String> variables(Backend backend) {
    return backend
        .chosen()
        .map(
            verdict ->
                Map.of(
                    "CUDA_VISIBLE_DEVICES",
                    verdict.device().uuid(),
                    CODE,
                    GpuCode.keys(verdict.usable())))
        .orElse(Map.of());
  }
}
