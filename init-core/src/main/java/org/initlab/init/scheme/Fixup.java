package org.initlab.init.scheme;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.initlab.init.Branch;
import org.initlab.init.Initializer;
import org.initlab.init.Role;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.draw.Constant;
import org.initlab.init.draw.Scaled;

/**
 * Residual networks without normalization whose first update changes the output by the same amount
 * whatever their depth.
 *
 * <p>Formula: the output kernel and the last kernel of each branch are 0; the other kernels of a
 * branch of m layers are the base's times L^(-1/(2m-2)), L being the number of branches; all else
 * is the base's. Gates start at 1. Source: Zhang, Dauphin and Ma 2019, "Fixup initialization:
 * residual learning without normalization", section 3, rules 1 to 3.
 *
 * <p>Rule 3's scalar biases need no place of their own before an activation, where a layer's bias
 * holds one; those before a kernel are not part of a network here. The authors' code divides the
 * learning rates of scalars by 10; this does not.
 *
 * @param base the initializer for a network without branches, He's in the paper
 */
public record Fixup(Initializer base) implements Scheme {

  @Override
  public Initializer at(Site site) {
    Branch branch = site.branch();
    if (site.role() == Role.OUTPUT || branch.ends()) {
      return new Constant(0);
    }
    return branch.exists() ? new Scaled(base, factor(branch)) : base;
  }

  /** L^(-1/(2m-2)), for a branch of at least two layers. */
  private static double factor(Branch branch) {
    return StrictMath.pow(branch.branches(), -1.0 / (2 * branch.layers() - 2));
  }

  @Override
  public OptionalDouble gate(Site kernel) {
    return OptionalDouble.of(1);
  }

  @Override
  public Optional<String> objection(List<Site> kernels) {
    return Residual.objection("fixup", kernels, false).or(() -> Scheme.super.objection(kernels));
  }
}
