package org.initlab.init.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.initlab.init.Activation;
import org.initlab.init.Branch;
import org.initlab.init.Calibrator;
import org.initlab.init.Initializer;
import org.initlab.init.Rates;
import org.initlab.init.Role;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.random.Key;
import org.initlab.init.scheme.TFixup;

/** What the table knows of a named scheme, in lines of a title and a text. */
final class SchemeDescription {

  private static final int BRANCHES = 16;
  private static final long WIDTH = 256;

  private SchemeDescription() {}

  /** The lines for the scheme that {@code text} names. */
  static List<Description.Line> of(RuleRow<Scheme> row, String text) {
    List<Description.Line> lines = new ArrayList<>();
    rule(row, lines);
    Scheme scheme = Named.scheme(text);
    List<Site> sites = example();
    if (scheme instanceof TFixup factors) {
      transformer(factors, lines);
      return lines;
    }
    lines.add(
        new Description.Line(
            "example",
            "relu, %d residual branches of two kernels and a gate, %d units:"
                .formatted(BRANCHES, WIDTH)));
    for (Site site : sites) {
      lines.add(new Description.Line(site.name(), line(scheme, site)));
    }
    return lines;
  }

  /** The factors of each part, and why no network here can be initialized by them. */
  private static void transformer(TFixup scheme, List<Description.Line> lines) {
    lines.add(
        new Description.Line(
            "example",
            "%d encoder and %d decoder layers, embeddings of %d features:"
                .formatted(scheme.encoder(), scheme.decoder(), WIDTH)));
    for (TFixup.Part part : TFixup.Part.values()) {
      Site site = Site.dense(WIDTH, WIDTH);
      lines.add(
          new Description.Line(
              part.title(),
              "%d to %d, weights' mean square %s; the weights' factor is %s"
                  .formatted(
                      WIDTH,
                      WIDTH,
                      number(square(scheme.initializer(part, WIDTH), site)),
                      number(scheme.factor(part)))));
    }
    scheme.objection(List.of()).ifPresent(why -> lines.add(new Description.Line("refused", why)));
  }

  /** The lines for the calibrator that {@code text} names. */
  static List<Description.Line> ofCalibrator(RuleRow<Calibrator> row, String text) {
    List<Description.Line> lines = new ArrayList<>();
    rule(row, lines);
    Named.calibrator(text);
    lines.add(new Description.Line("written", Named.canonicalCalibrator(text)));
    return lines;
  }

  private static void rule(RuleRow<?> row, List<Description.Line> lines) {
    lines.add(new Description.Line("formula", row.formula()));
    lines.add(new Description.Line("paper", row.paper()));
    if (!row.aliases().isEmpty()) {
      lines.add(new Description.Line("aliases", String.join(", ", row.aliases())));
    }
    Description.parameters(row.parameters(), lines);
  }

  private static String line(Scheme scheme, Site site) {
    String line =
        "%d to %d, weights' mean square %s (times fan_in %s), biases' %s"
            .formatted(
                site.shape().in(),
                site.shape().out(),
                number(square(scheme.at(site), site)),
                number(square(scheme.at(site), site) * site.shape().fans().in()),
                number(scheme.bias(site).map(b -> square(b, site.bias())).orElse(0.0)));
    if (scheme.scalesRates()) {
      Rates sgd = scheme.rates(site, Rates.Rule.PROPORTIONAL);
      Rates adam = scheme.rates(site, Rates.Rule.NORMALIZED);
      line +=
          "; learning rate of SGD x %s (bias x %s), of Adam x %s (x %s)"
              .formatted(
                  number(sgd.kernel()),
                  number(sgd.bias()),
                  number(adam.kernel()),
                  number(adam.bias()));
    }
    return site.branch().ends() && scheme.gate(site).isPresent()
        ? line + "; gate " + number(scheme.gate(site).getAsDouble())
        : line;
  }

  private static List<Site> example() {
    return List.of(
        new Site("input", WeightShape.dense(784, WIDTH), Role.INPUT, Activation.RELU, 1, 34),
        branch("branch/1", Activation.RELU, 1),
        branch("branch/2", Activation.IDENTITY, 2),
        new Site("output", WeightShape.dense(WIDTH, 10), Role.OUTPUT, Activation.IDENTITY, 34, 34));
  }

  private static Site branch(String name, Activation into, int position) {
    return new Site(
        name,
        WeightShape.dense(WIDTH, WIDTH),
        Role.HIDDEN,
        into,
        1 + position,
        2 + 2 * BRANCHES,
        new Branch(BRANCHES, 2, position, true));
  }

  private static double square(Initializer initializer, Site site) {
    double sum = 0;
    float[] draw = initializer.draw(site, Key.of(0).at(site.name())).values();
    for (float w : draw) {
      sum += (double) w * w / draw.length;
    }
    return sum;
  }

  private static String number(double x) {
    String text = String.format(Locale.ROOT, "%.3g", x);
    return text.indexOf('.') < 0 ? text : text.replaceAll("\\.?0+$", "");
  }
}
