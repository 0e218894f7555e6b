package org.initlab.init.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.Sizes;
import org.initlab.init.model.Window;

/** Shapes in Deeplearning4j, told with the channels last; -1 is a length that is open. */
final class Dl4jShapes {

  private static final Pattern SPATIAL =
      Pattern.compile(
          "(?:(Depthwise|Separable)?Convolution|Deconvolution|Subsampling|Upsampling|ZeroPadding|Cropping)([123])?D?(?:Layer)?");

  private Dl4jShapes() {}

  /** Dimensions of space of a layer that slides or pads, by its name. */
  static int dimensions(String type) {
    Matcher match = SPATIAL.matcher(type);
    return match.matches() && match.group(2) != null ? Integer.parseInt(match.group(2)) : 2;
  }

  /** What comes in, as its first taker tells it; empty if it tells nothing. */
  static List<Long> input(JsonNode layer, JsonNode preprocessor) {
    if (Node.type(preprocessor).equals("FeedForwardToCnnPreProcessor")) {
      return List.of(
          preprocessor.path("inputHeight").asLong(-1),
          preprocessor.path("inputWidth").asLong(-1),
          preprocessor.path("numChannels").asLong(-1));
    }
    long in = layer.path("nin").asLong(0);
    String type = Node.type(layer);
    if (in < 1) {
      return List.of();
    }
    int space =
        SPATIAL.matcher(type).matches()
            ? dimensions(type)
            : type.equals("LSTM") || type.equals("SimpleRnn") || type.startsWith("Rnn") ? 1 : 0;
    List<Long> shape = new ArrayList<>(Collections.nCopies(space, -1L));
    shape.add(type.startsWith("Embedding") ? 1 : in);
    return shape;
  }

  /** A shape of this many dimensions of space: open lengths where the input's does not fit. */
  static List<Long> space(List<Long> in, int dimensions) {
    return in.size() == dimensions + 1
        ? Sizes.space(in, false)
        : new ArrayList<>(Collections.nCopies(dimensions, -1L));
  }

  /** A window over {@code from}; the lengths of its output are added to {@code to}. */
  static Window slide(Node node, List<Long> from, List<Long> to) throws ModelFileException {
    int dimensions = from.size();
    List<Long> extents = node.counts("kernelSize", dimensions, 1);
    List<Long> strides = node.counts("stride", dimensions, 1, 1);
    List<Long> dilations = node.counts("dilation", dimensions, 1, 1);
    List<Long> given = node.counts("padding", dimensions, 0, 0);
    String mode = node.text("convolutionMode");
    List<Long> before = new ArrayList<>();
    for (int d = 0; d < dimensions; d++) {
      long n = from.get(d);
      long k = extents.get(d);
      long s = strides.get(d);
      long gap = dilations.get(d);
      boolean causal = mode.equals("Causal");
      if (mode.equals("Same") || causal) {
        to.add(Sizes.same(n, s));
        before.add(causal ? gap * (k - 1) : Sizes.beforeSame(n, k, s, gap));
      } else {
        to.add(Sizes.window(n, k, s, gap, 2 * given.get(d)));
        before.add(given.get(d));
      }
      if (n >= 0 && to.get(d) < 1) {
        throw node.amiss("a kernel of %s does not fit an input of %s.".formatted(extents, from));
      }
    }
    return new Window(extents, strides, dilations, before, false);
  }

  /** A deconvolution's window, which slides over what is made. */
  static Window unslide(Node node, List<Long> from, List<Long> to) throws ModelFileException {
    int dimensions = from.size();
    List<Long> extents = node.counts("kernelSize", dimensions, 1);
    List<Long> strides = node.counts("stride", dimensions, 1, 1);
    List<Long> dilations = node.counts("dilation", dimensions, 1, 1);
    List<Long> given = node.counts("padding", dimensions, 0, 0);
    boolean same = node.text("convolutionMode").equals("Same");
    List<Long> before = new ArrayList<>();
    for (int d = 0; d < dimensions; d++) {
      long n = from.get(d);
      long reach = dilations.get(d) * (extents.get(d) - 1) + 1;
      long s = strides.get(d);
      long made = same ? n * s : s * (n - 1) + reach - 2 * given.get(d);
      if (n >= 0 && made < 1) {
        throw node.amiss("a kernel of %s does not fit an input of %s.".formatted(extents, from));
      }
      to.add(n < 0 ? -1 : made);
      before.add(same ? Math.max(0, reach - s) / 2 : given.get(d));
    }
    return new Window(extents, strides, dilations, before, false);
  }
}
