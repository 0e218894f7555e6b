package org.initlab.notebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.initlab.init.Activation;
import org.initlab.init.theory.CorrelationMap;
import org.initlab.init.theory.CriticalLine;
import org.initlab.init.theory.CriticalPoint;
import org.initlab.init.theory.GaussianIntegral;
import org.initlab.init.theory.LengthMap;
import org.initlab.init.theory.PhaseDiagram;
import org.initlab.init.theory.Propagation;
import org.initlab.init.theory.Variances;

/**
 * What wide random networks of one activation do to signals and gradients. Both deviations are the
 * papers': sigma_w that of weights times sqrt(fan-in), sigma_b that of biases.
 *
 * @param activation the nonlinearity
 */
public record Theory(Activation activation) implements Shown.Self {

  /** Points each way in a phase diagram. */
  private static final int POINTS = 41;

  /** What becomes of signals at this point. */
  public Propagation at(double sigmaW, double sigmaB) {
    return Propagation.of(activation, Variances.ofDeviations(sigmaW, sigmaB));
  }

  /** The sigma_w of the edge of chaos at this sigma_b; nothing if it has none that is stable. */
  public Optional<Double> critical(double sigmaB) {
    return new CriticalLine(activation)
        .at(sigmaB * sigmaB).stream()
            .filter(CriticalPoint::stable)
            .map(point -> point.variances().sigmaW())
            .findFirst();
  }

  /** The mean square of pre-activations, layer by layer from {@code q}. */
  public double[] lengths(double sigmaW, double sigmaB, double q, int layers) {
    return new LengthMap(GaussianIntegral.of(activation), Variances.ofDeviations(sigmaW, sigmaB))
        .lengths(q, layers);
  }

  /**
   * The correlation of two inputs, layer by layer from {@code c}, at the length where signals
   * settle.
   */
  public double[] correlations(double sigmaW, double sigmaB, double c, int layers) {
    double q = at(sigmaW, sigmaB).length().q();
    return new CorrelationMap(
            GaussianIntegral.of(activation), Variances.ofDeviations(sigmaW, sigmaB), q)
        .correlations(c, layers);
  }

  /** The depth scale of correlations over both deviations, with the edge of chaos. */
  public Figure phaseDiagram() {
    PhaseDiagram diagram = PhaseDiagram.of(activation, POINTS);
    List<List<Object>> rows = new ArrayList<>();
    for (Propagation p : diagram.points()) {
      Double depth = p.scales().correlation();
      rows.add(
          Arrays.asList(
              rounded(p.variances().sigmaW()),
              rounded(p.variances().sigmaB()),
              p.phase().title(),
              depth.isNaN() ? null : Math.min(depth, 1000),
              p.chi1(),
              null,
              null));
    }
    for (CriticalPoint point : diagram.edge()) {
      rows.add(
          Arrays.asList(
              null,
              null,
              null,
              null,
              null,
              point.variances().sigmaW(),
              point.variances().sigmaB()));
    }
    double[] w =
        diagram.points().stream().mapToDouble(p -> p.variances().sigmaW()).distinct().toArray();
    double[] b =
        diagram.points().stream().mapToDouble(p -> p.variances().sigmaB()).distinct().toArray();
    String spec =
        SPEC.replace("STEP_W", Double.toString((w[1] - w[0]) / 2))
            .replace("STEP_B", Double.toString((b[1] - b[0]) / 2))
            .replace("MOST_W", Double.toString(rounded(w[w.length - 1])))
            .replace("MOST_B", Double.toString(rounded(b[b.length - 1])));
    return Figure.of(
        "Phase diagram of " + activation.title() + " networks",
        spec,
        new Table(
            List.of("sigma_w", "sigma_b", "phase", "depth", "chi1", "edge_w", "edge_b"), rows));
  }

  private static final String SPEC =
      """
      {"width": 420, "height": 300, "autosize": "pad",
       "layer": [
         {"transform": [
            {"filter": "isValid(datum.sigma_w)"},
            {"calculate": "datum.sigma_w - STEP_W", "as": "left"},
            {"calculate": "datum.sigma_w + STEP_W * 1.1", "as": "right"},
            {"calculate": "datum.sigma_b - STEP_B", "as": "below"},
            {"calculate": "datum.sigma_b + STEP_B * 1.2", "as": "above"}],
          "mark": {"type": "rect", "tooltip": true, "clip": true},
          "encoding": {
            "x": {"field": "left", "type": "quantitative", "title": "sigma_w: deviation of weights times sqrt(fan-in)",
              "scale": {"domain": [0, MOST_W], "nice": false}},
            "x2": {"field": "right"},
            "y": {"field": "below", "type": "quantitative", "title": "sigma_b: deviation of biases",
              "scale": {"domain": [0, MOST_B], "nice": false}},
            "y2": {"field": "above"},
            "color": {"field": "depth", "type": "quantitative", "title": ["depth scale", "(layers)"],
              "scale": {"type": "log", "domain": [1, 1000], "clamp": true}},
            "tooltip": [{"field": "sigma_w"}, {"field": "sigma_b"}, {"field": "phase"},
              {"field": "depth", "format": ".3~g"}, {"field": "chi1", "format": ".3~g"}]}},
         {"transform": [{"filter": "isValid(datum.edge_w) && datum.edge_w <= MOST_W"}],
          "mark": {"type": "line", "color": "#D55E00", "strokeWidth": 3, "strokeDash": [6, 3], "point": {"color": "#D55E00", "size": 12}},
          "encoding": {
            "x": {"field": "edge_w", "type": "quantitative"},
            "y": {"field": "edge_b", "type": "quantitative"},
            "order": {"field": "edge_b"}}}]}
      """;

  /** Without the last bits, which would read 0.30000000000000004. */
  private static double rounded(double value) {
    return Math.rint(value * 1e9) / 1e9;
  }

  @Override
  public Shown shown() {
    Optional<Double> edge = critical(0);
    String text =
        "Theory of wide %s networks; %s. Ask at(sigma_w, sigma_b), critical(sigma_b), lengths, correlations or phaseDiagram()."
            .formatted(
                activation.title(),
                edge.map(w -> "on the edge of chaos at sigma_w " + Numbers.brief(w) + ", sigma_b 0")
                    .orElse("no edge of chaos without biases"));
    return Shown.of("<p>" + Shown.escaped(text) + "</p>", text);
  }
}
