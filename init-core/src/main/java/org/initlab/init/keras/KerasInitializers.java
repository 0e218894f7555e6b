package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.OptionalDouble;
import org.initlab.init.Fan;
import org.initlab.init.Fans;
import org.initlab.init.Law;

/** The table of Keras's initializers: from its JSON to the mean square of a weight. */
final class KerasInitializers {

  /** What two deviations leave of a normal law's variance. */
  private static final double CUT = Math.pow(new Law.TruncatedNormal(2).parentDeviation(), 2);

  private KerasInitializers() {}

  /** The name in the file; the default's where none is given. */
  static String name(JsonNode initializer, String otherwise) {
    if (initializer.isTextual()) {
      return initializer.asText();
    }
    return initializer.path("class_name").asText(otherwise);
  }

  /**
   * The mean square of a weight; nothing if the initializer is not Keras's own.
   *
   * @param fans as Keras counts them
   * @param rows of the kernel written as a matrix, for orthogonal ones
   * @param columns of it
   */
  static OptionalDouble square(
      JsonNode initializer, String otherwise, Fans fans, double rows, double columns) {
    JsonNode config = initializer.path("config");
    return switch (name(initializer, otherwise).toLowerCase(Locale.ROOT).replace("_", "")) {
      case "glorotuniform", "xavieruniform", "glorotnormal", "xaviernormal" ->
          scaled(1, Fan.MEAN, fans);
      case "heuniform", "henormal" -> scaled(2, Fan.IN, fans);
      case "lecununiform", "lecunnormal" -> scaled(1, Fan.IN, fans);
      case "variancescaling" -> scaled(config.path("scale").asDouble(1), mode(config), fans);
      case "randomnormal", "normal" -> of(moment(config, "stddev", 0.05, 1));
      case "truncatednormal" -> of(moment(config, "stddev", 0.05, CUT));
      case "randomuniform", "uniform" -> {
        double low = config.path("minval").asDouble(-0.05);
        double high = config.path("maxval").asDouble(0.05);
        yield of((low * low + low * high + high * high) / 3);
      }
      case "zeros", "zero" -> of(0);
      case "ones", "one" -> of(1);
      case "constant" -> of(Math.pow(config.path("value").asDouble(0), 2));
      case "orthogonal", "orthogonalinitializer", "identity", "identityinitializer" ->
          of(Math.pow(config.path("gain").asDouble(1), 2) / Math.max(rows, columns));
      default -> OptionalDouble.empty();
    };
  }

  private static double moment(JsonNode config, String deviation, double otherwise, double left) {
    double mean = config.path("mean").asDouble(0);
    return Math.pow(config.path(deviation).asDouble(otherwise), 2) * left + mean * mean;
  }

  private static Fan mode(JsonNode config) {
    return switch (config.path("mode").asText("fan_in")) {
      case "fan_out" -> Fan.OUT;
      case "fan_avg" -> Fan.MEAN;
      default -> Fan.IN;
    };
  }

  private static OptionalDouble scaled(double scale, Fan fan, Fans fans) {
    return of(scale / fan.of(fans));
  }

  private static OptionalDouble of(double square) {
    return OptionalDouble.of(square);
  }
}
