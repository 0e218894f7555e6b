package org.initlab.init.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts layers behind those whose outputs they take, however long the chain. */
public final class Order {

  private Order() {}

  private record Open(String name, Iterator<String> rest) {}

  /**
   * The names, each behind its inputs, else in the order of the map.
   *
   * @param inputs of each layer
   * @param word for a layer in the format: layer, vertex
   * @throws ModelFileException for a cycle, and for an input that is not there
   */
  public static List<String> of(Map<String, List<String>> inputs, String word)
      throws ModelFileException {
    List<String> done = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    for (String start : inputs.keySet()) {
      Deque<Open> stack = new ArrayDeque<>();
      Set<String> open = new HashSet<>();
      push(start, inputs, stack, open);
      while (!stack.isEmpty()) {
        Open top = stack.peek();
        if (placed.contains(top.name()) || !top.rest().hasNext()) {
          stack.pop();
          open.remove(top.name());
          if (placed.add(top.name())) {
            done.add(top.name());
          }
          continue;
        }
        String next = top.rest().next();
        if (!inputs.containsKey(next)) {
          throw new ModelFileException(
              "%s %s: it takes the output of %s, which the file lacks."
                  .formatted(word, top.name(), next));
        }
        if (open.contains(next)) {
          throw new ModelFileException(
              "%s %s: it takes its own output, by way of %s (a cycle)."
                  .formatted(word, next, top.name()));
        }
        if (!placed.contains(next)) {
          push(next, inputs, stack, open);
        }
      }
    }
    return done;
  }

  private static void push(
      String name, Map<String, List<String>> inputs, Deque<Open> stack, Set<String> open) {
    stack.push(new Open(name, inputs.get(name).iterator()));
    open.add(name);
  }
}
