package org.initlab.init.named;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What Keras, JAX, PyTorch and Deeplearning4j draw under the names of our rows: not told by their
 * documentation, but measured on a million weights of a dense layer by a test that runs them.
 */
final class Elsewhere {

  private static final String TABLE = "frameworks.csv";

  private static final Map<String, String> TITLES =
      Map.of("keras", "Keras", "jax", "JAX", "pytorch", "PyTorch", "dl4j", "Deeplearning4j");

  private static final double SAME_VARIANCE = 0.01;

  /** Relative; 1.5 % tell a normal law with broken tails from one that is cut. */
  private static final double SAME_KURTOSIS = 0.015;

  private static final String REFUSED = "refused";

  private Elsewhere() {}

  /** A sentence for each comparison of the row; none for a row that was not compared. */
  static List<String> of(Row row) {
    List<String> sentences = new ArrayList<>();
    for (String line : lines()) {
      String[] words = line.split(";");
      if (Named.row(words[0]) == row) {
        sentences.add(sentence(row, words));
      }
    }
    return sentences;
  }

  private static String sentence(Row row, String[] words) {
    String text = Named.canonical(words[0]);
    boolean refused = words[4].equals(REFUSED);
    String who =
        String.join(" ", TITLES.get(words[1]), words[2], words[3])
            + (text.equals(row.name()) || refused ? "" : " for " + text);
    if (refused) {
      return who + ": REFUSES a layer from 2000 to 500";
    }
    double ratio = Double.parseDouble(words[4]);
    double shape = Double.parseDouble(words[5]) / Double.parseDouble(words[7]);
    boolean sameVariance = Math.abs(ratio - 1) < SAME_VARIANCE;
    boolean sameShape = Math.abs(shape - 1) < SAME_KURTOSIS;
    return "%s: %s; mean square %s times ours, kurtosis %s, largest %s deviations"
        .formatted(
            who,
            sameVariance && sameShape
                ? "agrees"
                : sameVariance ? "same variance, another shape" : "DISAGREES",
            words[4],
            words[5],
            words[6]);
  }

  private static List<String> lines() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Elsewhere.class.getResourceAsStream(TABLE), TABLE),
                StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
