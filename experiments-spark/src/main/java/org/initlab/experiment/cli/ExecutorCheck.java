package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.initlab.device.BlasCore;
import org.initlab.device.Machine;
import org.initlab.experiment.launch.Check;
import org.initlab.experiment.store.RunFolder;
import org.initlab.experiment.trial.Datasets;

/**
 * Whether an executor can do a run's trials: it has InitLab, sees the run folder, may write to it,
 * and has the driver's data.
 *
 * @param version of InitLab on the driver
 * @param run the run folder, with the driver's settings
 * @param study the study's text that must be found there
 * @param data where the user keeps data sets; null for the user's cache
 * @param fingerprints of each data set by name, as the driver has it
 */
record ExecutorCheck(
    String version, RunFolder run, String study, String data, Map<String, String> fingerprints)
    implements Check {

  private static final String BOTH =
      "Give --out a folder that driver and executors share, such as hdfs://..., s3a://... or NFS.";

  /** Of each library that trials need and a plain Spark lacks, a class. */
  private static final List<String> CLASSES =
      List.of(
          "org.initlab.init.named.Named",
          "org.nd4j.linalg.cpu.nativecpu.CpuBackend",
          "org.deeplearning4j.nn.multilayer.MultiLayerNetwork");

  @Override
  public Map<String, String> facts() throws IOException, ClassNotFoundException {
    for (String name : CLASSES) {
      Class.forName(name, false, ExecutorCheck.class.getClassLoader());
    }
    if (!Versions.own().equals(version)) {
      throw new IOException(
          "it has InitLab " + Versions.own() + ", the driver " + version + ". Update one of them.");
    }
    Map<String, String> facts = machine();
    seesRun();
    writesRun();
    for (Map.Entry<String, String> set : fingerprints.entrySet()) {
      String here = Datasets.named(set.getKey()).load(folder()).fingerprint();
      if (!here.equals(set.getValue())) {
        throw new IOException(
            "its data set "
                + set.getKey()
                + " is "
                + here
                + ", the driver's "
                + set.getValue()
                + ". Put the driver's files there too.");
      }
    }
    return facts;
  }

  private Optional<Path> folder() {
    return Optional.ofNullable(data).map(Path::of);
  }

  /** What the machine is that this runs on; loads OpenBLAS. One without its GPU is amiss. */
  static Map<String, String> machine() {
    Machine machine = Machine.here();
    BlasCore core = BlasCore.inUse();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", machine.processor() + ", " + machine.cores() + " cores");
    facts.put(
        "memory",
        String.format(
            Locale.ROOT,
            "%.1f GiB, heap up to %.1f GiB",
            machine.memoryBytes() / 0x1p30,
            Runtime.getRuntime().maxMemory() / 0x1p30));
    facts.put("Java", Runtime.version().toString());
    facts.put("OpenBLAS core", core.name() + ", " + core.threads() + " thread a trial");
    facts.putAll(ExecutorGpus.here());
    return facts;
  }

  private void seesRun() throws IOException {
    String there;
    try {
      there = run.readStudy();
    } catch (IOException e) {
      throw new IOException("it does not see the run folder " + run.place() + ". " + BOTH, e);
    }
    if (!there.equals(study)) {
      throw new IOException(
          "under " + run.place() + " it sees another folder than the driver. " + BOTH);
    }
  }

  /** A local folder that two machines share by chance of its name is found by the study above. */
  private void writesRun() throws IOException {
    Optional<Path> local = run.place().local();
    if (local.isEmpty()) {
      return; // the first shard finds it out
    }
    Path trials = local.get().resolve("trials");
    try {
      Files.delete(Files.createTempFile(trials, ".check", ".tmp"));
    } catch (IOException e) {
      throw new IOException("it may not write to " + trials + ". " + BOTH, e);
    }
  }
}
