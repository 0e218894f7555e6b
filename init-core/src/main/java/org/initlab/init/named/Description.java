package org.initlab.init.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.initlab.init.Activation;
import org.initlab.init.Fans;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Layout;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.draw.ActivationGain;
import org.initlab.init.draw.FanRule;
import org.initlab.init.draw.FixedScale;
import org.initlab.init.draw.Renumbered;
import org.initlab.init.draw.Replica;
import org.initlab.init.draw.VarianceScaling;
import org.initlab.init.random.Key;

/** What the table knows of a named initializer, in lines of a title and a text. */
public final class Description {

  private static final List<WeightShape> EXAMPLES =
      List.of(WeightShape.dense(100, 50), WeightShape.convolution(3, 32, 3L, 3L));

  private static final List<WeightShape> SPECIAL =
      List.of(WeightShape.dense(50, 50), WeightShape.dense(100, 50));

  private Description() {}

  /**
   * A line: what it says something of, and what it says.
   *
   * @param title formula, paper, aliases, ...
   * @param text one sentence or list
   */
  public record Line(String title, String text) {}

  /**
   * The lines for the initializer, scheme or calibrator that {@code text} names; other texts are
   * refused.
   */
  public static List<Line> of(String text) {
    return Named.schemeRow(text)
        .map(row -> SchemeDescription.of(row, text))
        .or(() -> Named.calibratorRow(text).map(row -> SchemeDescription.ofCalibrator(row, text)))
        .orElseGet(() -> initializer(text));
  }

  private static List<Line> initializer(String text) {
    Row row = Named.described(text);
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("formula", row.formula()));
    lines.add(new Line("paper", row.paper()));
    if (!row.aliases().isEmpty()) {
      lines.add(new Line("aliases", String.join(", ", row.aliases())));
    }
    parameters(row.parameters(), lines);
    boolean ours = row.layout() == Layout.KERNEL_IN_OUT;
    lines.add(
        new Line(
            "takes",
            row.shapes().says()
                + ", written as "
                + (ours ? "in,out or kernel...,in,out" : "out,in or out,in,kernel...")));
    gains(row, text, lines);
    variances(row, text, lines);
    row.disagreements().forEach(other -> lines.add(new Line("elsewhere", other)));
    Elsewhere.of(row).forEach(other -> lines.add(new Line("measured", other)));
    if (initializer(row, text) instanceof VarianceScaling rule) {
      FanDisputes.of(rule).forEach(dispute -> lines.add(new Line("disputed", dispute)));
    }
    return lines;
  }

  static void parameters(List<Parameter> parameters, List<Line> lines) {
    for (Parameter parameter : parameters) {
      String fallback = parameter.fallback().map(f -> "; " + f + " if left out").orElse("");
      lines.add(new Line("parameter", parameter.name() + ": " + parameter.allowed() + fallback));
    }
  }

  /** What the text makes; nothing if it lacks a parameter that has no default. */
  private static Initializer initializer(Row row, String text) {
    boolean bare = text.indexOf('(') < 0;
    if (bare && row.parameters().stream().anyMatch(p -> p.fallback().isEmpty())) {
      return null;
    }
    Initializer initializer = Named.initializer(text);
    while (initializer instanceof Renumbered renumbered) {
      initializer = renumbered.rule();
    }
    return initializer;
  }

  private static void variances(Row row, String text, List<Line> lines) {
    Initializer initializer = initializer(row, text);
    if (initializer == null) {
      return;
    }
    if (dividesByAFan(initializer)) {
      lines.add(
          new Line(
              "fans",
              "fan_in = in x kernel positions, fan_out = out x kernel positions; no stride"));
    }
    Law law = law(initializer);
    if (law != null) {
      lines.add(
          new Line(
              "law",
              "%s: kurtosis %.3f, %s"
                  .formatted(
                      law.name().replace('_', ' '),
                      law.kurtosis(),
                      Double.isInfinite(law.bound())
                          ? "unbounded"
                          : "largest " + number(law.bound()) + " deviations")));
    }
    List<WeightShape> examples =
        EXAMPLES.stream().filter(s -> row.shapes().allows(Site.of(s))).toList();
    if (examples.isEmpty()) {
      examples = SPECIAL.stream().filter(s -> row.shapes().allows(Site.of(s))).toList();
    }
    for (WeightShape shape : examples) {
      lines.add(variance(initializer, shape));
    }
  }

  private static boolean dividesByAFan(Initializer initializer) {
    return initializer instanceof FanRule
        || initializer instanceof Replica replica && replica.recipe() instanceof FanRule;
  }

  /** The law of independent weights; nothing for others. */
  private static Law law(Initializer initializer) {
    if (initializer instanceof VarianceScaling scaling) {
      return scaling.law();
    }
    return initializer instanceof FixedScale fixed ? fixed.law() : null;
  }

  /** By what a deviation is multiplied for each activation, and who says so. */
  private static void gains(Row row, String text, List<Line> lines) {
    if (!(initializer(row, text) instanceof VarianceScaling scaling
        && scaling.gain() instanceof ActivationGain)) {
      return;
    }
    for (Activation activation : Activation.values()) {
      List<String> factors = new ArrayList<>();
      for (ActivationGain gain :
          List.of(ActivationGain.DERIVED, ActivationGain.TEXTBOOK, ActivationGain.PYTORCH)) {
        if (gain.knows(activation)) {
          double factor = Math.sqrt(gain.variance(activation));
          String own = gain.isALibrarysOwn(activation) ? " (PyTorch's own)" : "";
          factors.add(gain.title() + " " + number(factor) + own);
        }
      }
      lines.add(new Line("gain", activation.title() + ": " + String.join(", ", factors)));
    }
  }

  /** The variance that theory knows, or what one draw shows. */
  private static Line variance(Initializer initializer, WeightShape shape) {
    Fans fans = shape.fans();
    String where =
        " for %s %d to %d (fan_in %s, fan_out %s)"
            .formatted(
                shape.kernel().isEmpty()
                    ? "a dense layer"
                    : "a convolution "
                        + shape.kernel().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining("x")),
                shape.in(),
                shape.out(),
                number(fans.in()),
                number(fans.out()));
    Site site = Site.of(shape);
    return initializer
        .ensemble(site)
        .map(ensemble -> new Line("variance", number(ensemble.variance()) + where))
        .orElseGet(() -> new Line("one draw", drawn(initializer, site) + where));
  }

  private static String drawn(Initializer initializer, Site site) {
    double mean = 0;
    double square = 0;
    float[] draw = initializer.draw(site, Key.of(0)).values();
    for (float w : draw) {
      mean += w;
      square += (double) w * w;
    }
    mean /= draw.length;
    square /= draw.length;
    double variance = square - mean * mean;
    return "mean %s, mean square %s, so variance %s,"
        .formatted(number(mean), number(square), number(variance < 1e-12 * square ? 0 : variance));
  }

  private static String number(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e9
        ? Long.toString((long) x)
        : String.format(Locale.ROOT, "%.6g", x);
  }
}
