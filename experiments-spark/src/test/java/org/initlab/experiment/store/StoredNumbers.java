package org.initlab.experiment.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.TrialId;

/** All measurements that count in a run. Each shard is read once, and not once a trial. */
public final class StoredNumbers {

  private StoredNumbers() {}

  /** Of each trial that counts, in the order stored; empty where its shard has none. */
  public static Map<TrialId, List<Measurement>> of(RunFolder run) throws IOException {
    Map<String, Map<String, List<Measurement>>> shards = new HashMap<>();
    Map<TrialId, List<Measurement>> numbers = new TreeMap<>();
    for (Stored stored : Shards.counting(Shards.of(run).read()).values()) {
      if (!shards.containsKey(stored.shard())) {
        shards.put(stored.shard(), shard(run.part("measurements"), stored.shard()));
      }
      TrialId id = stored.row().id();
      numbers.put(id, shards.get(stored.shard()).getOrDefault(id.hex(), List.of()));
    }
    return numbers;
  }

  private static Map<String, List<Measurement>> shard(Folder folder, String name)
      throws IOException {
    return Shard.read(
            folder.path(name),
            folder.hadoop(),
            Columns.MEASUREMENTS,
            FilterCompat.NOOP,
            row -> Map.entry(row.getString("trial", 0), Columns.measurement(row)))
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }
}
