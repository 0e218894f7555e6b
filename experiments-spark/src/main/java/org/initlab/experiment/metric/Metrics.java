package org.initlab.experiment.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Metric;
import org.initlab.init.named.Nearest;

/** The table of metrics. A trial gets its own objects, so that a metric may remember its trial. */
public enum Metrics {
  LOSS(measure -> new LossMetric()),
  ERROR(measure -> new ErrorMetric()),
  ACTIVATION_MOMENTS(measure -> new ActivationMoments()),
  GRADIENT_MOMENTS(measure -> new GradientMoments()),
  SATURATION(measure -> new Saturation()),
  ACTIVATION_HISTOGRAM(measure -> new ActivationHistogram()),
  JACOBIAN_SINGULAR_VALUES(measure -> new JacobianSingularValues()),
  STEPS_TO_TARGET(measure -> new StepsToTarget(measure.targets()));

  private final Function<Measure, Metric> maker;

  Metrics(Function<Measure, Metric> maker) {
    this.maker = maker;
  }

  /** The name in studies. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The metric for one trial. */
  public Metric create(Measure measure) {
    return maker.apply(measure);
  }

  /** All names, in the order of the table. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Metrics::title).toList();
  }

  /** The metrics that a measure names, for one trial. */
  public static List<Metric> of(Measure measure) {
    return measure.metrics().stream().map(name -> named(name).create(measure)).toList();
  }

  /** The row of this name. */
  public static Metrics named(String name) {
    return Arrays.stream(values())
        .filter(m -> m.title().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no metric " + name + "." + Nearest.maybe(name, names())));
  }
}
