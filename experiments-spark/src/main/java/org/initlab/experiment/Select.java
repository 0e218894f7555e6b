package org.initlab.experiment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a study chooses rather than compares, as papers choose the learning rate: for each cell of
 * the other axes, the value of these axes whose mean over repeats of a validation metric is least
 * at the last measured step. It decides what is reported, not what is run: no trial knows of it.
 *
 * @param axes the axes that are chosen, together
 * @param by the metric, one of {@link #METRICS}
 */
public record Select(List<String> axes, String by) {

  /** What may be chosen by: never the examples that the choice is then judged on. */
  public static final List<String> METRICS = List.of("validation_error", "validation_loss");

  public Select {
    axes = List.copyOf(axes);
  }

  /** The axes of a grid for each cell of which a choice is made. */
  public List<String> rest(Grid grid) {
    return grid.axes().stream().map(Axis::name).filter(name -> !axes.contains(name)).toList();
  }

  /** The cells of the other axes: one choice each. */
  public Set<Map<String, String>> places(Grid grid) {
    List<String> rest = rest(grid);
    Set<Map<String, String>> places = new LinkedHashSet<>();
    for (Map<String, String> cell : grid.cells()) {
      places.add(rest.stream().collect(Collectors.toMap(name -> name, cell::get)));
    }
    return places;
  }

  /** The step at which the metric counts. */
  public long step(Measure measure) {
    return measure.at().get(measure.at().size() - 1);
  }
}
