package org.initlab.experiment.launch;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.resource.ResourceInformation;
import org.initlab.device.Backend;
import org.initlab.device.ExecutorSetup;
import org.initlab.device.Machine;
import org.initlab.device.NativeEnvironment;
import org.initlab.device.ProcessBackend;

/**
 * Sets an executor up when it starts, before its first task loads a native library: the kernels
 * that OpenBLAS takes, one thread a trial, and the one GPU of those that the cluster gave to it on
 * which it computes, if it was asked for that.
 */
public final class DevicePlugin implements SparkPlugin {

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Setup();
  }

  private static final class Setup implements ExecutorPlugin {
    @Override
    public void init(PluginContext context, Map<String, String> fromDriver) {
      ResourceInformation gpu = context.resources().get("gpu");
      List<String> gpus = gpu == null ? List.of() : Arrays.asList(gpu.addresses());
      try {
        Backend backend =
            ExecutorSetup.backend(
                context.conf().get(ClusterFile.BACKEND, ""), // a local master sets no environment
                System.getenv(),
                gpus,
                DevicePlugin.class.getClassLoader());
        ExecutorSetup.of(Machine.here(), System.getenv(), backend).forEach(NativeEnvironment::set);
        ProcessBackend.decide(backend);
      } catch (LinkageError e) {
        // An executor that ends here would be started again and again; one that lives is asked, and
        // says what it lacks.
        System.err.println("InitLab's jars are not all here: " + e);
      }
    }
  }
}
