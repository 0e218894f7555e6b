package org.initlab.experiment.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
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
      "\\\\textbackslash{}",
      "~\\textasciitilde{}",
      "^\\textasciicircum{}",
      "<\\textless{}",
      ">\\textgreater{}",
      "|\\textbar{}",
      "−$-$",
      "²$^{2}$",
      "³$^{3}$",
      "¹$^{1}$",
      "⁰$^{0}$",
      "₀$_{0}$",
      "₁$_{1}$",
      "₂$_{2}$",
      "′$'$",
      "…\\ldots{}",
      "–--",
      "—---",
      "µ$\\mu$",
      "°$^{\\circ}$"
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

  /** A number to four digits. */
  static String number(double value) {
    return "$" + plain(new BigDecimal(value).round(new MathContext(4)), exponent(value)) + "$";
  }

  /**
   * A number with its error: the error to two digits, the number to the same place, {@code 0.43 \pm
   * 0.19}; a common power of ten where they are very small or large.
   */
  static String number(double value, double error) {
    if (error == 0) {
      return number(value).replaceFirst("\\$$", " \\\\pm 0\\$");
    }
    BigDecimal rounded = new BigDecimal(error).round(new MathContext(2));
    BigDecimal number = new BigDecimal(value).setScale(rounded.scale(), RoundingMode.HALF_EVEN);
    int exponent = exponent(Math.max(Math.abs(value), error));
    String both =
        number.movePointLeft(exponent).toPlainString()
            + " \\pm "
            + rounded.movePointLeft(exponent).toPlainString();
    return exponent == 0 ? "$" + both + "$" : "$(" + both + ") \\times 10^{" + exponent + "}$";
  }

  private static String plain(BigDecimal number, int exponent) {
    String text = number.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return exponent == 0 ? text : text + " \\times 10^{" + exponent + "}";
  }

  /** The power of ten that is written apart; 0 for sizes that are read with ease. */
  private static int exponent(double value) {
    double size = Math.abs(value);
    return size == 0 || size >= 1e-3 && size < 1e5 ? 0 : (int) Math.floor(Math.log10(size));
  }
}
