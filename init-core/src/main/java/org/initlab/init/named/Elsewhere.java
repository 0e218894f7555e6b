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
import org.initlab.init.Law;
import org.initlab.init.draw.FixedScale;
import org.initlab.init.draw.VarianceScaling;

/**
 * What Keras, PyTorch and Deeplearning4j draw under the names of our rows: not told by their
 * documentation, but measured on a million weights of a dense layer by a test that runs them.
 */
final class Elsewhere {

  private static final String TABLE = "frameworks.csv";

  private static final Map<String, String> TITLES =
      Map.of("keras", "Keras", "pytorch", "PyTorch", "dl4j", "Deeplearning4j");

  private static final double SAME_VARIANCE = 0.01;
  private static final double SAME_KURTOSIS = 0.03;

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
    double ratio = Double.parseDouble(words[3]);
    double kurtosis = Double.parseDouble(words[4]);
    boolean sameVariance = Math.abs(ratio - 1) < SAME_VARIANCE;
    boolean sameShape = Math.abs(kurtosis - law(words[0]).kurtosis()) < SAME_KURTOSIS;
    String text = Named.canonical(words[0]);
    String what = text.equals(row.name()) ? "" : " for " + text;
    return "%s %s%s: %s; mean square %s times ours, kurtosis %s, largest %s deviations"
        .formatted(
            TITLES.get(words[1]),
            words[2],
            what,
            sameVariance && sameShape
                ? "agrees"
                : sameVariance ? "same variance, another shape" : "DISAGREES",
            words[3],
            words[4],
            words[5]);
  }

  private static Law law(String text) {
    return Named.initializer(text) instanceof VarianceScaling scaling
        ? scaling.law()
        : ((FixedScale) Named.initializer(text)).law();
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
