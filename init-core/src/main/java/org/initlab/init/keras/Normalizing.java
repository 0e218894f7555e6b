package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.initlab.init.Fans;
import org.initlab.init.model.Effect;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.model.Origin;

/** Layers that normalize, over batches, axes or groups. */
final class Normalizing {

  private static final List<String> NAMES =
      List.of("BatchNormalization", "LayerNormalization", "GroupNormalization");

  private final String type;
  private final Settings settings;
  private final List<Long> in;

  Normalizing(String type, Settings settings, List<Long> in) {
    this.type = type;
    this.settings = settings;
    this.in = in;
  }

  static boolean knows(String type) {
    return NAMES.contains(type);
  }

  ModelLayer layer(List<String> inputs) throws ModelFileException {
    List<Integer> axes = axes();
    long length = 1;
    for (int axis : axes) {
      if (in.get(axis) < 1) {
        throw settings.amiss(
            "it normalizes over an open length of %s. Maybe give --input-shape.".formatted(in));
      }
      length = Math.multiplyExact(length, in.get(axis));
    }
    boolean batch = type.equals("BatchNormalization");
    long groups = type.equals("GroupNormalization") ? groups(length) : 1;
    Effect.Over over =
        batch ? Effect.Over.BATCH : groups(type) ? Effect.Over.GROUPS : Effect.Over.AXES;
    boolean scales = settings.flag("scale", true);
    double scale = scales ? scale(length) : 1;
    int each = (scales ? 1 : 0) + (settings.flag("center", true) ? 1 : 0) + (batch ? 2 : 0);
    Effect effect =
        new Effect.Normalize(over, axes, groups, settings.atLeastZero("epsilon", 1e-3), scale);
    return new ModelLayer(
        settings.layer(), type, inputs, in, Math.multiplyExact(each, length), effect);
  }

  private static boolean groups(String type) {
    return type.equals("GroupNormalization");
  }

  private long groups(long channels) throws ModelFileException {
    JsonNode given = settings.node("groups");
    long groups = given.asLong(32) == -1 ? channels : settings.count("groups", 32);
    if (channels % groups != 0) {
      throw settings.amiss("%d groups do not divide %d channels.".formatted(groups, channels));
    }
    return groups;
  }

  private double scale(long length) throws ModelFileException {
    JsonNode gamma = settings.node("gamma_initializer");
    Fans fans = new Fans(length, length);
    return KerasInitializers.origin(settings, gamma, "ones", fans, length, 1)
        .map(Origin::square)
        .orElse(1.0);
  }

  /** Keras counts the batch as axis 0. */
  private List<Integer> axes() throws ModelFileException {
    JsonNode given = settings.node("axis");
    List<Integer> axes = new ArrayList<>();
    for (JsonNode axis : given.isArray() ? given : List.of(given)) {
      int number = axis.isMissingNode() || axis.isNull() ? -1 : axis.asInt(0);
      int at = number < 0 ? in.size() + number : number - 1;
      if (at < 0 || at >= in.size() || axes.contains(at)) {
        throw settings.wrong("axis", given, "axes of an input of " + in.size() + " and the batch");
      }
      axes.add(at);
    }
    if (axes.isEmpty()) {
      throw settings.wrong("axis", given, "at least one");
    }
    return axes;
  }
}
