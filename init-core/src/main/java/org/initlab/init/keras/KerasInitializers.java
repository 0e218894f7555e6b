package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import org.initlab.init.Fan;
import org.initlab.init.Fans;
import org.initlab.init.Law;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.Origin;

/** The table of Keras's initializers: from its JSON to the law of a weight. */
final class KerasInitializers {

  /** What two deviations leave of a normal law's variance. */
  private static final double CUT = Math.pow(new Law.TruncatedNormal(2).parentDeviation(), 2);

  private static final Law UNIFORM = new Law.Uniform();
  private static final Law NORMAL = new Law.Normal();
  private static final Law TRUNCATED = new Law.TruncatedNormal(2);

  private KerasInitializers() {}

  /** The name in the file; the default's where none is given. */
  static String name(JsonNode initializer, String otherwise) {
    if (initializer.isTextual()) {
      return initializer.asText();
    }
    return initializer.path("class_name").asText(otherwise);
  }

  /**
   * Where weights come from; nothing if the initializer is not Keras's own.
   *
   * @param fans as Keras counts them
   * @param rows of the kernel written as a matrix, for orthogonal ones
   * @param columns of it
   */
  static Optional<Origin> origin(
      Settings settings,
      JsonNode initializer,
      String otherwise,
      Fans fans,
      double rows,
      double columns)
      throws ModelFileException {
    Settings config = settings.inside(initializer.path("config"));
    double longer = Math.max(rows, columns);
    Origin origin =
        switch (name(initializer, otherwise).toLowerCase(Locale.ROOT).replace("_", "")) {
          case "glorotuniform", "xavieruniform" -> Origin.of(1 / Fan.MEAN.of(fans), UNIFORM);
          case "glorotnormal", "xaviernormal" -> Origin.of(1 / Fan.MEAN.of(fans), TRUNCATED);
          case "heuniform" -> Origin.of(2 / fans.in(), UNIFORM);
          case "henormal" -> Origin.of(2 / fans.in(), TRUNCATED);
          case "lecununiform" -> Origin.of(1 / fans.in(), UNIFORM);
          case "lecunnormal" -> Origin.of(1 / fans.in(), TRUNCATED);
          case "variancescaling" ->
              Origin.of(config.atLeastZero("scale", 1) / mode(config).of(fans), law(config));
          case "randomnormal", "normal" ->
              Origin.around(config.number("mean", 0), square(config), NORMAL);
          case "truncatednormal" ->
              Origin.around(config.number("mean", 0), CUT * square(config), TRUNCATED);
          case "randomuniform", "uniform" -> {
            double low = config.number("minval", -0.05);
            double high = config.number("maxval", 0.05);
            yield Origin.around((low + high) / 2, Math.pow(high - low, 2) / 12, UNIFORM);
          }
          case "zeros", "zero" -> Origin.constant(0);
          case "ones", "one" -> Origin.constant(1);
          case "constant" -> Origin.constant(config.number("value", 0));
          case "orthogonal", "orthogonalinitializer" ->
              Origin.orthogonal(config.atLeastZero("gain", 1), longer);
          case "identity", "identityinitializer" ->
              Origin.identity(config.number("gain", 1), longer);
          default -> null;
        };
    return Optional.ofNullable(origin);
  }

  private static double square(Settings config) throws ModelFileException {
    return Math.pow(config.atLeastZero("stddev", 0.05), 2);
  }

  private static Law law(Settings config) {
    return switch (config.text("distribution", "truncated_normal")) {
      case "uniform" -> UNIFORM;
      case "untruncated_normal" -> NORMAL;
      default -> TRUNCATED;
    };
  }

  private static Fan mode(Settings config) {
    return switch (config.text("mode", "fan_in")) {
      case "fan_out" -> Fan.OUT;
      case "fan_avg" -> Fan.MEAN;
      default -> Fan.IN;
    };
  }
}
