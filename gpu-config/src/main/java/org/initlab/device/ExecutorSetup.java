package org.initlab.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an executor must set before OpenBLAS, ND4J or CUDA is loaded, so that its trials run at the
 * machine's speed and give the numbers of any other machine of its kind.
 */
public final class ExecutorSetup {

  private ExecutorSetup() {}

  /**
   * The variables to set, by name. What the environment has already is left to it: a user who sets
   * a core or a number of threads means it.
   *
   * @param environment of the process
   * @param gpus indices of the GPUs that the cluster gave to this executor; none for a CPU
   */
  public static Map<String, String> of(
      Machine machine, Map<String, String> environment, List<String> gpus) {
    Map<String, String> set = new LinkedHashMap<>();
    if (!machine.blasCore().isEmpty()) {
      set.put("OPENBLAS_CORETYPE", machine.blasCore());
    }
    // More threads change the order of sums, and trials run side by side.
    set.put("OPENBLAS_NUM_THREADS", "1");
    set.put("OMP_NUM_THREADS", "1");
    set.keySet().removeIf(name -> !environment.getOrDefault(name, "").isEmpty());
    if (!gpus.isEmpty()) { // the cluster's word counts: two executors may share a host
      set.put("CUDA_VISIBLE_DEVICES", String.join(",", gpus));
      set.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID"); // in which the script for Spark counted them
    }
    return set;
  }
}
