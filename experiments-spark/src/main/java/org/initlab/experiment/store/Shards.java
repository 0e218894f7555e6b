package org.initlab.experiment.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.initlab.experiment.TrialId;

/**
 * The committed shards of a run folder: those of trials that are listed. A merge that is under way,
 * or was cut off, is seen as done.
 */
record Shards(Folder root, Folder trials) {

  static final String SUFFIX = ".parquet";

  /** A merge moves files while somebody reads; it is never so fast that five readings all fail. */
  private static final int READINGS = 5;

  static Shards of(RunFolder run) {
    return new Shards(run.root(), run.part("trials"));
  }

  /** What each shard holds, from the manifest or from the shard. */
  Map<Folder.Entry, List<Stored>> read() throws IOException {
    for (int reading = 1; ; reading++) {
      try {
        return readOnce();
      } catch (FileNotFoundException moved) {
        if (reading == READINGS) {
          throw moved;
        }
      }
    }
  }

  private Map<Folder.Entry, List<Stored>> readOnce() throws IOException {
    List<Folder.Entry> listed = list();
    Map<Folder.Entry, List<Stored>> known = Manifest.read(root);
    List<Folder.Entry> unknown = listed.stream().filter(e -> !known.containsKey(e)).toList();
    List<List<Stored>> read;
    try {
      read = unknown.parallelStream().map(this::stored).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Map<Folder.Entry, List<Stored>> shards = new LinkedHashMap<>();
    for (Folder.Entry entry : listed) {
      shards.put(entry, known.get(entry));
    }
    for (int i = 0; i < unknown.size(); i++) {
      shards.put(unknown.get(i), read.get(i));
    }
    return shards;
  }

  /** How many of the listed shards the manifest does not describe. */
  long unknown() throws IOException {
    Map<Folder.Entry, List<Stored>> known = Manifest.read(root);
    return list().stream().filter(e -> !known.containsKey(e)).count();
  }

  private List<Stored> stored(Folder.Entry shard) {
    try {
      return Shard.read(
          trials.path(shard.name()),
          trials.hadoop(),
          Columns.BRIEF,
          FilterCompat.NOOP,
          group -> Stored.of(group, shard.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shards that count, in the order of their names. */
  List<Folder.Entry> list() throws IOException {
    List<Folder.Entry> listed = null;
    Optional<Merge> before = Merge.read(root);
    for (int reading = 0; reading < READINGS; reading++) {
      listed = trials.entries(SUFFIX);
      Optional<Merge> after = Merge.read(root);
      if (before.equals(after)) {
        break;
      }
      before = after;
    }
    if (before.isEmpty()) {
      return listed;
    }
    // The merged shard was committed before the merge was noted.
    Merge merge = before.get();
    List<Folder.Entry> counting = new ArrayList<>();
    for (Folder.Entry entry : listed) {
      if (!merge.sources().contains(entry.name())) {
        counting.add(entry);
      }
    }
    if (counting.stream().noneMatch(e -> e.name().equals(merge.into()))) {
      throw new FileNotFoundException(trials.path(merge.into()).toString());
    }
    return counting;
  }

  /** The row of each trial that counts. */
  static Map<TrialId, Stored> counting(Map<Folder.Entry, List<Stored>> shards) {
    Map<TrialId, Stored> rows = new HashMap<>();
    for (List<Stored> shard : shards.values()) {
      for (Stored stored : shard) {
        rows.merge(stored.row().id(), stored, (a, b) -> Stored.COUNTS.compare(a, b) >= 0 ? a : b);
      }
    }
    return rows;
  }
}
