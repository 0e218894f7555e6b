package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.initlab.init.model.Effect;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;

/** Layers without parameters that change the shape: pooling, flattening, padding, joining. */
final class Reshaping {

  private static final Set<String> OTHERS = Set.of("Flatten", "Reshape", "Permute", "RepeatVector");
  private static final Pattern SPATIAL =
      Pattern.compile(
          "(Global)?(Max|Average)(?:Pooling|Pool)([123])D|(ZeroPadding|Cropping|UpSampling)([123])D");

  private Reshaping() {}

  static boolean knows(String type) {
    return OTHERS.contains(type) || SPATIAL.matcher(type).matches();
  }

  static Effect effect(String type, Settings settings, List<Long> in) throws ModelFileException {
    Matcher spatial = SPATIAL.matcher(type);
    if (!spatial.matches() || spatial.group(2) == null) {
      return new Effect.Pass();
    }
    if (spatial.group(2).equals("Max")) {
      return new Effect.MaxPool();
    }
    int dimensions = Integer.parseInt(spatial.group(3));
    List<Long> window =
        spatial.group(1) == null
            ? settings.counts("pool_size", dimensions, 2)
            : Sizes.space(in, first(settings));
    long size = Sizes.product(window);
    return new Effect.AveragePool(size < 1 ? Double.NaN : size);
  }

  static List<Long> shape(String type, Settings settings, List<Long> in) throws ModelFileException {
    Matcher spatial = SPATIAL.matcher(type);
    if (!spatial.matches()) {
      return switch (type) {
        case "Flatten" -> List.of(Sizes.product(in));
        case "Reshape" -> target(settings, in);
        case "RepeatVector" -> List.of(settings.count("n"), in.get(0));
        default -> permuted(settings, in);
      };
    }
    boolean first = first(settings);
    long channels = Sizes.channels(in, first);
    if (spatial.group(1) != null) {
      boolean kept = settings.flag("keepdims", false);
      List<Long> ones = Sizes.space(in, first).stream().map(n -> 1L).toList();
      return kept ? Sizes.shape(ones, channels, first) : List.of(channels);
    }
    List<Long> space = new ArrayList<>();
    int dimensions =
        Integer.parseInt(Optional.ofNullable(spatial.group(3)).orElse(spatial.group(5)));
    for (int d = 0; d < dimensions; d++) {
      space.add(length(spatial, settings, Sizes.space(in, first).get(d), d, dimensions));
    }
    return Sizes.shape(space, channels, first);
  }

  private static long length(Matcher spatial, Settings settings, long n, int d, int dimensions)
      throws ModelFileException {
    if (spatial.group(4) == null) {
      List<Long> window = settings.counts("pool_size", dimensions, 2);
      long stride =
          settings.has("strides")
              ? settings.counts("strides", dimensions, 1).get(d)
              : window.get(d);
      return Sizes.window(n, window.get(d), stride, 1, settings.text("padding", "valid"));
    }
    if (n < 0) {
      return -1;
    }
    return switch (spatial.group(4)) {
      case "ZeroPadding" -> n + edges(settings.node("padding"), d, dimensions);
      case "Cropping" -> n - edges(settings.node("cropping"), d, dimensions);
      default -> n * settings.counts("size", dimensions, 2).get(d);
    };
  }

  /**
   * Both edges of a dimension, given as one number for all, one a dimension, or two a dimension.
   */
  private static long edges(JsonNode value, int d, int dimensions) {
    if (!value.isArray()) {
      return 2 * value.asLong(1);
    }
    if (dimensions == 1) {
      return value.path(0).asLong() + value.path(1).asLong();
    }
    JsonNode here = value.path(d);
    return here.isArray() ? here.path(0).asLong() + here.path(1).asLong() : 2 * here.asLong();
  }

  private static List<Long> target(Settings settings, List<Long> in) {
    List<Long> shape = new ArrayList<>();
    settings.node("target_shape").forEach(n -> shape.add(n.asLong(-1)));
    long open = shape.indexOf(-1L);
    long known = shape.stream().filter(n -> n > 0).reduce(1L, (a, b) -> a * b);
    long all = Sizes.product(in);
    if (open >= 0 && all > 0 && all % known == 0) {
      shape.set((int) open, all / known);
    }
    return shape;
  }

  private static List<Long> permuted(Settings settings, List<Long> in) {
    List<Long> shape = new ArrayList<>();
    settings.node("dims").forEach(d -> shape.add(in.get(d.asInt() - 1)));
    return shape;
  }

  static List<Long> joined(Settings settings, List<ModelLayer> inputs) {
    List<Long> shape = new ArrayList<>(inputs.get(0).shape());
    int axis = settings.node("axis").asInt(-1);
    int at = axis < 0 ? shape.size() + axis : axis - 1;
    long length = 0;
    for (ModelLayer input : inputs) {
      long more = input.shape().get(at);
      length = more < 0 || length < 0 ? -1 : length + more;
    }
    shape.set(at, length);
    return shape;
  }

  static boolean first(Settings settings) {
    return settings.text("data_format", "channels_last").equals("channels_first");
  }
}
