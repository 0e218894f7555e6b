package org.initlab.device;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an executor must set before OpenBLAS, ND4J or CUDA is loaded, so that its trials run at the
 * machine's speed and give the numbers of any other machine of its kind.
 */
public final class ExecutorSetup {

  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private ExecutorSetup() {}

  /**
   * Decides on what an executor computes, as the launcher does for the command line. A wish that
   * cannot be read is a decision that refuses: an executor that ends is started again and again.
   *
   * @param wish what the cluster's file asks for; empty where it says nothing
   * @param environment of the process, which may say it instead
   * @param gpus addresses of the GPUs that the cluster gave to it; none where it gives none, and
   *     {@code CUDA_VISIBLE_DEVICES} counts
   */
  public static Backend backend(
      String wish, Map<String, String> environment, List<String> gpus, ClassLoader classes) {
    Map<String, String> seen = new HashMap<>(environment);
    if (!wish.isEmpty()) {
      seen.put(Backend.VARIABLE, wish);
    }
    if (!gpus.isEmpty()) { // the cluster's word counts: two executors may share a host
      seen.put(VISIBLE, String.join(",", gpus));
    }
    try {
      return Backend.here(seen, classes);
    } catch (IllegalArgumentException e) {
      return Backend.unreadable(e.getMessage());
    }
  }

  /**
   * The variables to set, by name. What the environment has already is left to it: a user who sets
   * a core or a number of threads means it. An executor that computes on the CPU sees no GPU.
   *
   * @param environment of the process
   * @param backend on what it computes
   */
  public static Map<String, String> of(
      Machine machine, Map<String, String> environment, Backend backend) {
    Map<String, String> set = of(machine, environment);
    set.put(VISIBLE, "");
    set.put(BackendChoice.CODE, "");
    set.putAll(BackendChoice.variables(backend));
    set.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID"); // in which the script for Spark counts them
    return set;
  }

  /** The same for a process whose backend is decided by the launcher. */
  public static Map<String, String> of(Machine machine, Map<String, String> environment) {
    Map<String, String> set = new LinkedHashMap<>();
    if (!machine.blasCore().isEmpty()) {
      set.put("OPENBLAS_CORETYPE", machine.blasCore());
    }
    // More threads change the order of sums, and trials run side by side.
    set.put("OPENBLAS_NUM_THREADS", "1");
    set.put("OMP_NUM_THREADS", "1");
    set.keySet().removeIf(name -> !environment.getOrDefault(name, "").isEmpty());
    return set;
  }
}
