package org.initlab.init.scheme;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.initlab.init.Activation;
import org.initlab.init.Fan;
import org.initlab.init.Gain;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.draw.FixedScale;
import org.initlab.init.draw.Orthogonal;
import org.initlab.init.draw.VarianceScaling;
import org.initlab.init.theory.CriticalLine;
import org.initlab.init.theory.CriticalPoint;

/**
 * Weights on the edge of chaos, where a signal's gradients neither vanish nor explode.
 *
 * <p>Formula: weight variance sigma_w^2 / fan_in with chi_1 = sigma_w^2 E[f'(sqrt(q) z)^2] = 1 at
 * the fixed point q of the length map, for the activation that the kernel feeds; biases normal with
 * the variance asked for. Where several points are critical, the first stable one. Sources: Poole
 * et al. 2016, equation 5; Schoenholz et al. 2017, section 3; with orthogonal weights, Pennington
 * et al. 2017.
 *
 * <p>It is not {@code scale=activation}, a gain at unit length: the length here is the one at which
 * a deep network arrives.
 */
public final class Critical implements Scheme {

  private final double biasVariance;
  private final boolean orthogonal;
  private final Map<Activation, List<CriticalPoint>> points = new ConcurrentHashMap<>();

  /**
   * The scheme.
   *
   * @param biasVariance of the biases, at least 0 and finite
   * @param orthogonal whether kernels are orthogonal rather than normal
   */
  public Critical(double biasVariance, boolean orthogonal) {
    if (!(biasVariance >= 0) || Double.isInfinite(biasVariance)) {
      throw new IllegalArgumentException(
          "critical: bias_variance must be a finite number of at least 0, not "
              + biasVariance
              + ".");
    }
    this.biasVariance = biasVariance;
    this.orthogonal = orthogonal;
  }

  @Override
  public Initializer at(Site site) {
    double variance =
        point(site.into())
            .orElseThrow(() -> new IllegalArgumentException(absent(site)))
            .variances()
            .weight();
    return orthogonal
        ? new Orthogonal(Math.sqrt(variance))
        : new VarianceScaling(Gain.of(variance), Fan.IN, new Law.Normal());
  }

  @Override
  public Optional<Initializer> bias(Site kernel) {
    boolean linear = kernel.into() == Activation.IDENTITY;
    return Optional.of(new FixedScale(linear ? 0 : Math.sqrt(biasVariance), new Law.Normal()));
  }

  @Override
  public Optional<String> objection(List<Site> kernels) {
    return kernels.stream()
        .filter(site -> point(site.into()).isEmpty())
        .map(this::absent)
        .findFirst()
        .or(() -> Scheme.super.objection(kernels));
  }

  private Optional<CriticalPoint> point(Activation activation) {
    double bias = activation == Activation.IDENTITY ? 0 : biasVariance;
    List<CriticalPoint> all = points.computeIfAbsent(activation, f -> new CriticalLine(f).at(bias));
    return all.stream().filter(CriticalPoint::stable).findFirst();
  }

  private String absent(Site site) {
    return "critical: activation %s has no stable critical point with bias variance %s."
        .formatted(site.into().title(), biasVariance);
  }
}
