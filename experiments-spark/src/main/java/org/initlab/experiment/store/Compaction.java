package org.initlab.experiment.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.schema.MessageType;
import org.initlab.experiment.TrialId;

/**
 * Merges small shards into large ones. Each merge commits the large shard (measurements first, as
 * any batch), notes the merge, removes the small ones and forgets the note. Killed before the note,
 * the rows lie in two shards and count once; killed after it, the note tells readers which shards
 * count, and the next merge removes the rest. Writers may go on meanwhile: only shards that were
 * committed before are touched.
 *
 * @param run the run folder
 * @param most trials that a large shard is filled to
 * @param bytes of measurements that a large shard is filled to
 */
record Compaction(RunFolder run, int most, long bytes) {

  private static final String PREFIX = "whole-";

  /**
   * Measurements without a shard of trials are left by a killed writer, if no batch takes so long.
   */
  private static final Duration ORPHANED = Duration.ofDays(1);

  static Compaction of(RunFolder run) {
    return new Compaction(run, 10_000, 128L << 20);
  }

  /**
   * What was done.
   *
   * @param merged small shards that are gone
   * @param into large shards that hold their rows
   * @param shards all that are there now
   */
  record Result(int merged, int into, int shards) {}

  Result execute() throws IOException {
    finishNoted();
    Shards shards = Shards.of(run);
    Map<Folder.Entry, List<Stored>> all = shards.read();
    Map<TrialId, Stored> counting = Shards.counting(all);
    List<List<String>> groups = groups(all);
    int merged = 0;
    for (List<String> group : groups) {
      merge(group, counting);
      merged += group.size();
    }
    sweep();
    Map<Folder.Entry, List<Stored>> now = shards.read();
    Manifest.write(run.root(), now);
    return new Result(merged, groups.size(), now.size());
  }

  /** Small shards that together make a large one. */
  private List<List<String>> groups(Map<Folder.Entry, List<Stored>> shards) throws IOException {
    Map<String, Long> measured = new HashMap<>();
    for (Folder.Entry entry : measurements().entries(Shards.SUFFIX)) {
      measured.put(entry.name(), entry.length());
    }
    List<List<String>> groups = new ArrayList<>();
    List<String> open = new ArrayList<>();
    long trials = 0;
    long size = 0;
    for (Map.Entry<Folder.Entry, List<Stored>> shard : shards.entrySet()) {
      String name = shard.getKey().name();
      int rows = shard.getValue().size();
      long length = measured.getOrDefault(name, 0L);
      if (rows > most / 2 || length > bytes / 2) {
        continue;
      }
      open.add(name);
      trials += rows;
      size += length;
      if (trials >= most || size >= bytes) {
        groups.add(List.copyOf(open));
        open.clear();
        trials = 0;
        size = 0;
      }
    }
    groups.add(List.copyOf(open));
    groups.removeIf(group -> group.size() < 2);
    return groups;
  }

  private void merge(List<String> group, Map<TrialId, Stored> counting) throws IOException {
    Set<String> sources = new LinkedHashSet<>(group);
    Map<String, Set<String>> kept = new HashMap<>();
    group.forEach(shard -> kept.put(shard, new HashSet<>()));
    for (Stored stored : counting.values()) {
      if (sources.contains(stored.shard())) {
        kept.get(stored.shard()).add(stored.row().id().hex());
      }
    }
    // A name of its own: writing over an older shard could replace rows that count.
    String into = PREFIX + UUID.randomUUID() + Shards.SUFFIX;
    copy(measurements(), "trial", into, Columns.MEASUREMENTS, group, kept);
    copy(trials(), "id", into, columns(group), group, kept);
    new Merge(into, sources).write(run.root());
    finishNoted();
  }

  /** The columns of all these shards: those of another version of InitLab may have others. */
  private MessageType columns(List<String> group) throws IOException {
    MessageType columns = Columns.TRIALS;
    for (String shard : group) {
      columns = columns.union(Shard.columns(trials().path(shard), trials().hadoop()));
    }
    return columns;
  }

  private static void copy(
      Folder folder,
      String id,
      String into,
      MessageType columns,
      List<String> group,
      Map<String, Set<String>> kept)
      throws IOException {
    folder.write(
        into,
        (file, hadoop) ->
            Shard.write(
                file,
                hadoop,
                columns,
                (Shard.Sink sink) -> {
                  for (String shard : group) {
                    Path source = folder.path(shard);
                    Set<String> ids = kept.get(shard);
                    Shard.stream(
                        source,
                        hadoop,
                        Shard.columns(source, hadoop),
                        FilterCompat.NOOP,
                        (Group row) -> {
                          if (ids.contains(row.getString(id, 0))) {
                            sink.accept(Columns.copy(row, columns));
                          }
                        });
                  }
                }));
  }

  /** Removes the sources of a merge that is noted, and then the note. */
  private void finishNoted() throws IOException {
    Optional<Merge> noted = Merge.read(run.root());
    if (noted.isEmpty()) {
      return;
    }
    if (!trials().has(noted.get().into())) {
      throw new IOException(
          "The shard "
              + trials().path(noted.get().into())
              + " is missing, into which "
              + noted.get().sources().size()
              + " others were merged; nothing was removed.");
    }
    for (String source : noted.get().sources()) {
      trials().delete(source);
    }
    for (String source : noted.get().sources()) {
      measurements().delete(source);
    }
    Merge.forget(run.root());
  }

  private void sweep() throws IOException {
    Set<String> committed =
        trials().entries(Shards.SUFFIX).stream()
            .map(Folder.Entry::name)
            .collect(Collectors.toSet());
    long old = Instant.now().minus(ORPHANED).toEpochMilli();
    for (Folder.Entry entry : measurements().entries(Shards.SUFFIX)) {
      if (!committed.contains(entry.name()) && entry.modified() < old) {
        measurements().delete(entry.name());
      }
    }
  }

  private Folder trials() {
    return run.part("trials");
  }

  private Folder measurements() {
    return run.part("measurements");
  }
}
