package org.initlab.experiment.grid;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.initlab.experiment.grid.StudyException.Problem;
import org.initlab.init.named.Nearest;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with one file, so that reading can go on after the first problem. */
final class Problems {

  private final String file;
  private final Set<Problem> found = new LinkedHashSet<>();

  Problems(String file) {
    this.file = file;
  }

  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  void add(int line, String message) {
    found.add(new Problem(file, line, message));
  }

  void add(Node at, String message) {
    add(line(at), message);
  }

  /** Says that {@code name} is none of {@code allowed}, and which of them it perhaps is. */
  void unknown(Node at, String what, String name, Collection<String> allowed) {
    add(at, Nearest.unknown(what, name, allowed));
  }

  /** Takes over what {@code other} found beyond this, each message after {@code prefix}. */
  void addNew(Problems other, String prefix) {
    for (Problem problem : List.copyOf(other.found)) {
      if (!found.contains(problem)) {
        add(problem.line(), prefix + problem.message());
      }
    }
  }

  int count() {
    return found.size();
  }

  List<Problem> byLine() {
    return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  void check() throws StudyException {
    if (!found.isEmpty()) {
      throw new StudyException(byLine());
    }
  }
}
