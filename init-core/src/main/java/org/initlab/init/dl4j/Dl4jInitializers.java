package org.initlab.init.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;
import org.initlab.init.Fans;

/**
 * The table of Deeplearning4j's initializers, as version 1.0.0-M2.1 was measured to draw them: the
 * mean square of a weight for Deeplearning4j's own fans.
 */
final class Dl4jInitializers {

  /** What ND4J's truncated normal law has of the variance asked for, on a CPU. */
  private static final double TRUNCATED = 0.757;

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

  /** The mean square; nothing if the initializer is not one of Deeplearning4j's own. */
  static OptionalDouble square(JsonNode initializer, Fans fans) {
    double in = fans.in();
    double out = fans.out();
    double scale = initializer.path("scale").asDouble(1);
    JsonNode law = initializer.path("distribution");
    double mean = law.path("mean").asDouble(0);
    return switch (name(initializer)) {
      case "Xavier", "XavierUniform" -> of(2 / (in + out));
      case "XavierLegacy" -> of(1 / (in + out));
      case "Relu", "ReluUniform" -> of(2 / in);
      case "LecunNormal", "Normal" -> of(1 / in);
      case "LecunUniform" -> of(3 / in);
      case "Uniform" -> of(1 / (3 * in));
      case "SigmoidUniform" -> of(32 / (in + out));
      case "VarScalingNormalFanIn" -> of(TRUNCATED * scale / in);
      case "VarScalingNormalFanOut" -> of(TRUNCATED * scale / out);
      case "VarScalingNormalFanAvg" -> of(TRUNCATED * scale * 2 / (in + out));
      case "VarScalingUniformFanIn" -> of(3 * scale * scale / in);
      case "VarScalingUniformFanOut" -> of(3 * scale * scale / out);
      case "VarScalingUniformFanAvg" -> of(3 * scale * scale * 2 / (in + out));
      case "Identity" -> of(1 / Math.max(in, out));
      case "Constant" -> of(Math.pow(initializer.path("val").asDouble(0), 2));
      case "NormalDistribution", "GaussianDistribution" ->
          of(Math.pow(law.path("std").asDouble(1), 2) + mean * mean);
      case "TruncatedNormalDistribution" ->
          of(TRUNCATED * Math.pow(law.path("std").asDouble(1), 2) + mean * mean);
      case "UniformDistribution" -> {
        double low = law.path("lower").asDouble(0);
        double high = law.path("upper").asDouble(1);
        yield of((low * low + low * high + high * high) / 3);
      }
      case "OrthogonalDistribution" ->
          of(Math.pow(law.path("gain").asDouble(1), 2) / Math.max(in, out));
      default -> OptionalDouble.empty();
    };
  }

  private static OptionalDouble of(double square) {
    return OptionalDouble.of(square);
  }
}
