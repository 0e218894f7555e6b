package org.initlab.experiment.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.initlab.device.BlasCore;
import org.initlab.device.Machine;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Study;
import org.initlab.experiment.store.RunFolder;
import org.initlab.experiment.trial.Costs;
import org.initlab.experiment.trial.Datasets;
import org.initlab.experiment.trial.Engines;

/**
 * Where a run's numbers come from: who, when, with what code, on what hardware, from what data. One
 * entry for each time that trials were computed.
 */
final class Provenances {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final TypeReference<List<Map<String, String>>> ENTRIES = new TypeReference<>() {};

  private Provenances() {}

  /** The entries of a run folder, oldest first. */
  static List<Map<String, String>> read(RunFolder folder) throws IOException {
    try {
      return JSON.readValue(folder.readProvenance(), ENTRIES);
    } catch (java.io.FileNotFoundException | java.nio.file.NoSuchFileException e) {
      return List.of();
    }
  }

  /** Adds an entry. */
  static void add(RunFolder folder, Map<String, String> entry) throws IOException {
    List<Map<String, String>> entries = new ArrayList<>(read(folder));
    entries.add(entry);
    try {
      folder.writeProvenance(JSON.writeValueAsString(entries));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of texts is always JSON.", e);
    }
  }

  /** What is true of a run that starts now. */
  static Map<String, String> now(Study study, String spark, Optional<Path> data)
      throws IOException {
    Machine machine = Machine.here();
    BlasCore core = BlasCore.inUse();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("started", Instant.now().toString());
    facts.put("user", System.getProperty("user.name"));
    facts.put("study", study.runName());
    facts.put("seed", Long.toString(study.seed()));
    facts.put("random numbers", "Threefry-2x32-20, keys named by repeat, purpose and layer");
    facts.put("InitLab", Versions.own());
    facts.put("commit", System.getProperty("initlab.commit", "not in a Git repository"));
    facts.put("Spark", spark);
    study.trials().stream()
        .collect(Collectors.toMap(Costs::kind, trial -> trial, (a, b) -> a, LinkedHashMap::new))
        .values()
        .stream()
        .map(Engines::of)
        .distinct()
        .forEach(engine -> facts.put("engine " + engine.name(), engine.says()));
    facts.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("system", machine.system());
    facts.put("processor", machine.processor() + ", " + machine.cores() + " cores");
    facts.put(
        "memory", String.format(java.util.Locale.ROOT, "%.1f GiB", machine.memoryBytes() / 0x1p30));
    facts.put("OpenBLAS core", core.name() + ", " + core.threads() + " thread a trial");
    fingerprints(study, data).forEach((name, print) -> facts.put("data " + name, print));
    return facts;
  }

  /** The fingerprint of each data set of a study, by name. */
  static Map<String, String> fingerprints(Study study, Optional<Path> data) throws IOException {
    Map<String, String> prints = new TreeMap<>();
    for (String name : study.grid().values(Argument.DATASET.key())) {
      prints.put(name, Datasets.named(name).load(data).fingerprint());
    }
    return prints;
  }

  /** The latest entry, for the report; how many there are, if several. */
  static Map<String, String> latest(RunFolder folder) throws IOException {
    List<Map<String, String>> entries = read(folder);
    if (entries.isEmpty()) {
      return new TreeMap<>();
    }
    Map<String, String> latest = new LinkedHashMap<>(entries.get(entries.size() - 1));
    if (entries.size() > 1) {
      latest.put("sessions", entries.size() + ", all in provenance.json; this is the latest");
    }
    return latest;
  }
}
