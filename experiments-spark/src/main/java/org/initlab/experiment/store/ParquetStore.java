package org.initlab.experiment.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.io.api.Binary;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.ResultStore;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.TrialResult;

/**
 * Results as two tables of Parquet shards, {@code trials/} and {@code measurements/}. A batch of
 * results is one shard of each, of one name that its trials and outcomes determine; the
 * measurements get their name first, so the shard of trials is the commit: measurements without it
 * do not count. Writers need no lock, and a retried batch replaces itself.
 *
 * @param uri the run folder, on any file system that Hadoop knows
 * @param settings what this run says of file systems
 */
public record ParquetStore(String uri, HadoopSettings settings) implements ResultStore {

  private static final String SHARD = Shards.SUFFIX;

  /** So many shards are read in a second. */
  private static final int FEW = 256;

  public ParquetStore {
    uri = new RunFolder(uri, settings).uri();
  }

  /** The store of a run folder on this machine. */
  public static ParquetStore of(Path runFolder) {
    return RunFolder.of(runFolder).store();
  }

  private Folder part(String name) {
    return folder().part(name);
  }

  /** The run folder. */
  public RunFolder folder() {
    return new RunFolder(uri, settings);
  }

  @Override
  public void put(List<TrialResult> results) throws IOException {
    Collection<TrialResult> batch = oncePerTrial(results);
    if (batch.isEmpty()) {
      return;
    }
    String shard = "part-" + name(batch) + SHARD;
    String host = host();
    Instant now = Instant.now();
    for (TrialResult result : batch) {
      if (result.outcome() instanceof Outcome.Failed failed) {
        part("logs").writeText(result.trial().id().brief() + ".log", failed.error());
      }
    }
    part("measurements")
        .write(
            shard,
            (file, hadoop) ->
                Shard.write(
                    file,
                    hadoop,
                    Columns.MEASUREMENTS,
                    batch.stream()
                        .flatMap(
                            r ->
                                r.measurements().stream()
                                    .map(m -> Columns.row(r.trial().id().hex(), m)))));
    part("trials")
        .write(
            shard,
            (file, hadoop) ->
                Shard.write(
                    file,
                    hadoop,
                    Columns.TRIALS,
                    batch.stream().map(r -> Columns.row(r, now, host))));
  }

  private static Collection<TrialResult> oncePerTrial(List<TrialResult> results) {
    Map<TrialId, TrialResult> batch = new TreeMap<>();
    for (TrialResult result : results) {
      batch.merge(
          result.trial().id(),
          result,
          (a, b) -> a.outcome().finished() && !b.outcome().finished() ? a : b);
    }
    return batch.values();
  }

  private static String name(Collection<TrialResult> batch) {
    String text =
        batch.stream()
            .map(r -> r.trial().id().hex() + " " + r.outcome().word() + "\n")
            .collect(Collectors.joining());
    return TrialId.ofText(text).hex().substring(0, 16);
  }

  /** The name of this machine, as rows and heartbeats carry it. */
  public static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  @Override
  public Set<TrialId> finished() throws IOException {
    return counting().values().stream()
        .filter(Stored::finished)
        .map(s -> s.row().id())
        .collect(Collectors.toSet());
  }

  @Override
  public List<Row> rows() throws IOException {
    return new TreeMap<>(counting()).values().stream().map(Stored::row).toList();
  }

  @Override
  public List<Measurement> measurements(TrialId id) throws IOException {
    FilterCompat.Filter filter =
        FilterCompat.get(
            FilterApi.eq(FilterApi.binaryColumn("trial"), Binary.fromString(id.hex())));
    for (int reading = 1; ; reading++) {
      Stored owner = counting().get(id);
      if (owner == null) {
        return List.of();
      }
      Folder measurements = part("measurements");
      try {
        return Shard.read(
            measurements.path(owner.shard()),
            measurements.hadoop(),
            Columns.MEASUREMENTS,
            filter,
            Columns::measurement);
      } catch (FileNotFoundException merged) {
        if (reading == 3) {
          throw merged;
        }
      }
    }
  }

  private Map<TrialId, Stored> counting() throws IOException {
    return Shards.counting(Shards.of(folder()).read());
  }

  /**
   * Describes new shards in the manifest, if they are so many that reading them is felt.
   *
   * @return whether the manifest was written
   */
  public boolean describe() throws IOException {
    Shards shards = Shards.of(folder());
    long unknown = shards.unknown();
    if (unknown < FEW || unknown * 50 < shards.list().size()) {
      return false;
    }
    Manifest.write(folder().root(), shards.read());
    return true;
  }

  /** How many shards there are. */
  public int shards() throws IOException {
    return Shards.of(folder()).list().size();
  }

  /**
   * Merges small shards into large ones. It may be killed at any moment, and results may be stored
   * meanwhile; nothing is lost, and nothing counts twice.
   *
   * @return small shards that are gone, large ones that hold their rows, and all that there are
   */
  public Compacted compact() throws IOException {
    Compaction.Result result = Compaction.of(folder()).execute();
    return new Compacted(result.merged(), result.into(), result.shards());
  }

  /** What {@link #compact} did. */
  public record Compacted(int merged, int into, int shards) {}
}
