package org.initlab.experiment.store;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * The file {@code manifest.parquet}: what committed shards of trials hold, in brief, so that 100
 * 000 trials are counted by one file and a listing. It is a copy and never the truth: a shard that
 * is listed and not described here, or not by this length and time, is read itself, and what is
 * described but not listed does not count. Whoever is killed while writing it loses nothing.
 */
final class Manifest {

  static final String FILE = "manifest.parquet";

  private static final MessageType TYPE = type();

  private Manifest() {}

  private static MessageType type() {
    Types.MessageTypeBuilder table = Types.buildMessage();
    table.required(BINARY).as(LogicalTypeAnnotation.stringType()).named("shard");
    table.required(INT64).named("length");
    table.required(INT64).named("modified");
    Columns.BRIEF.getFields().forEach(table::addField);
    return table.named("manifest");
  }

  /** What is known of shards; nothing if there is no manifest. */
  static Map<Folder.Entry, List<Stored>> read(Folder root) throws IOException {
    Map<Folder.Entry, List<Stored>> known = new HashMap<>();
    List<Line> lines;
    try {
      lines = Shard.read(root.path(FILE), root.hadoop(), TYPE, FilterCompat.NOOP, Line::of);
    } catch (FileNotFoundException none) {
      return known;
    }
    for (Line line : lines) {
      known.computeIfAbsent(line.entry, e -> new ArrayList<>(1)).add(line.stored);
    }
    return known;
  }

  private record Line(Folder.Entry entry, Stored stored) {
    static Line of(Group group) {
      String shard = group.getString("shard", 0);
      return new Line(
          new Folder.Entry(shard, group.getLong("length", 0), group.getLong("modified", 0)),
          Stored.of(group, shard));
    }
  }

  /** Replaces the manifest. */
  static void write(Folder root, Map<Folder.Entry, List<Stored>> shards) throws IOException {
    root.write(
        FILE,
        (file, hadoop) ->
            Shard.write(
                file,
                hadoop,
                TYPE,
                shards.entrySet().stream()
                    .flatMap(e -> e.getValue().stream().map(s -> row(e.getKey(), s)))));
  }

  private static Group row(Folder.Entry entry, Stored stored) {
    Group row =
        new SimpleGroup(TYPE)
            .append("shard", entry.name())
            .append("length", entry.length())
            .append("modified", entry.modified())
            .append("id", stored.row().id().hex())
            .append("outcome", stored.row().outcome())
            .append("seconds", stored.row().seconds())
            .append("finished_at", stored.finishedAt());
    if (stored.row().error() != null) {
      row.add("error", stored.row().error());
    }
    return row;
  }
}
