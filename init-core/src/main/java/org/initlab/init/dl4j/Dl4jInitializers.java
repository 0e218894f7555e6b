package org.initlab.init.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.initlab.init.Fans;
import org.initlab.init.Law;
import org.initlab.init.model.Origin;

/**
 * The table of Deeplearning4j's initializers, as version 1.0.0-M2.1 was measured to draw them: the
 * law of a weight for Deeplearning4j's own fans.
 */
final class Dl4jInitializers {

  /** What ND4J's truncated normal law has of the variance asked for, on a CPU. */
  private static final double LEFT = 0.757;

  private static final Law UNIFORM = new Law.Uniform();
  private static final Law NORMAL = new Law.Normal();
  private static final Law TRUNCATED = new Law.TruncatedNormal(2);

  private Dl4jInitializers() {}

  /** The class's last word: {@code LecunUniform}. */
  static String name(JsonNode initializer) {
    String type = initializer.path("@class").asText("");
    String last = type.substring(type.lastIndexOf('.') + 1).replaceFirst("^WeightInit", "");
    return last.equals("Distribution") ? distribution(initializer) : last;
  }

  private static String distribution(JsonNode initializer) {
    JsonNode law = initializer.path("distribution");
    String type = law.path("type").asText(law.path("@class").asText(""));
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** Where weights come from; nothing if the initializer is not one of Deeplearning4j's own. */
  static Optional<Origin> origin(JsonNode initializer, Fans fans) {
    double in = fans.in();
    double out = fans.out();
    double scale = initializer.path("scale").asDouble(1);
    JsonNode law = initializer.path("distribution");
    double mean = law.path("mean").asDouble(0);
    double deviation = law.path("std").asDouble(1);
    double longer = Math.max(in, out);
    Origin origin =
        switch (name(initializer)) {
          case "Xavier" -> Origin.of(2 / (in + out), NORMAL);
          case "XavierUniform" -> Origin.of(2 / (in + out), UNIFORM);
          case "XavierLegacy" -> Origin.of(1 / (in + out), NORMAL);
          case "Relu" -> Origin.of(2 / in, NORMAL);
          case "ReluUniform" -> Origin.of(2 / in, UNIFORM);
          case "LecunNormal", "Normal" -> Origin.of(1 / in, NORMAL);
          case "LecunUniform" -> Origin.of(3 / in, UNIFORM);
          case "Uniform" -> Origin.of(1 / (3 * in), UNIFORM);
          case "SigmoidUniform" -> Origin.of(32 / (in + out), UNIFORM);
          case "VarScalingNormalFanIn" -> Origin.of(LEFT * scale / in, TRUNCATED);
          case "VarScalingNormalFanOut" -> Origin.of(LEFT * scale / out, TRUNCATED);
          case "VarScalingNormalFanAvg" -> Origin.of(LEFT * scale * 2 / (in + out), TRUNCATED);
          case "VarScalingUniformFanIn" -> Origin.of(3 * scale * scale / in, UNIFORM);
          case "VarScalingUniformFanOut" -> Origin.of(3 * scale * scale / out, UNIFORM);
          case "VarScalingUniformFanAvg" -> Origin.of(3 * scale * scale * 2 / (in + out), UNIFORM);
          case "Identity" -> Origin.identity(1, longer);
          case "Constant" -> Origin.constant(initializer.path("val").asDouble(0));
          case "NormalDistribution", "GaussianDistribution" ->
              Origin.around(mean, deviation * deviation, NORMAL);
          case "TruncatedNormalDistribution" ->
              Origin.around(mean, LEFT * deviation * deviation, TRUNCATED);
          case "UniformDistribution" -> {
            double low = law.path("lower").asDouble(0);
            double high = law.path("upper").asDouble(1);
            yield Origin.around((low + high) / 2, Math.pow(high - low, 2) / 12, UNIFORM);
          }
          case "OrthogonalDistribution" -> Origin.orthogonal(law.path("gain").asDouble(1), longer);
          default -> null;
        };
    return Optional.ofNullable(origin);
  }
}
