package org.initlab.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cells of a study: the product of its axes on top of what is fixed, without the exceptions.
 *
 * @param fixed arguments that every cell shares
 * @param axes what varies, the first axis outermost
 * @param except partial cells; a cell that agrees with one of them in all its keys is left out
 */
public record Grid(Map<String, String> fixed, List<Axis> axes, List<Map<String, String>> except) {

  public Grid {
    fixed = Collections.unmodifiableMap(new TreeMap<>(fixed));
    axes = List.copyOf(axes);
    except = List.copyOf(except);
  }

  /** Every cell: all arguments by name. */
  public List<Map<String, String>> cells() {
    List<Map<String, String>> cells = List.of(fixed);
    for (Axis axis : axes) {
      List<Map<String, String>> grown = new ArrayList<>(cells.size() * axis.values().size());
      for (Map<String, String> cell : cells) {
        for (String value : axis.values()) {
          Map<String, String> next = new TreeMap<>(cell);
          next.put(axis.name(), value);
          grown.add(next);
        }
      }
      cells = grown;
    }
    return cells.stream().filter(c -> except.stream().noneMatch(e -> agrees(c, e))).toList();
  }

  private static boolean agrees(Map<String, String> cell, Map<String, String> exception) {
    return cell.entrySet().containsAll(exception.entrySet());
  }
}
