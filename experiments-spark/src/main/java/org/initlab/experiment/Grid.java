package org.initlab.experiment;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The cells of a study: the product of its axes on top of what is fixed, without the exceptions.
 *
 * @param fixed arguments that every cell shares
 * @param axes what varies, the first axis outermost
 * @param except partial cells; a cell that agrees with one of them in all its keys is left out
 */
public record Grid(Map<String, String> fixed, List<Axis> axes, List<Map<String, String>> except)
    implements Serializable {

  public Grid {
    fixed = Collections.unmodifiableMap(new TreeMap<>(fixed));
    axes = List.copyOf(axes);
    except = List.copyOf(except);
  }

  /** Every cell: all arguments by name. A cell is made when it is asked for. */
  public List<Map<String, String>> cells() {
    int[] numbers = numbers().toArray();
    return new AbstractCells(numbers.length) {
      @Override
      public Map<String, String> get(int index) {
        return cell(numbers[index]);
      }
    };
  }

  /** A list whose cells are made when they are asked for. */
  private abstract static class AbstractCells extends AbstractList<Map<String, String>>
      implements RandomAccess {
    private final int size;

    AbstractCells(int size) {
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** The numbers of the cells that are left, among all that the axes make. */
  IntStream numbers() {
    int product = 1;
    for (Axis axis : axes) {
      product = Math.multiplyExact(product, axis.values().size());
    }
    IntStream all = IntStream.range(0, product);
    return except.isEmpty()
        ? all
        : all.filter(n -> except.stream().noneMatch(e -> agrees(cell(n), e)));
  }

  /** The cell of a number, whether or not it is left. */
  Map<String, String> cell(int number) {
    Map<String, String> cell = new TreeMap<>(fixed);
    int rest = number;
    for (int a = axes.size() - 1; a >= 0; a--) {
      List<String> values = axes.get(a).values();
      cell.put(axes.get(a).name(), values.get(rest % values.size()));
      rest /= values.size();
    }
    return cell;
  }

  /** The values that an argument has in some cell that is left. */
  public Set<String> values(String argument) {
    if (except.isEmpty()) {
      return axes.stream()
          .filter(axis -> axis.name().equals(argument))
          .findFirst()
          .map(axis -> (Set<String>) new LinkedHashSet<>(axis.values()))
          .orElseGet(() -> fixed.containsKey(argument) ? Set.of(fixed.get(argument)) : Set.of());
    }
    Set<String> values = new LinkedHashSet<>();
    numbers().mapToObj(n -> cell(n).get(argument)).filter(v -> v != null).forEach(values::add);
    return values;
  }

  private static boolean agrees(Map<String, String> cell, Map<String, String> exception) {
    return cell.entrySet().containsAll(exception.entrySet());
  }
}
