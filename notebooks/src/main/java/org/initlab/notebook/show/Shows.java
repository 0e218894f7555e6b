package org.initlab.notebook.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Study;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.model.Verdict;
import org.initlab.init.theory.CriticalPoint;
import org.initlab.init.theory.Propagation;
import org.initlab.notebook.Shown;
import org.initlab.notebook.Table;
import org.initlab.notebook.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The table of what is shown how. A value of none of these types shows its own text. */
public final class Shows {

  /** Characters of a value's own text that are shown. */
  private static final int MOST = 10_000;

  /** A type and how its values are shown. */
  private record Row<T>(Class<T> type, Function<T, Shown> shows) {
    Shown of(Object value) {
      return shows.apply(type.cast(value));
    }
  }

  private static final List<Row<?>> ROWS =
      List.of(
          new Row<>(Shown.class, shown -> shown),
          new Row<>(Shown.Self.class, Shown.Self::shown),
          new Row<>(INDArray.class, Numbered::of),
          new Row<>(float[].class, Numbered::of),
          new Row<>(double[].class, Numbered::of),
          new Row<>(Weights.class, Shows::weights),
          new Row<>(Study.class, Shows::study),
          new Row<>(Propagation.class, Shows::propagation),
          new Row<>(CriticalPoint.class, Shows::critical),
          new Row<>(Verdict.class, Shows::verdict));

  private Shows() {}

  /** The types that are shown in a way of their own. */
  public static List<Class<?>> types() {
    List<Class<?>> types = new ArrayList<>();
    ROWS.forEach(row -> types.add(row.type()));
    return types;
  }

  /** What a cell shows of a value. */
  public static Shown of(Object value) {
    Optional<Row<?>> row = ROWS.stream().filter(r -> r.type().isInstance(value)).findFirst();
    return row.map(r -> r.of(value)).orElseGet(() -> Shown.plain(String.valueOf(value), MOST));
  }

  private static Shown weights(Weights weights) {
    long[] shape = weights.shape();
    Long[] kernel = new Long[shape.length - 2];
    Arrays.setAll(kernel, i -> shape[i]);
    WeightShape units =
        new WeightShape(shape[shape.length - 1], shape[shape.length - 2], List.of(kernel));
    return new Tensor("weights", units, weights).shown();
  }

  private static Shown study(Study study) {
    List<List<Object>> rows = new ArrayList<>();
    for (Axis axis : study.grid().axes()) {
      rows.add(List.of(axis.name(), axis.values().size(), String.join(", ", axis.values())));
    }
    String head =
        String.format(
            Locale.ROOT,
            "%s: %,d cells, %d repeats, %,d trials. %s",
            study.name(),
            study.grid().cells().size(),
            study.repeats(),
            study.trials().size(),
            study.question());
    String foot =
        "Measures %s after %s updates; %d claims, %d figures."
            .formatted(
                String.join(", ", study.measure().metrics()),
                study.measure().at(),
                study.claims().size(),
                study.figures().size());
    return around(head, new Table(List.of("axis", "values", ""), rows), foot);
  }

  private static Shown propagation(Propagation p) {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(row("phase", p.phase().title(), p.phase().says()));
    rows.add(row("q*", p.length().q(), p.length().kind().says()));
    rows.add(row("chi1", p.chi1(), "factor of squared gradients, a layer"));
    rows.add(row("c*", p.c(), "correlation that any two inputs come to"));
    rows.add(row("xi_q", p.scales().length(), "layers, for the length of a signal"));
    rows.add(row("xi_c", p.scales().correlation(), "layers, for what tells two inputs apart"));
    rows.add(row("xi_gradient", p.scales().gradient(), "layers, for squared gradients"));
    rows.add(row("trainable to", p.trainableDepth(), "layers: 6 xi_c, a rule of thumb"));
    String head =
        String.format(
            Locale.ROOT,
            "Wide %s networks at sigma_w %.4g, sigma_b %.4g",
            p.activation().title(),
            p.variances().sigmaW(),
            p.variances().sigmaB());
    return around(head, new Table(List.of("", "value", "is"), rows), "");
  }

  private static List<Object> row(String name, Object value, String says) {
    return List.of(name, value, says);
  }

  private static Shown critical(CriticalPoint point) {
    return Shown.plain(
        String.format(
            Locale.ROOT,
            "critical at sigma_w %.6g, sigma_b %.6g: q* = %.6g, %s",
            point.variances().sigmaW(),
            point.variances().sigmaB(),
            point.q(),
            point.stable() ? "stable" : "not stable"),
        MOST);
  }

  private static Shown verdict(Verdict verdict) {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(row("signal", verdict.signal(), "root mean square, last over first"));
    rows.add(row("gradient", verdict.gradient(), "root mean square, first over last"));
    String head = verdict.healthy() ? "HEALTHY" : "UNHEALTHY " + verdict.findings();
    return around(head, new Table(List.of("", "ratio", "is"), rows), "");
  }

  private static Shown around(String head, Table table, String foot) {
    Shown middle = table.all().shown();
    return Shown.of(
        "<p>" + Shown.escaped(head) + "</p>" + middle.html() + "<p>" + Shown.escaped(foot) + "</p>",
        (head + "\n" + middle.text() + "\n" + foot).strip());
  }
}
