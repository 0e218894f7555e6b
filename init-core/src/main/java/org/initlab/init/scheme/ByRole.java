package org.initlab.init.scheme;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Scheme;
import org.initlab.init.Site;

/**
 * An initializer for each role.
 *
 * @param input for the kernel that sees the data
 * @param hidden for kernels between hidden layers, outside of residual branches
 * @param output for the kernel of the outputs, whatever branch it is in
 * @param recurrent for kernels from a state to itself
 * @param residual for kernels in residual branches
 * @param biases for all biases
 */
public record ByRole(
    Initializer input,
    Initializer hidden,
    Initializer output,
    Initializer recurrent,
    Initializer residual,
    Initializer biases)
    implements Scheme {

  @Override
  public Initializer at(Site site) {
    return switch (site.role()) {
      case INPUT -> input;
      case HIDDEN -> site.branch().exists() ? residual : hidden;
      case OUTPUT -> output;
      case RECURRENT -> recurrent;
      case BIAS -> biases;
    };
  }

  @Override
  public Optional<Initializer> bias(Site kernel) {
    return Optional.of(biases);
  }
}
