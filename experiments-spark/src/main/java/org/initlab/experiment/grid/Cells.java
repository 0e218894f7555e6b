package org.initlab.experiment.grid;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Grid;

/** Answers questions about the cells of a grid without building them. */
record Cells(Grid grid) {

  /** Most cells that the axes may make. */
  static final long MOST = 1_000_000;

  /** Cells of the axes alone; anything above {@link #MOST} stands for too many. */
  long product() {
    long product = 1;
    for (Axis axis : grid.axes()) {
      product = Math.min(product * axis.values().size(), MOST + 1);
    }
    return product;
  }

  /** The values that an argument has in some cell of the axes. */
  List<String> values(String name) {
    return grid.axes().stream()
        .filter(a -> a.name().equals(name))
        .findFirst()
        .map(Axis::values)
        .orElseGet(() -> List.of(grid.fixed().get(name)));
  }

  /** The smallest number of steps of a cell that is left; nothing if no cell is. */
  OptionalLong leastSteps() {
    List<Axis> axes = grid.axes();
    List<int[]> except = grid.except().stream().map(this::positions).toList();
    long[] steps = values(Argument.STEPS.key()).stream().mapToLong(Long::parseLong).toArray();
    int stepsAxis = axes.stream().map(Axis::name).toList().indexOf(Argument.STEPS.key());
    int[] cell = new int[axes.size()];
    long least = Long.MAX_VALUE;
    do {
      if (except.stream().noneMatch(e -> agrees(cell, e))) {
        least = Math.min(least, steps[stepsAxis < 0 ? 0 : cell[stepsAxis]]);
      }
    } while (next(cell));
    return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
  }

  /** Where on each axis the exception lies; -1 for anywhere. */
  private int[] positions(Map<String, String> exception) {
    int[] positions = new int[grid.axes().size()];
    Arrays.setAll(
        positions,
        i -> {
          Axis axis = grid.axes().get(i);
          String value = exception.get(axis.name());
          return value == null ? -1 : axis.values().indexOf(value);
        });
    return positions;
  }

  private static boolean agrees(int[] cell, int[] exception) {
    for (int i = 0; i < cell.length; i++) {
      if (exception[i] >= 0 && exception[i] != cell[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean next(int[] cell) {
    for (int i = cell.length - 1; i >= 0; i--) {
      if (++cell[i] < grid.axes().get(i).values().size()) {
        return true;
      }
      cell[i] = 0;
    }
    return false;
  }
}
