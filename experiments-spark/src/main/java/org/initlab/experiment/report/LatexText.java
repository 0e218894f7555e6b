package org.initlab.experiment.report;

import java.util.HashMap;
import java.util.Map;

/** Text for LaTeX. */
final class LatexText {

  private static final String GREEK =
      "αalpha βbeta γgamma δdelta εvarepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu νnu ξxi"
          + " πpi ρrho σsigma ςvarsigma τtau υupsilon φvarphi ϕphi χchi ψpsi ωomega"
          + " ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΦPhi ΨPsi ΩOmega"
          + " ×times ·cdot ±pm √surd ∞infty ≤leq ≥geq ≠neq ≈approx ∝propto ∼sim ∈in ∑sum ∏prod"
          + " ∂partial ∇nabla →to ←leftarrow ↔leftrightarrow ⊤top ℓell";

  private static final Map<Character, String> LATEX = commands();

  private LatexText() {}

  private static Map<Character, String> commands() {
    Map<Character, String> commands = new HashMap<>();
    for (String letter : GREEK.split(" ")) {
      commands.put(letter.charAt(0), "$\\" + letter.substring(1) + "$");
    }
    String[] others = {
      "\\\\textbackslash{}", "~\\textasciitilde{}", "^\\textasciicircum{}", "<\\textless{}",
      ">\\textgreater{}", "|\\textbar{}", "−$-$", "²$^{2}$", "³$^{3}$", "¹$^{1}$", "⁰$^{0}$",
      "₀$_{0}$", "₁$_{1}$", "₂$_{2}$", "′$'$", "…\\ldots{}", "–--", "—---", "µ$\\mu$", "°$^{\\circ}$"
    };
    for (String other : others) {
      commands.put(other.charAt(0), other.substring(1));
    }
    return Map.copyOf(commands);
  }

  /**
   * Fit for a cell of a LaTeX table that pdflatex sets in its usual encoding: Greek letters and
   * signs of mathematics become commands. Accented letters are known to LaTeX since 2018.
   */
  static String of(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      String command = LATEX.get(c);
      if (command != null) {
        out.append(command);
      } else if ("&%$#_{}".indexOf(c) >= 0) {
        out.append('\\').append(c);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
