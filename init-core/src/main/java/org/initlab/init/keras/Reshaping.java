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
import org.initlab.init.model.Sizes;
import org.initlab.init.model.Window;

/** Layers without parameters that change the shape: pooling, flattening, padding, joining. */
final class Reshaping {

  private static final Set<String> OTHERS = Set.of("Flatten", "Reshape", "Permute", "RepeatVector");
  private static final Pattern SPATIAL =
      Pattern.compile(
          "(Global)?(Max|Average)(?:Pooling|Pool)([123])D|(ZeroPadding|Cropping|UpSampling)([123])D");

  private final String type;
  private final Settings settings;
  private final List<Long> in;

  Reshaping(String type, Settings settings, List<Long> in) {
    this.type = type;
    this.settings = settings;
    this.in = in;
  }

  static boolean knows(String type) {
    return OTHERS.contains(type) || SPATIAL.matcher(type).matches();
  }

  ModelLayer layer(List<String> inputs) throws ModelFileException {
    Matcher spatial = SPATIAL.matcher(type);
    if (spatial.matches()) {
      return spatial(spatial, inputs);
    }
    return switch (type) {
      case "Flatten" -> made(inputs, List.of(Sizes.product(in)), new Effect.Pass());
      case "Reshape" -> made(inputs, target(), new Effect.Pass());
      case "RepeatVector" -> {
        long n = settings.count("n");
        List<Long> shape = new ArrayList<>(List.of(n));
        shape.addAll(in);
        List<Long> by = new ArrayList<>(List.of(n));
        in.forEach(length -> by.add(1L));
        yield made(inputs, shape, new Effect.Move(Effect.Way.REPEAT, by));
      }
      default -> permuted(inputs);
    };
  }

  private ModelLayer made(List<String> inputs, List<Long> shape, Effect effect) {
    return new ModelLayer(settings.layer(), type, inputs, shape, 0, effect);
  }

  private ModelLayer spatial(Matcher spatial, List<String> inputs) throws ModelFileException {
    int dimensions =
        Integer.parseInt(Optional.ofNullable(spatial.group(3)).orElse(spatial.group(5)));
    if (in.size() != dimensions + 1) {
      throw settings.amiss(
          "a %s takes %d lengths without the batch, and its input has %s."
              .formatted(type, dimensions + 1, in));
    }
    boolean first = first(settings);
    long channels = Sizes.channels(in, first);
    List<Long> from = Sizes.space(in, first);
    boolean largest = "Max".equals(spatial.group(2));
    if (spatial.group(1) != null) {
      Window window = Window.whole(from, first);
      boolean kept = settings.flag("keepdims", false);
      List<Long> ones = from.stream().map(n -> 1L).toList();
      List<Long> shape = kept ? Sizes.shape(ones, channels, first) : List.of(channels);
      return made(inputs, shape, pool(largest, window));
    }
    if (spatial.group(2) != null) {
      List<Long> extents = settings.counts("pool_size", dimensions, 2);
      List<Long> strides =
          settings.has("strides") ? settings.counts("strides", dimensions, 1) : extents;
      List<Long> ones = from.stream().map(n -> 1L).toList();
      List<Long> space = new ArrayList<>();
      Window window = slide(settings, from, extents, strides, ones, first, space);
      return made(inputs, Sizes.shape(space, channels, first), pool(largest, window));
    }
    return moved(spatial.group(4), dimensions, inputs);
  }

  private static Effect pool(boolean largest, Window window) {
    return largest ? new Effect.MaxPool(window) : new Effect.AveragePool(window);
  }

  private ModelLayer moved(String kind, int dimensions, List<String> inputs)
      throws ModelFileException {
    boolean first = first(settings);
    List<Long> from = Sizes.space(in, first);
    List<Long> space = new ArrayList<>();
    List<Long> by = new ArrayList<>();
    for (int d = 0; d < dimensions; d++) {
      long n = from.get(d);
      if (kind.equals("UpSampling")) {
        by.add(settings.counts("size", dimensions, 2).get(d));
        space.add(n < 0 ? -1 : Math.multiplyExact(n, by.get(d)));
        continue;
      }
      boolean pads = kind.equals("ZeroPadding");
      List<Long> edges = edges(pads ? "padding" : "cropping", d, dimensions);
      long both = edges.get(0) + edges.get(1);
      by.add(edges.get(0));
      long made = pads ? n + both : n - both;
      if (n >= 0 && made < 1) {
        throw settings.amiss("it cuts %d off an input of %d.".formatted(both, n));
      }
      space.add(n < 0 ? -1 : made);
    }
    boolean repeats = kind.equals("UpSampling");
    Effect.Way way =
        repeats ? Effect.Way.REPEAT : kind.equals("ZeroPadding") ? Effect.Way.PAD : Effect.Way.CROP;
    if (repeats && !settings.text("interpolation", "nearest").equals("nearest")) {
      return made(
          inputs, Sizes.shape(space, Sizes.channels(in, first), first), new Effect.Unknown());
    }
    List<Long> all = Sizes.shape(by, repeats ? 1 : 0, first);
    return made(
        inputs, Sizes.shape(space, Sizes.channels(in, first), first), new Effect.Move(way, all));
  }

  /** A window over {@code from}; the lengths of its output are added to {@code space}. */
  static Window slide(
      Settings settings,
      List<Long> from,
      List<Long> extents,
      List<Long> strides,
      List<Long> dilations,
      boolean first,
      List<Long> space)
      throws ModelFileException {
    String padding = settings.text("padding", "valid").toLowerCase(java.util.Locale.ROOT);
    List<Long> before = new ArrayList<>();
    for (int d = 0; d < from.size(); d++) {
      long n = from.get(d);
      long k = extents.get(d);
      long s = strides.get(d);
      long gap = dilations.get(d);
      if (padding.equals("valid")) {
        space.add(Sizes.window(n, k, s, gap, 0));
        before.add(0L);
      } else {
        space.add(Sizes.same(n, s));
        before.add(padding.equals("causal") ? gap * (k - 1) : Sizes.beforeSame(n, k, s, gap));
      }
      if (n >= 0 && space.get(d) < 1) {
        throw settings.amiss(
            "a window of %d does not fit an input of %s.".formatted(gap * (k - 1) + 1, from));
      }
    }
    return new Window(extents, strides, dilations, before, first);
  }

  /**
   * Both edges of a dimension, given as one number for all, one a dimension, or two a dimension.
   */
  private List<Long> edges(String key, int d, int dimensions) throws ModelFileException {
    JsonNode value = settings.node(key);
    if (value.isMissingNode()) {
      return List.of(1L, 1L);
    }
    JsonNode here = value.isArray() && dimensions > 1 ? value.path(d) : value;
    if (here.isArray()) {
      return List.of(settings.edge(key, here.path(0)), settings.edge(key, here.path(1)));
    }
    long both = settings.edge(key, here);
    return List.of(both, both);
  }

  private List<Long> target() throws ModelFileException {
    List<Long> shape = new ArrayList<>();
    JsonNode target = settings.node("target_shape");
    long known = 1;
    for (JsonNode length : target) {
      if (!length.canConvertToInt() || length.asLong() == 0 || length.asLong() < -1) {
        throw settings.wrong("target_shape", target, "made of whole numbers, -1 for an open one");
      }
      shape.add(length.asLong());
      known = Math.multiplyExact(known, Math.max(1, length.asLong()));
    }
    if (!target.isArray() || shape.stream().filter(n -> n < 0).count() > 1) {
      throw settings.wrong("target_shape", target, "a list with at most one -1");
    }
    long all = Sizes.product(in);
    int open = shape.indexOf(-1L);
    if (all >= 0 && (open >= 0 ? all % known != 0 : all != known)) {
      throw settings.amiss("%s does not fit an input of %s.".formatted(target, in));
    }
    if (open >= 0 && all >= 0) {
      shape.set(open, all / known);
    }
    return shape;
  }

  private ModelLayer permuted(List<String> inputs) throws ModelFileException {
    JsonNode dims = settings.node("dims");
    List<Long> by = new ArrayList<>();
    List<Long> shape = new ArrayList<>();
    for (JsonNode dim : dims) {
      long axis = dim.asLong(0) - 1;
      if (axis < 0 || axis >= in.size() || by.contains(axis)) {
        throw settings.wrong("dims", dims, "each number from 1 to " + in.size() + " once");
      }
      by.add(axis);
      shape.add(in.get((int) axis));
    }
    if (by.size() != in.size()) {
      throw settings.wrong("dims", dims, "each number from 1 to " + in.size() + " once");
    }
    return made(inputs, shape, new Effect.Move(Effect.Way.PERMUTE, by));
  }

  static boolean first(Settings settings) {
    return settings.text("data_format", "channels_last").equals("channels_first");
  }
}
