package org.initlab.experiment.cli;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.initlab.experiment.Study;
import org.initlab.experiment.report.FigurePage;
import org.initlab.init.theory.CriticalPoint;
import org.initlab.init.theory.PhaseDiagram;
import org.initlab.init.theory.Propagation;
import org.initlab.init.theory.Variances;

/** A phase diagram as a file: a page with a figure, the figure as SVG, or its rows as CSV. */
final class TheoryFile {

  private static final List<String> COLUMNS =
      List.of(
          "sigma_w",
          "sigma_b",
          "phase",
          "length",
          "q",
          "chi1",
          "c",
          "chi_c",
          "xi_q",
          "xi_c",
          "xi_gradient",
          "trainable_depth",
          "critical_sigma_w");

  private static final List<String> ENDINGS = List.of(".html", ".svg", ".csv");

  private TheoryFile() {}

  /** Refuses what could not be written in the end. */
  static void check(Path file) throws CommandException {
    if (ENDINGS.stream().noneMatch(named(file)::endsWith)) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: '%s' is no kind of phase diagram. Allowed: a name that ends in .html, .svg or .csv. Maybe %s."
              .formatted(file, named(file).replaceFirst("\\.[^.]*$", "") + ".html"));
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    boolean blocked = Files.exists(file) && (!Files.isRegularFile(file) || !Files.isWritable(file));
    if (blocked || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: cannot write to %s: %s is not a %s that you may write to."
              .formatted(file, blocked ? file : folder, blocked ? "file" : "folder"));
    }
  }

  static void write(PhaseDiagram diagram, Path file) throws IOException {
    FigurePage figure = figure(diagram);
    String name = named(file);
    Files.writeString(
        file,
        name.endsWith(".html")
            ? figure.page()
            : name.endsWith(".svg") ? figure.svg() : figure.csv());
  }

  private static String named(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  private static FigurePage figure(PhaseDiagram diagram) throws IOException {
    Map<Double, Double> critical =
        diagram.edge().stream()
            .map(CriticalPoint::variances)
            .collect(
                Collectors.toMap(Variances::sigmaB, Variances::sigmaW, (first, second) -> first));
    List<List<Object>> rows = new ArrayList<>();
    for (Propagation p : diagram.points()) {
      rows.add(
          Arrays.asList(
              round(p.variances().sigmaW()),
              round(p.variances().sigmaB()),
              p.phase().title(),
              p.length().kind().title(),
              p.length().q(),
              p.chi1(),
              number(p.c()),
              number(p.chiC()),
              number(p.scales().length()),
              number(p.scales().correlation()),
              p.scales().gradient(),
              number(p.trainableDepth()),
              critical.get(p.variances().sigmaB())));
    }
    String title = diagram.activation().title();
    String says =
        "Depth scale of correlations: the number of layers over which a deep, wide %s network forgets"
            + " what tells two inputs apart, by the deviations of its weights (times sqrt(fan-in)) and"
            + " biases. It is infinite on the edge of chaos, where gradients neither vanish (ordered)"
            + " nor explode (chaotic). Networks of up to about six times this depth can be trained"
            + " (Schoenholz et al. 2017). Grey: the signal diverges. Theory of"
            + " infinitely wide networks (Poole et al. 2016); nothing here is measured.";
    Study.Figure figure =
        new Study.Figure(
            "phase-diagram",
            "Phase diagram of " + title + " networks",
            says.formatted(title),
            "",
            specification(diagram));
    return new FigurePage(figure, COLUMNS, rows);
  }

  private static String specification(PhaseDiagram diagram) throws IOException {
    double[] w = sorted(diagram, Variances::sigmaW);
    double[] b = sorted(diagram, Variances::sigmaB);
    double width = w[1] - w[0];
    double height = b[1] - b[0];
    try (InputStream in = TheoryFile.class.getResourceAsStream("phase-diagram.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("NAME", diagram.activation().title())
          .replace("RIGHT", Double.toString(w[w.length - 1] + width / 2))
          .replace("TOP", Double.toString(b[b.length - 1] + height / 2))
          .replace("WIDTH", Double.toString(width))
          .replace("HEIGHT", Double.toString(height));
    }
  }

  private static double[] sorted(PhaseDiagram diagram, ToDoubleFunction<Variances> deviation) {
    return diagram.points().stream()
        .mapToDouble(p -> round(deviation.applyAsDouble(p.variances())))
        .sorted()
        .distinct()
        .toArray();
  }

  /** Without the last bits, which would read 0.30000000000000004. */
  private static double round(double value) {
    return new BigDecimal(value).round(new MathContext(12)).doubleValue();
  }

  /** Nothing for what is no number. */
  private static Double number(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }
}
