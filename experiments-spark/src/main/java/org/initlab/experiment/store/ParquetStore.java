package org.initlab.experiment.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.parquet.example.data.Group;
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
 */
public record ParquetStore(String uri) implements ResultStore {

  private static final String SHARD = ".parquet";

  /** A finished row first, then the latest; the shard's name only decides between equals. */
  private static final Comparator<Stored> WINNER =
      Comparator.comparing(Stored::finished)
          .thenComparing(Stored::finishedAt)
          .thenComparing(Stored::shard);

  /** A row with where it lies. */
  private record Stored(Row row, long finishedAt, String shard) {
    boolean finished() {
      return !row.outcome().equals(new Outcome.Failed("").word());
    }
  }

  public ParquetStore {
    uri = new RunFolder(uri).uri();
  }

  /** The store of a run folder on this machine. */
  public static ParquetStore of(Path runFolder) {
    return RunFolder.of(runFolder).store();
  }

  private Folder part(String name) {
    return new RunFolder(uri).part(name);
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

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  @Override
  public Set<TrialId> finished() throws IOException {
    return winners(FilterCompat.NOOP).values().stream()
        .filter(Stored::finished)
        .map(s -> s.row().id())
        .collect(Collectors.toSet());
  }

  @Override
  public List<Row> rows() throws IOException {
    return winners(FilterCompat.NOOP).values().stream().map(Stored::row).toList();
  }

  @Override
  public List<Measurement> measurements(TrialId id) throws IOException {
    Optional<Stored> owner = winners(only("id", id)).values().stream().findFirst();
    return owner.isEmpty()
        ? List.of()
        : Shard.read(
            part("measurements").path(owner.get().shard()),
            Columns.MEASUREMENTS,
            only("trial", id),
            Columns::measurement);
  }

  private static FilterCompat.Filter only(String column, TrialId id) {
    return FilterCompat.get(
        FilterApi.eq(FilterApi.binaryColumn(column), Binary.fromString(id.hex())));
  }

  private Map<TrialId, Stored> winners(FilterCompat.Filter filter) throws IOException {
    Folder trials = part("trials");
    Map<TrialId, Stored> winners = new HashMap<>();
    try {
      trials.names(SHARD).parallelStream()
          .map(shard -> stored(trials, shard, filter))
          .forEachOrdered(
              rows ->
                  rows.forEach(
                      row ->
                          winners.merge(
                              row.row().id(), row, (a, b) -> WINNER.compare(a, b) >= 0 ? a : b)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new TreeMap<>(winners);
  }

  private static List<Stored> stored(Folder trials, String shard, FilterCompat.Filter filter) {
    try {
      return Shard.read(
          trials.path(shard),
          Columns.BRIEF,
          filter,
          group -> new Stored(row(group), at(group), shard));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long at(Group row) {
    return row.getLong("finished_at", 0);
  }

  private static Row row(Group row) {
    return new Row(
        new TrialId(row.getString("id", 0)),
        row.getString("outcome", 0),
        Columns.text(row, "error"),
        row.getDouble("seconds", 0));
  }
}
