package org.initlab.init.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.initlab.init.Activation;

/**
 * Whether a model's initialization lets it train, and what is amiss.
 *
 * <p>Looked at is the stretch from the first layer with a kernel to the last but one: the output
 * layer is as large as the task has it. Ratios are of root mean squares. A ratio within {@value
 * #TOLERATED} and its inverse is healthy: optimizers and the tuning of one learning rate bridge it.
 *
 * @param findings what is amiss; empty in a healthy model
 * @param layers layers with kernels in the stretch
 * @param first the first layer's name; empty if there are fewer than two
 * @param last the last one's
 * @param signal by what the signal grows from the first to the last
 * @param gradient by what the gradient grows on the way back
 */
public record Verdict(
    List<Finding> findings, int layers, String first, String last, double signal, double gradient) {

  /** By what a signal or a gradient may grow or shrink over a model. */
  public static final double TOLERATED = 10;

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
      return new Verdict(List.of(), 0, "", "", 1, 1);
    }
    LayerSignal first = stretch.get(0);
    LayerSignal last = stretch.get(stretch.size() - 1);
    double signal = Math.sqrt(last.length() / first.length());
    double gradient = Math.sqrt(first.gradient() / last.gradient());
    List<Finding> findings = new ArrayList<>();
    if (!(signal >= 1 / TOLERATED)) {
      findings.add(Finding.SIGNAL_VANISHES);
    } else if (signal > TOLERATED) {
      findings.add(Finding.SIGNAL_EXPLODES);
    }
    boolean saturates =
        signals.stream()
            .limit(signals.indexOf(last) + 1L)
            .anyMatch(s -> s.saturated() > SATURATED && bounded(s));
    if (saturates) {
      findings.add(Finding.UNITS_SATURATE);
    }
    if (!(gradient >= 1 / TOLERATED)) {
      findings.add(Finding.GRADIENT_VANISHES);
    } else if (gradient > TOLERATED) {
      boolean chaos = stretch.stream().anyMatch(Verdict::bounded);
      findings.add(chaos ? Finding.CHAOS : Finding.GRADIENT_EXPLODES);
    }
    return new Verdict(
        findings, stretch.size(), first.layer().name(), last.layer().name(), signal, gradient);
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
