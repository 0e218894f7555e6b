package org.initlab.init.scheme;

import java.util.List;
import java.util.Optional;
import org.initlab.init.Branch;
import org.initlab.init.Site;

/** Says why a scheme for residual branches cannot serve a network of another kind. */
final class Residual {

  private Residual() {}

  /**
   * A sentence, or nothing.
   *
   * @param scheme its name
   * @param gated whether it also sets gates
   */
  static Optional<String> objection(String scheme, List<Site> kernels, boolean gated) {
    boolean convolves = kernels.stream().anyMatch(site -> !site.shape().kernel().isEmpty());
    String kind = convolves ? "cnn." : "mlp.";
    if (kernels.stream().map(Site::branch).noneMatch(Branch::exists)) {
      return Optional.of(
          scheme
              + " is a scheme for residual branches, and this network has none. Maybe architecture"
              + (gated ? " gated_residual_" : " residual_")
              + kind);
    }
    if (gated && kernels.stream().map(Site::branch).noneMatch(Branch::gated)) {
      return Optional.of(
          scheme
              + " sets the gates of residual branches, and this network's branches have none."
              + " Maybe architecture gated_residual_"
              + kind);
    }
    return Optional.empty();
  }
}
