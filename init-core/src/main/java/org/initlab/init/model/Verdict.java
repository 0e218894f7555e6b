package org.initlab.init.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.initlab.init.Activation;

/**
 * Whether a model's initialization lets it train, and what is amiss.
 *
 * <p>Looked at is the stretch from the first layer with a kernel to the last but one: the output
 * layer is as large as the task has it. Ratios are of root mean squares. A ratio within {@value
 * #TOLERATED} and its inverse is healthy: optimizers and the tuning of one learning rate bridge it.
 * Where kernels are normalized a gradient may grow by {@value #TOLERATED_NORMALIZED}.
 *
 * @param findings what is amiss; empty in a healthy model
 * @param places the layer from which on each finding is so, seen from where the signal or gradient
 *     comes
 * @param layers layers with kernels in the stretch
 * @param first the first layer's name; empty if there are fewer than two
 * @param last the last one's
 * @param signal by what the signal grows from the first to the last
 * @param gradient by what the gradient grows on the way back
 */
public record Verdict(
    List<Finding> findings,
    List<String> places,
    int layers,
    String first,
    String last,
    double signal,
    double gradient) {

  /** By what a signal or a gradient may grow or shrink over a model. */
  public static final double TOLERATED = 10;

  /**
   * By what a gradient may grow where every kernel is followed by a normalization: gradients grow
   * with depth before training, keep a far smaller range after one step, and without shortcuts stop
   * training at large depths (Yang et al. 2019, abstract). The number is ours.
   */
  public static final double TOLERATED_NORMALIZED = 10_000;

  /** Saturated units that are too many. */
  private static final double SATURATED = 0.5;

  private static final Set<Activation> BOUNDED =
      EnumSet.of(
          Activation.TANH,
          Activation.SIGMOID,
          Activation.SOFTSIGN,
          Activation.HARD_TANH,
          Activation.ERF);

  public Verdict {
    findings = List.copyOf(findings);
    places = List.copyOf(places);
  }

  /** Something amiss. */
  public enum Finding {
    SIGNAL_VANISHES("the signal vanishes"),
    SIGNAL_EXPLODES("the signal explodes"),
    GRADIENT_VANISHES("the gradient vanishes"),
    GRADIENT_EXPLODES("the gradient explodes"),
    UNITS_SATURATE("units saturate"),
    CHAOS("the gradient explodes, and nearby inputs part (chaos)");

    private final String says;

    Finding(String says) {
      this.says = says;
    }

    /** In words. */
    public String says() {
      return says;
    }
  }

  /** Whether nothing is amiss. */
  public boolean healthy() {
    return findings.isEmpty();
  }

  /** The factor a layer whose power over the stretch is {@code ratio}. */
  public double perLayer(double ratio) {
    return Math.pow(ratio, 1.0 / Math.max(1, layers - 1));
  }

  /** How far from 1 the worse of the two ratios is, as a logarithm. */
  double distance() {
    return Math.max(Math.abs(Math.log(signal)), Math.abs(Math.log(gradient)));
  }

  /** The verdict on these layers. */
  public static Verdict of(List<LayerSignal> signals) {
    List<LayerSignal> kernels =
        signals.stream()
            .filter(s -> s.layer().effect() instanceof Effect.Weighted)
            .filter(s -> !Double.isNaN(s.length()))
            .toList();
    List<LayerSignal> stretch =
        kernels.size() < 2 ? kernels : kernels.subList(0, kernels.size() - 1);
    if (stretch.isEmpty()) {
      return new Verdict(List.of(), List.of(), 0, "", "", 1, 1);
    }
    LayerSignal first = stretch.get(0);
    LayerSignal last = stretch.get(stretch.size() - 1);
    double signal = Math.sqrt(last.length() / first.length());
    double gradient = Math.sqrt(first.gradient() / last.gradient());
    List<Finding> findings = new ArrayList<>();
    List<String> places = new ArrayList<>();
    if (outside(signal)) {
      findings.add(signal > TOLERATED ? Finding.SIGNAL_EXPLODES : Finding.SIGNAL_VANISHES);
      places.add(firstOutside(stretch, LayerSignal::length));
    }
    signals.stream()
        .limit(signals.indexOf(last) + 1L)
        .filter(s -> s.saturated() > SATURATED && bounded(s))
        .findFirst()
        .ifPresent(
            s -> {
              findings.add(Finding.UNITS_SATURATE);
              places.add(s.layer().name());
            });
    if (outside(gradient) && !(normalized(signals, stretch) && borne(gradient))) {
      boolean chaos = stretch.stream().anyMatch(Verdict::bounded);
      Finding explodes = chaos ? Finding.CHAOS : Finding.GRADIENT_EXPLODES;
      findings.add(gradient > TOLERATED ? explodes : Finding.GRADIENT_VANISHES);
      List<LayerSignal> backwards = new ArrayList<>(stretch);
      Collections.reverse(backwards);
      places.add(firstOutside(backwards, LayerSignal::gradient));
    }
    return new Verdict(
        findings,
        places,
        stretch.size(),
        first.layer().name(),
        last.layer().name(),
        signal,
        gradient);
  }

  private static boolean borne(double gradient) {
    return gradient > 1 && gradient <= TOLERATED_NORMALIZED;
  }

  /** Whether nothing but normalizations takes the sums of these layers. */
  private static boolean normalized(List<LayerSignal> signals, List<LayerSignal> stretch) {
    Set<String> names = new HashSet<>();
    stretch.forEach(s -> names.add(s.layer().name()));
    return signals.stream()
            .filter(s -> s.layer().inputs().stream().anyMatch(names::contains))
            .allMatch(s -> s.layer().effect() instanceof Effect.Normalize)
        && stretch.stream()
            .allMatch(s -> s.layer().activation().orElse(null) == Activation.IDENTITY);
  }

  /** NaN is outside, too. */
  private static boolean outside(double ratio) {
    return !(ratio >= 1 / TOLERATED && ratio <= TOLERATED);
  }

  private static String firstOutside(List<LayerSignal> way, ToDoubleFunction<LayerSignal> square) {
    double start = square.applyAsDouble(way.get(0));
    return way.stream()
        .filter(s -> outside(Math.sqrt(square.applyAsDouble(s) / start)))
        .findFirst()
        .orElse(way.get(way.size() - 1))
        .layer()
        .name();
  }

  /** Whether the layer's outputs end on both sides, so that its units can saturate. */
  private static boolean bounded(LayerSignal signal) {
    Effect effect = signal.layer().effect();
    if (effect instanceof Effect.Weighted weighted) {
      return weighted.activation().filter(BOUNDED::contains).isPresent();
    }
    return effect instanceof Effect.Activate activate
        && activate.activation().filter(BOUNDED::contains).isPresent();
  }
}
