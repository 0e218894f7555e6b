package org.initlab.init.scheme;

import java.util.List;
import java.util.Optional;
import org.initlab.init.Branch;
import org.initlab.init.Initializer;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.draw.Scaled;

/**
 * Residual branches that share one unit of variance among them.
 *
 * <p>Formula: the last kernel of each branch is the base's times L^(-{@code power}), L being the
 * number of branches; all else is the base's. With power 1/2 the stream's variance grows by a
 * factor of at most e at any depth. Sources: Radford et al. 2019, "Language models are unsupervised
 * multitask learners", section 2.3 (power 1/2); Hanin and Rolnick 2018, "How to start training",
 * theorem 6 (scales of branches whose sum is bounded: power 1).
 *
 * @param base the initializer of all kernels
 * @param power of the number of branches, finite
 */
public record DepthScaled(Initializer base, double power) implements Scheme {

  public DepthScaled {
    if (!Double.isFinite(power)) {
      throw new IllegalArgumentException(
          "depth_scaled: power must be a finite number, not " + power + ".");
    }
  }

  @Override
  public Initializer at(Site site) {
    Branch branch = site.branch();
    return branch.ends() ? new Scaled(base, StrictMath.pow(branch.branches(), -power)) : base;
  }

  @Override
  public Optional<String> objection(List<Site> kernels) {
    return Residual.objection("depth_scaled", kernels, false)
        .or(() -> Scheme.super.objection(kernels));
  }
}
