package org.initlab.init.scheme;

import java.util.Optional;
import org.initlab.init.Fan;
import org.initlab.init.Gain;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.draw.FixedScale;
import org.initlab.init.draw.VarianceScaling;

/**
 * What PyTorch's Linear and convolution layers do when nothing is asked of them.
 *
 * <p>Formula: kernel and bias uniform within 1 / sqrt(fan_in), fan_in being the kernel's for both.
 * Source: PyTorch, {@code Linear.reset_parameters}: {@code kaiming_uniform_(a=sqrt(5))}.
 */
public record TorchDefault() implements Scheme {

  private static final Law UNIFORM = new Law.Uniform();

  @Override
  public Initializer at(Site site) {
    return new VarianceScaling(Gain.of(1.0 / 3), Fan.IN, UNIFORM);
  }

  @Override
  public Optional<Initializer> bias(Site kernel) {
    return Optional.of(new FixedScale(1 / Math.sqrt(3 * kernel.shape().fans().in()), UNIFORM));
  }
}
