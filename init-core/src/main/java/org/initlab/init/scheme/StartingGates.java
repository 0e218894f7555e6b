package org.initlab.init.scheme;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.initlab.init.Branch;
import org.initlab.init.Initializer;
import org.initlab.init.Scheme;
import org.initlab.init.Site;

/**
 * Residual branches multiplied by a learned gate that starts small, their kernels left as they are.
 *
 * <p>Formula: {@code x + g F(x)} with g = {@code start} L^(-{@code power}). Sources: Bachlechner et
 * al. 2020, "ReZero is all you need", equation 1 (start 0); De and Smith 2020, "Batch normalization
 * biases residual blocks towards the identity function", section 4, SkipInit (start 0; start 1 with
 * power 1/2 works as well there).
 *
 * @param name the scheme's
 * @param base the initializer of all kernels
 * @param start the gate's first value but for depth, finite
 * @param power of the number of branches L, finite
 */
public record StartingGates(String name, Initializer base, double start, double power)
    implements Scheme {

  public StartingGates {
    if (!Double.isFinite(start) || !Double.isFinite(power)) {
      throw new IllegalArgumentException(
          "%s: gate must be a finite number, not %s with the power %s."
              .formatted(name, start, power));
    }
  }

  @Override
  public Initializer at(Site site) {
    return base;
  }

  @Override
  public OptionalDouble gate(Site kernel) {
    Branch branch = kernel.branch();
    return OptionalDouble.of(start * StrictMath.pow(Math.max(1, branch.branches()), -power));
  }

  @Override
  public Optional<String> objection(List<Site> kernels) {
    return Residual.objection(name, kernels, true).or(() -> Scheme.super.objection(kernels));
  }
}
