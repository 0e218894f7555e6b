package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Grid;
import org.initlab.experiment.Study;

/**
 * Which cells of two runs belong together: those that are equal in every shared axis. An axis of
 * one run is shared, too, if the other run holds one of its values fixed. Where it holds another
 * value, each cell on the axis stands against the other run's one.
 *
 * @param shared axes in which a pair of cells is equal
 * @param onlyA axes of the first run that the other one holds fixed at another value
 * @param onlyB axes of the second run
 */
public record Pairing(List<String> shared, List<String> onlyA, List<String> onlyB) {

  public Pairing {
    shared = List.copyOf(shared);
    onlyA = List.copyOf(onlyA);
    onlyB = List.copyOf(onlyB);
  }

  /** The pairing of two studies' cells. */
  public static Pairing of(Study a, Study b) {
    Set<String> shared = new LinkedHashSet<>();
    List<String> onlyA = new ArrayList<>();
    List<String> onlyB = new ArrayList<>();
    sort(a.grid(), b.grid(), shared, onlyA);
    sort(b.grid(), a.grid(), shared, onlyB);
    return new Pairing(new ArrayList<>(shared), onlyA, onlyB);
  }

  private static void sort(Grid own, Grid other, Set<String> shared, List<String> only) {
    for (Axis axis : own.axes()) {
      boolean both = other.axes().stream().anyMatch(x -> x.name().equals(axis.name()));
      Optional<String> fixed = Optional.ofNullable(other.fixed().get(axis.name()));
      if (both || fixed.map(axis.values()::contains).orElse(false)) {
        shared.add(axis.name());
      } else {
        only.add(axis.name());
      }
    }
  }

  /** The columns that tell a pair of cells, in the order of the tables. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(shared);
    onlyA.forEach(axis -> columns.add("a_" + axis));
    onlyB.forEach(axis -> columns.add("b_" + axis));
    return columns;
  }
}
