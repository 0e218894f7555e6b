package org.initlab.experiment.store;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The note that shards were merged and are being removed, in the file {@code merge.txt} of a run
 * folder.
 *
 * @param into the shard that holds all their rows, committed before the note is written
 * @param sources the shards to remove
 */
record Merge(String into, Set<String> sources) {

  private static final String FILE = "merge.txt";

  static Optional<Merge> read(Folder root) throws IOException {
    return root.text(FILE)
        .map(
            text -> {
              List<String> names = text.lines().toList();
              return new Merge(names.get(0), new LinkedHashSet<>(names.subList(1, names.size())));
            });
  }

  void write(Folder root) throws IOException {
    root.writeText(FILE, into + "\n" + String.join("\n", sources) + "\n");
  }

  static void forget(Folder root) throws IOException {
    root.delete(FILE);
  }
}
