package org.initlab.experiment.store;

import java.util.Comparator;
import org.apache.parquet.example.data.Group;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.TrialId;

/** A row of the table of trials in brief, with the shard that it lies in. */
record Stored(Row row, long finishedAt, String shard) {

  private static final String FAILED = new Outcome.Failed("").word();

  /**
   * The greatest of a trial's rows counts: a finished one before a failed one, the first that
   * finished, the last that failed. A late twin of a stored trial thus changes nothing. The shard's
   * name only decides between copies of one row.
   */
  static final Comparator<Stored> COUNTS =
      Comparator.comparing(Stored::finished)
          .thenComparing(s -> s.finished() ? -s.finishedAt : s.finishedAt)
          .thenComparing(Stored::shard);

  boolean finished() {
    return !row.outcome().equals(FAILED);
  }

  static Stored of(Group group, String shard) {
    return new Stored(
        new Row(
            new TrialId(group.getString("id", 0)),
            group.getString("outcome", 0),
            Columns.text(group, "error"),
            group.getDouble("seconds", 0)),
        group.getLong("finished_at", 0),
        shard);
  }
}
