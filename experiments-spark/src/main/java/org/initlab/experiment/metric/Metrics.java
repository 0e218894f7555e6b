package org.initlab.experiment.metric;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Need;
import org.initlab.init.named.Nearest;

/** The table of metrics. A trial gets its own objects, so that a metric may remember its trial. */
public enum Metrics {
  LOSS(measure -> new LossMetric()),
  ERROR(measure -> new ErrorMetric()),
  VALIDATION_LOSS(measure -> new ValidationLoss()),
  VALIDATION_ERROR(measure -> new ValidationError()),
  ACTIVATION_MOMENTS(measure -> new ActivationMoments()),
  GRADIENT_MOMENTS(measure -> new GradientMoments()),
  SATURATION(measure -> new Saturation()),
  ACTIVATION_HISTOGRAM(measure -> new ActivationHistogram()),
  JACOBIAN_SINGULAR_VALUES(measure -> new JacobianSingularValues()),
  LENGTH(measure -> new Length()),
  CORRELATION(measure -> new Correlation()),
  CHI1(measure -> new GradientFactor()),
  JACOBIAN_SPECTRUM(measure -> new JacobianSpectrumMetric()),
  PRODUCT_SPECTRUM(measure -> new ProductSpectrumMetric()),
  EFFECTIVE_RANK(measure -> new EffectiveRank()),
  DEAD_UNITS(measure -> new DeadUnits()),
  GRADIENT_QUOTIENT(measure -> new GradientQuotientMetric()),
  WEIGHT_NORM(measure -> new WeightNorm()),
  MODE_STRENGTH(measure -> new ModeStrength()),
  COORDINATE_CHECK(measure -> new CoordinateCheck()),
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

  /** What the metrics of a measure need; those of which the table does not know, all they can. */
  public static Set<Need> needs(Measure measure) {
    Set<Need> needs = EnumSet.noneOf(Need.class);
    for (String name : measure.metrics()) {
      needs.addAll(
          names().contains(name) ? named(name).create(measure).needs() : EnumSet.allOf(Need.class));
    }
    return needs;
  }

  /** All names, in the order of the table. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Metrics::title).toList();
  }

  /** The metrics that a measure names, for one trial, and what theory says of them. */
  public static List<Metric> of(Measure measure) {
    return of(measure, new Theory());
  }

  /** The same for one of several trials that share what theory works out. */
  public static List<Metric> of(Measure measure, Theory theory) {
    return Stream.concat(
            measure.metrics().stream().map(name -> named(name).create(measure)),
            Stream.of(new Predictions(Set.copyOf(measure.metrics()), theory)))
        .toList();
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
