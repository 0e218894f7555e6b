package org.initlab.init.draw;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.initlab.init.Activation;
import org.initlab.init.Gain;
import org.initlab.init.theory.GaussianIntegral;

/** Three answers to the question by how much an activation must be made up for. */
public enum ActivationGain implements Gain {
  /**
   * The papers' values: 1 for identity, tanh and softsign (Glorot and Bengio 2010, section 4.2), 16
   * for the logistic function (Bengio 2012, "Practical recommendations", section 3.2), 2 for ReLU
   * and 2 / (1 + a^2) for leaky ReLU (He et al. 2015, equations 10 and 15), 1 for SELU (Klambauer
   * et al. 2017, section 2). An activation without a paper is refused.
   */
  TEXTBOOK {
    @Override
    public double variance(Activation activation) {
      return of(PAPERS, activation);
    }
  },

  /**
   * What keeps the mean square of the activations at 1: 1 / E f(z)^2 with z standard normal, in
   * closed form or by quadrature, for every activation. It is He's argument without its special
   * case; it keeps the forward signal, and for most activations not the gradient.
   */
  DERIVED {
    @Override
    public double variance(Activation activation) {
      return 1 / GaussianIntegral.of(activation).square(1);
    }
  },

  /**
   * The squares of PyTorch's {@code calculate_gain}, 5/3 for tanh and 3/4 for SELU among them. They
   * are conventions of one library: 5/3 is near 1.5925, which {@link #DERIVED} finds, and 3/4 is
   * not what SELU's paper asks for. PyTorch has no value for other activations; they are refused.
   */
  PYTORCH {
    @Override
    public double variance(Activation activation) {
      return of(LIBRARY, activation);
    }
  };

  private static final double LEAK = 0.01;

  private static final Map<Activation, Double> PAPERS =
      new EnumMap<>(
          Map.of(
              Activation.IDENTITY, 1.0,
              Activation.TANH, 1.0,
              Activation.SOFTSIGN, 1.0,
              Activation.SIGMOID, 16.0,
              Activation.RELU, 2.0,
              Activation.LEAKY_RELU, 2 / (1 + LEAK * LEAK),
              Activation.SELU, 1.0));

  private static final Map<Activation, Double> LIBRARY =
      new EnumMap<>(
          Map.of(
              Activation.IDENTITY,
              1.0,
              Activation.SIGMOID,
              1.0,
              Activation.TANH,
              25.0 / 9,
              Activation.RELU,
              2.0,
              Activation.LEAKY_RELU,
              2 / (1 + LEAK * LEAK),
              Activation.SELU,
              9.0 / 16));

  /** Whether there is a value for this activation. */
  public boolean knows(Activation activation) {
    return switch (this) {
      case DERIVED -> true;
      case TEXTBOOK -> PAPERS.containsKey(activation);
      case PYTORCH -> LIBRARY.containsKey(activation);
    };
  }

  /** Whether the value is PyTorch's and no paper's: 5/3 for tanh, 3/4 for SELU, 1 for sigmoid. */
  public boolean isALibrarysOwn(Activation activation) {
    return this == PYTORCH
        && knows(activation)
        && !LIBRARY.get(activation).equals(PAPERS.get(activation));
  }

  /** The word in a text: {@code textbook}, {@code derived}, {@code pytorch}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The words for all of them. */
  public static List<String> titles() {
    return List.of(values()).stream().map(ActivationGain::title).toList();
  }

  double of(Map<Activation, Double> table, Activation activation) {
    Double variance = table.get(activation);
    if (variance == null) {
      throw new IllegalArgumentException(
          "gain %s: activation must be one of %s, not %s. Maybe gain derived."
              .formatted(
                  title(),
                  table.keySet().stream().map(Activation::title).collect(Collectors.joining(", ")),
                  activation.title()));
    }
    return variance;
  }
}
