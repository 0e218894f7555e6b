package org.initlab.init.theory;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.initlab.init.Activation;

/** The activations whose integrals have closed forms: one row each. */
final class ClosedForms {

  private static final Map<Activation, GaussianIntegral> TABLE =
      new EnumMap<>(
          Map.of(
              Activation.IDENTITY, new PiecewiseLinearIntegral(Activation.IDENTITY, 1),
              Activation.RELU, new PiecewiseLinearIntegral(Activation.RELU, 0),
              Activation.LEAKY_RELU, new PiecewiseLinearIntegral(Activation.LEAKY_RELU, 0.01),
              Activation.HARD_TANH, new HardTanhIntegral(),
              Activation.ERF, new ErfIntegral(),
              Activation.SIN, new SineIntegral()));

  private ClosedForms() {}

  static Optional<GaussianIntegral> of(Activation activation) {
    return Optional.ofNullable(TABLE.get(activation));
  }
}
