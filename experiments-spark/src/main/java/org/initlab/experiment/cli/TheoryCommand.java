package org.initlab.experiment.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.initlab.init.Activation;
import org.initlab.init.named.Nearest;
import org.initlab.init.theory.CriticalLine;
import org.initlab.init.theory.CriticalPoint;
import org.initlab.init.theory.LengthLimit;
import org.initlab.init.theory.PhaseDiagram;
import org.initlab.init.theory.Propagation;
import org.initlab.init.theory.Variances;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code initlab theory}. */
@Command(
    name = "theory",
    description = {
      "Predicts what a deep, wide random network does with signals and gradients.",
      "sigma_w^2 is the variance of weights times fan-in, sigma_b^2 that of biases."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: initlab theory --activation tanh --sigma-b 0.05 --phase-diagram tanh.html"
    })
final class TheoryCommand implements Callable<Integer> {

  /** Points each way in a phase diagram. */
  private static final int GRID = 41;

  @Option(
      names = "--activation",
      required = true,
      paramLabel = "NAME",
      description = "The nonlinearity, one of those that 'initlab list activations' names.")
  private String name;

  @Option(
      names = "--sigma-w",
      paramLabel = "NUMBER",
      description =
          "Standard deviation of weights times sqrt(fan-in) (default: where networks are critical).")
  private Double sigmaW;

  @Option(
      names = "--sigma-b",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "Standard deviation of biases (default: ${DEFAULT-VALUE}).")
  private double sigmaB;

  @Option(
      names = "--phase-diagram",
      paramLabel = "FILE",
      description =
          "Also writes the phase diagram of the activation: FILE.html, FILE.svg or FILE.csv.")
  private Path file;

  @Override
  public Integer call() throws CommandException {
    Activation activation = activation();
    Variances given = variances();
    if (file != null) {
      TheoryFile.check(file);
    }
    List<CriticalPoint> edge =
        new CriticalLine(activation)
            .at(given.bias()).stream().filter(CriticalPoint::stable).toList();
    print("activation", activation.title());
    print("sigma_b", number(sigmaB) + "   (variance " + number(given.bias()) + ")");
    print("critical", edge.isEmpty() ? "no critical point at this sigma_b" : critical(edge));
    Optional<Variances> at =
        sigmaW != null ? Optional.of(given) : edge.stream().findFirst().map(p -> p.variances());
    at.ifPresentOrElse(
        variances -> describe(Propagation.of(activation, variances)),
        () -> System.out.println("Give --sigma-w to see what happens at another point."));
    if (file != null) {
      draw(activation);
    }
    return Exit.DONE;
  }

  private Activation activation() throws CommandException {
    String plain = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    if (!Vocabulary.activations().contains(plain)) {
      throw new CommandException(
          Exit.USAGE, "initlab: " + Nearest.unknown("activation", name, Vocabulary.activations()));
    }
    return Activation.valueOf(plain.toUpperCase(Locale.ROOT));
  }

  private Variances variances() throws CommandException {
    try {
      return Variances.ofDeviations(sigmaW == null ? 0 : sigmaW, sigmaB);
    } catch (IllegalArgumentException e) {
      throw new CommandException(Exit.USAGE, "initlab: " + e.getMessage());
    }
  }

  private static String critical(List<CriticalPoint> edge) {
    return String.join(
        "; ",
        edge.stream()
            .map(
                p ->
                    "sigma_w %s   (variance %s)"
                        .formatted(number(p.variances().sigmaW()), number(p.variances().weight())))
            .toList());
  }

  private static void describe(Propagation theory) {
    Variances variances = theory.variances();
    System.out.println();
    print(
        "at sigma_w",
        number(variances.sigmaW()) + "   (variance " + number(variances.weight()) + ")");
    print("phase", theory.phase().title() + ": " + theory.phase().says());
    print("q*", length(theory.length()));
    print("chi1", number(theory.chi1()) + "   factor of squared gradients, a layer");
    print("c*", number(theory.c()) + "   correlation that any two inputs come to");
    print("xi_q", layers(theory.scales().length()) + "   for the length of a signal");
    print("xi_c", layers(theory.scales().correlation()) + "   for what tells two inputs apart");
    print("xi_gradient", layers(theory.scales().gradient()) + "   for squared gradients");
    String depth = layers(theory.trainableDepth()).replace("infinite", "any depth");
    print("trainable to", depth + "   6 xi_c, a rule of thumb (Schoenholz et al. 2017)");
  }

  private static String length(LengthLimit limit) {
    boolean kept = limit.kind() == LengthLimit.Kind.PRESERVED;
    return (kept ? "any" : number(limit.q())) + "   " + limit.kind().says();
  }

  private void draw(Activation activation) throws CommandException {
    long start = System.nanoTime();
    PhaseDiagram diagram = PhaseDiagram.of(activation, GRID);
    double seconds = (System.nanoTime() - start) / 1e9;
    try {
      TheoryFile.write(diagram, file);
    } catch (IOException e) {
      throw new CommandException(
          Exit.ENVIRONMENT, "initlab: cannot write " + file + ": " + e.getMessage());
    }
    System.out.println();
    System.out.printf(
        Locale.ROOT, "%s: %,d points in %.1f s%n", file, diagram.points().size(), seconds);
  }

  private static void print(String name, String value) {
    System.out.printf("%-13s %s%n", name, value);
  }

  private static String layers(double number) {
    if (Double.isNaN(number)) {
      return "none";
    }
    return Double.isInfinite(number) ? "infinite" : number(number) + " layers";
  }

  /** Six significant digits, as many as six figures need. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "none";
    }
    if (value == 0 || Double.isInfinite(value)) {
      return value == 0 ? "0" : "infinite";
    }
    return value >= 1e-4 && value < 1e9
        ? new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString()
        : String.format(Locale.ROOT, "%.5e", value);
  }
}
