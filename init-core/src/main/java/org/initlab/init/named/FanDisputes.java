package org.initlab.init.named;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.initlab.init.Activation;
import org.initlab.init.draw.VarianceScaling;
import org.initlab.init.layer.Convention;
import org.initlab.init.layer.Kernel;
import org.initlab.init.layer.Layer;

/** The variances that one rule gets in layers whose fans the frameworks count differently. */
final class FanDisputes {

  private static final Layer IMAGE = Layer.convolution(64, 128, 3L, 3L);

  /**
   * A layer that is counted in several ways.
   *
   * @param says the layer in words
   * @param kernel which of its kernels
   * @param layer its sizes
   */
  private record Example(String says, Kernel kernel, Layer layer) {}

  private static final List<Example> EXAMPLES =
      List.of(
          new Example("convolution 3x3, 64 to 128, stride 2", Kernel.CONVOLUTION, IMAGE.stride(2)),
          new Example(
              "convolution 3, 64 to 128", Kernel.CONVOLUTION, Layer.convolution(64, 128, 3L)),
          new Example(
              "convolution 3x3, 64 to 128, 4 groups", Kernel.GROUPED_CONVOLUTION, IMAGE.groups(4)),
          new Example("depthwise 3x3, 64 to 128", Kernel.DEPTHWISE_CONVOLUTION, IMAGE.groups(64)),
          new Example(
              "pointwise of a separable, 64 to 128",
              Kernel.SEPARABLE_POINTWISE,
              Layer.flat(64, 128)),
          new Example(
              "transposed convolution 3x3, 64 to 128", Kernel.TRANSPOSED_CONVOLUTION, IMAGE),
          new Example("embedding, 1000 to 64", Kernel.EMBEDDING, Layer.flat(1000, 64)),
          new Example("LSTM, 64 to 128", Kernel.LSTM, Layer.flat(64, 128)),
          new Example("LSTM recurrent, 64 to 128", Kernel.LSTM_RECURRENT, Layer.flat(64, 128)),
          new Example("GRU, 64 to 128", Kernel.GRU, Layer.flat(64, 128)),
          new Example("attention query, 64 to 64", Kernel.ATTENTION_QUERY, Layer.flat(64, 64)));

  private FanDisputes() {}

  /** A line for each layer in which the rule's variance depends on who counts. */
  static List<String> of(VarianceScaling rule) {
    List<String> lines = new ArrayList<>();
    for (Example example : EXAMPLES) {
      Map<String, List<String>> sides = new LinkedHashMap<>();
      for (Convention convention : Convention.values()) {
        example
            .kernel()
            .fans(example.layer(), convention)
            .map(f -> rule.gain().variance(Activation.IDENTITY) / rule.fan().of(f))
            .ifPresent(
                variance ->
                    sides
                        .computeIfAbsent(
                            String.format(Locale.ROOT, "%.4g", variance), v -> new ArrayList<>())
                        .add(convention.title()));
      }
      if (sides.size() > 1) {
        lines.add(
            example.says()
                + ": "
                + sides.entrySet().stream()
                    .map(e -> e.getKey() + " " + String.join(", ", e.getValue()))
                    .collect(Collectors.joining("; ")));
      }
    }
    return lines;
  }
}
