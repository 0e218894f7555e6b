package org.initlab.init.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.initlab.init.WeightShape;
import org.initlab.init.layer.Kernel;
import org.initlab.init.layer.Layer;
import org.initlab.init.model.Connection;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.model.Sizes;
import org.initlab.init.model.Window;

/** Convolutions in one to three dimensions: plain, grouped, depthwise, separable, transposed. */
final class Convolutions {

  private static final Pattern NAMES =
      Pattern.compile("(?:Convolution|(Depthwise|Separable)?Conv)([123])D(Transpose)?");

  private final Weights weights;
  private final Settings settings;
  private final List<Long> in;
  private final String kind;
  private final boolean transposed;
  private final boolean first;
  private final int dimensions;

  Convolutions(Weights weights, String type, Settings settings, List<Long> in)
      throws ModelFileException {
    Matcher match = NAMES.matcher(type);
    if (!match.matches()) {
      throw new IllegalStateException(type);
    }
    this.weights = weights;
    this.settings = settings;
    this.in = in;
    this.kind = match.group(1) == null ? "" : match.group(1);
    this.transposed = match.group(3) != null;
    this.dimensions = Integer.parseInt(match.group(2));
    this.first = Reshaping.first(settings);
    if (in.size() != dimensions + 1) {
      throw settings.amiss(
          "a %s takes %d lengths without the batch, and its input has %s."
              .formatted(type, dimensions + 1, in));
    }
  }

  static boolean knows(String type) {
    return NAMES.matcher(type).matches();
  }

  ModelLayer layer() throws ModelFileException {
    long channels = weights.channels(first);
    long multiplier = settings.count("depth_multiplier", 1);
    long out = kind.equals("Depthwise") ? channels * multiplier : settings.count("filters");
    boolean biased = settings.flag("use_bias", true);
    List<Long> from = Sizes.space(in, first);
    List<Long> space = new ArrayList<>();
    Window window = transposed ? backwards(from, space) : forwards(from, space);
    List<Drawn> kernels = new ArrayList<>();
    if (transposed) {
      kernels.add(transposed(window, from, space, channels, out));
    } else if (kind.isEmpty()) {
      kernels.add(plain(window, from, space, channels, out));
    } else {
      kernels.add(depthwise(window, from, space, channels, multiplier));
    }
    if (kind.equals("Separable")) {
      kernels.add(pointwise(channels * multiplier, out));
    }
    long parameters = biased ? out : 0;
    for (Drawn kernel : kernels) {
      parameters = Math.addExact(parameters, kernel.stored().size());
    }
    return weights.weighted(Sizes.shape(space, out, first), parameters, kernels, biased, out);
  }

  private Window forwards(List<Long> from, List<Long> space) throws ModelFileException {
    List<Long> extents = settings.counts("kernel_size", dimensions, 1);
    List<Long> strides = settings.counts("strides", dimensions, 1);
    List<Long> dilations = settings.counts("dilation_rate", dimensions, 1);
    return Reshaping.slide(settings, from, extents, strides, dilations, first, space);
  }

  /** The window slides over what is made; a gap behind the stride's multiples is left out. */
  private Window backwards(List<Long> from, List<Long> space) throws ModelFileException {
    List<Long> extents = settings.counts("kernel_size", dimensions, 1);
    List<Long> strides = settings.counts("strides", dimensions, 1);
    List<Long> dilations = settings.counts("dilation_rate", dimensions, 1);
    boolean valid = settings.text("padding", "valid").equals("valid");
    List<Long> before = new ArrayList<>();
    for (int d = 0; d < dimensions; d++) {
      long reach = dilations.get(d) * (extents.get(d) - 1) + 1;
      long n = from.get(d);
      long over = Math.max(reach - strides.get(d), 0);
      long made = Math.addExact(Math.multiplyExact(n, strides.get(d)), valid ? over : 0);
      space.add(n < 0 ? -1 : made);
      before.add(valid ? 0 : over / 2);
    }
    return new Window(extents, strides, dilations, before, first);
  }

  private Drawn plain(Window window, List<Long> from, List<Long> to, long channels, long out)
      throws ModelFileException {
    long groups = settings.count("groups", 1);
    Layer layer = new Layer(channels, out, window.extent(), window.stride(), groups);
    return weights.drawn(
        "kernel",
        groups > 1 ? Kernel.GROUPED_CONVOLUTION : Kernel.CONVOLUTION,
        layer,
        window.size() * channels / groups * window.inside(from, to),
        new Connection.Convolution(window, groups),
        new WeightShape(out, channels / groups, window.extent()),
        "glorot_uniform");
  }

  private Drawn transposed(Window window, List<Long> from, List<Long> to, long channels, long out)
      throws ModelFileException {
    Layer layer = new Layer(channels, out, window.extent(), window.stride(), 1);
    double places = Sizes.product(from) > 0 ? (double) Sizes.product(from) / Sizes.product(to) : 0;
    double step = Sizes.product(window.stride());
    double each = places > 0 ? places * window.inside(to, from) : 1 / step;
    return weights.drawn(
        "kernel",
        Kernel.TRANSPOSED_CONVOLUTION,
        layer,
        window.size() * channels * each,
        new Connection.Transposed(window),
        new WeightShape(channels, out, window.extent()),
        "glorot_uniform");
  }

  private Drawn depthwise(
      Window window, List<Long> from, List<Long> to, long channels, long multiplier)
      throws ModelFileException {
    Layer layer =
        new Layer(
            channels,
            Math.multiplyExact(channels, multiplier),
            window.extent(),
            window.stride(),
            channels);
    return weights.drawn(
        "depthwise_kernel",
        Kernel.DEPTHWISE_CONVOLUTION,
        layer,
        window.size() * window.inside(from, to),
        new Connection.Depthwise(window),
        new WeightShape(multiplier, channels, window.extent()),
        "glorot_uniform");
  }

  private Drawn pointwise(long middle, long out) throws ModelFileException {
    return weights.drawn(
        "pointwise_kernel",
        Kernel.SEPARABLE_POINTWISE,
        Layer.flat(middle, out),
        middle,
        new Connection.Dense(),
        WeightShape.dense(middle, out),
        "glorot_uniform");
  }
}
