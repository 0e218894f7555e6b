package org.initlab.init.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.initlab.init.model.Effect;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;

/** Layers that join several inputs. */
final class Joining {

  private static final Set<String> NAMES = Set.of("Add", "Average", "Subtract", "Concatenate");

  private final String type;
  private final Settings settings;
  private final List<ModelLayer> inputs;

  Joining(String type, Settings settings, List<ModelLayer> inputs) {
    this.type = type;
    this.settings = settings;
    this.inputs = inputs;
  }

  static boolean knows(String type) {
    return NAMES.contains(type);
  }

  ModelLayer layer() throws ModelFileException {
    if (inputs.size() < 2) {
      throw settings.amiss(
          "a %s joins at least two inputs, and it has %d.".formatted(type, inputs.size()));
    }
    List<String> names = inputs.stream().map(ModelLayer::name).toList();
    int axis = type.equals("Concatenate") ? axis() : -1;
    List<Long> shape = shape(axis);
    Effect effect =
        axis >= 0
            ? new Effect.Concatenate(axis)
            : new Effect.Sum(type.equals("Average") ? 1.0 / names.size() : 1);
    return new ModelLayer(settings.layer(), type, names, shape, 0, effect);
  }

  private int axis() throws ModelFileException {
    int size = inputs.get(0).shape().size();
    int given = settings.node("axis").asInt(-1);
    int axis = given < 0 ? size + given : given - 1;
    if (axis < 0 || axis >= size) {
      throw settings.wrong(
          "axis", settings.node("axis"), "one of an input of " + size + " and the batch");
    }
    return axis;
  }

  /** All alike but along the axis; an open length fits any. A single number fits in a sum. */
  private List<Long> shape(int axis) throws ModelFileException {
    List<Long> shape = new ArrayList<>(inputs.get(0).shape());
    for (ModelLayer input : inputs.subList(1, inputs.size())) {
      List<Long> other = input.shape();
      boolean fits = other.size() == shape.size();
      for (int i = 0; fits && i < shape.size(); i++) {
        long here = shape.get(i);
        long there = other.get(i);
        if (i == axis) {
          shape.set(i, here < 0 || there < 0 ? -1 : Math.addExact(here, there));
        } else if (here < 0 || here == 1 && axis < 0) {
          shape.set(i, there);
        } else {
          fits = there < 0 || there == here || there == 1 && axis < 0;
        }
      }
      if (!fits) {
        throw settings.amiss(
            "its inputs %s and %s do not fit each other.".formatted(inputs.get(0).shape(), other));
      }
    }
    return shape;
  }
}
