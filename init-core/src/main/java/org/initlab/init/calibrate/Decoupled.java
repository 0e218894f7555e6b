package org.initlab.init.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.initlab.init.Branch;
import org.initlab.init.Calibrator;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Site;
import org.initlab.init.Tensors;
import org.initlab.init.theory.CorrelationModes;
import org.initlab.init.theory.CorrelationModes.Mode;

/**
 * Kernels along the modes of the data, so that a linear network learns each mode as if it were
 * alone: the start of the exact solutions.
 *
 * <p>Formula: with the modes {@code s a b^T} of the correlation of inputs with what is wanted, the
 * kernels are {@code W(l) = u0^(1/L) sum r(l-1) r(l)^T}, {@code r(0) = a}, {@code r(L) = b}, and
 * the hidden directions r(l) those to which the drawn kernels send r(l-1), made orthonormal. So the
 * network's map is {@code u0 sum a b^T}. All biases become 0. Source: Saxe, McClelland and Ganguli
 * 2013, section 1.2, above equation 6.
 *
 * <p>The correlation is what gradient descent feels of it: the gradient of the first kernel at 0,
 * turned about, where the layers above hand a part of the outputs down at a time. With a squared
 * error that is {@code sum x y^T} over the examples; with another loss it is the first step's
 * direction, no more. A network learns as many modes as its narrowest layer has units; the weakest
 * are left out. A drawn kernel that sends two modes the same way is refused; orthogonal ones never
 * do.
 *
 * @param start u0, above 0 and finite
 * @param examples by which the modes are found, at least 1
 */
public record Decoupled(double start, long examples) implements Calibrator {

  /** How short, beside its first length, what is left of a direction may be. */
  private static final double FLAT = 1e-6;

  public Decoupled {
    Allowed.above("decoupled", "start", start);
    Allowed.count("decoupled", "examples", examples);
  }

  @Override
  public Optional<String> objection(List<Site> kernels) {
    if (kernels.stream().anyMatch(site -> !site.shape().kernel().isEmpty())) {
      return Optional.of(
          "decoupled knows kernels that are matrices, and this network has convolutions. Allowed: a"
              + " network of dense layers. Maybe architecture mlp.");
    }
    if (kernels.stream().anyMatch(site -> !site.branch().equals(Branch.NONE))) {
      return Optional.of(
          "decoupled knows layers on one another, and this network adds branches. Allowed: a network"
              + " without them. Maybe architecture mlp.");
    }
    return kernels.stream()
        .map(Site::into)
        .filter(f -> f.of(0) != 0 || f.slope(0) == 0)
        .findFirst()
        .map(
            f ->
                "decoupled needs an activation that passes small signals on, and %s gives %s with a slope of %s at 0. Maybe identity or tanh."
                    .formatted(f.title(), f.of(0), f.slope(0)));
  }

  @Override
  public void calibrate(LiveNetwork network) {
    List<Site> sites = network.sites();
    CorrelationModes all =
        CorrelationModes.of(
            correlation(network), in(sites.get(0)), out(sites.get(sites.size() - 1)));
    List<Mode> modes = all.modes().subList(0, Math.min(all.modes().size(), narrowest(sites)));
    if (modes.isEmpty()) {
      throw new IllegalStateException(
          "decoupled: inputs and what is wanted are not correlated on %d examples."
              .formatted(examples));
    }
    Tensors parameters = network.parameters();
    double factor = Math.pow(start, 1.0 / sites.size());
    List<double[]> below = modes.stream().map(Mode::input).toList();
    for (Site site : sites) {
      double[] kernel = parameters.kernel(site.layer());
      List<double[]> above =
          site.layer() == sites.size()
              ? modes.stream().map(Mode::output).toList()
              : sent(site, kernel, below);
      Arrays.fill(kernel, 0);
      Arrays.fill(parameters.bias(site.layer()), 0);
      for (int mode = 0; mode < below.size(); mode++) {
        addOuter(factor, below.get(mode), above.get(mode), kernel);
      }
      below = above;
    }
    network.set(parameters);
  }

  /** The mean over the examples of x times what is wanted, [inputs, outputs]. */
  private double[] correlation(LiveNetwork network) {
    List<Site> sites = network.sites();
    int last = sites.size();
    int inputs = in(sites.get(0));
    int outputs = out(sites.get(last - 1));
    int block = Math.min(narrowest(sites), outputs);
    double[] correlation = new double[inputs * outputs];
    for (int from = 0; from < outputs; from += block) {
      Tensors passing = network.parameters().times(0);
      int count = Math.min(block, outputs - from);
      for (Site site : sites.subList(1, last)) {
        int columns = out(site);
        for (int i = 0; i < count; i++) {
          passing.kernel(site.layer())[i * columns + i + (site.layer() == last ? from : 0)] = 1;
        }
      }
      double[] gradient = network.slope(passing, new Probe(0, (int) examples)).gradient().kernel(1);
      int units = out(sites.get(0));
      for (int i = 0; i < inputs; i++) {
        for (int o = 0; o < count; o++) {
          correlation[i * outputs + from + o] = -gradient[i * units + o];
        }
      }
    }
    return correlation;
  }

  /** Where a kernel sends these directions, made orthonormal in their order. */
  private static List<double[]> sent(Site site, double[] kernel, List<double[]> below) {
    int columns = out(site);
    List<double[]> above = new ArrayList<>();
    for (double[] direction : below) {
      double[] r = new double[columns];
      for (int i = 0; i < kernel.length; i++) {
        r[i % columns] += direction[i / columns] * kernel[i];
      }
      double whole = Math.sqrt(Tensors.dot(r, r));
      for (int twice = 0; twice < 2; twice++) { // once leaves what rounding adds
        for (double[] other : above) {
          double share = Tensors.dot(r, other);
          for (int j = 0; j < columns; j++) {
            r[j] -= share * other[j];
          }
        }
      }
      double left = Math.sqrt(Tensors.dot(r, r));
      if (!(left > FLAT * whole)) {
        throw new IllegalStateException(
            "decoupled: the kernel drawn for %s sends mode %d nowhere that others do not go. Maybe orthogonal."
                .formatted(site.name(), above.size() + 1));
      }
      for (int j = 0; j < columns; j++) {
        r[j] /= left;
      }
      above.add(r);
    }
    return above;
  }

  private static void addOuter(double factor, double[] below, double[] above, double[] kernel) {
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] += factor * below[i / above.length] * above[i % above.length];
    }
  }

  private static int narrowest(List<Site> sites) {
    return sites.subList(0, sites.size() - 1).stream()
        .mapToInt(Decoupled::out)
        .min()
        .orElse(out(sites.get(0)));
  }

  private static int in(Site site) {
    return Math.toIntExact(site.shape().in());
  }

  private static int out(Site site) {
    return Math.toIntExact(site.shape().out());
  }
}
