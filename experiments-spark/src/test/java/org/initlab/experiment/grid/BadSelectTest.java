package org.initlab.experiment.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each row changes one thing in a good study that chooses, and says which line complains of what.
 */
class BadSelectTest {

  private static final String GOOD =
      """
      name: chooses
      question: Which scheme trains best, each at its best rate?
      seed: 7
      fixed: {dataset: mnist, depth: 3, steps: 100, validation_examples: 1000}
      axes:
        scheme: [standard, he_normal]
        test_examples: [10, 20]
        loss: [cross_entropy, squared_error]
        activation: [tanh]
        learning_rate: [0.01, 0.1, 1]
        width: [10, 20]
      measure: {metrics: [loss, validation_error, validation_loss], at: [0, 100]}
      select:
        axis: learning_rate
        by: validation_error
      """;

  private static StudyException refused(String text) {
    return catchThrowableOfType(
        StudyException.class,
        () ->
            new StudyReader("study.yaml", "chooses", SmallKnown.KNOWN)
                .read(text, Optional.empty()));
  }

  @Test
  void theGoodOneIsGood() {
    assertThat(refused(GOOD)).isNull();
    assertThat(refused(GOOD.replace("  by: validation_error\n", ""))).isNull();
    assertThat(refused(GOOD.replace("axis: learning_rate", "axis: [learning-rate, scheme]")))
        .isNull();
    assertThat(refused(GOOD.replace("axis: learning_rate", "axis: loss"))).isNull();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # instead of        | this                   | line | says
          axis: learning_rate | axis: learing_rate     | 14 | axis of select 'learing_rate' is not known. Allowed: scheme, loss, learning_rate, width. Maybe learning_rate.
          axis: learning_rate | axis: depth            | 14 | axis depth of select is fixed. Write several values of it under axes. Allowed: scheme, loss, learning_rate, width.
          axis: learning_rate | axis: momentum         | 14 | axis momentum of select is fixed. Write several values of it under axes. Allowed: scheme, loss, learning_rate, width.
          axis: learning_rate | axis: activation       | 14 | axis activation of select has one value, tanh: there is nothing to choose from. Write more under axes, or leave select out.
          axis: learning_rate | axis: test_examples    | 14 | axis test_examples of select cannot be chosen by validation_error, which is not comparable between its values. Allowed: scheme, loss, learning_rate, width.
          axis: learning_rate | axis: [scheme, scheme] | 14 | axis scheme of select is given twice. Keep one.
          axis: learning_rate | axis: []               | 14 | axis of select is empty. Write axis: learning_rate.
          axis: learning_rate | axis: [scheme, ~]      | 14 | an item of axis has no value. Remove it.
          axis: learning_rate | axis: {a: b}           | 14 | axis is a mapping, and text is wanted.
          axis: learning_rate | axis:                  | 14 | axis has no value. Write one after the colon, or leave the key out.
          axis: learning_rate | axes: learning_rate    | 14 | key of select 'axes' is not known. Allowed: axis, by. Maybe axis.
          axis: learning_rate | by: validation_error # | 14 | select has no axis. Write axis: learning_rate.
          by: validation_error | by: validation_eror   | 15 | by of select 'validation_eror' is not known. Allowed: validation_error, validation_loss. Maybe validation_error.
          by: validation_error | by: error             | 15 | by of select 'error' is not known. Allowed: validation_error, validation_loss.
          by: validation_error | at: best              | 15 | key of select 'at' is not known. Allowed: axis, by.
          [loss, validation_error, validation_loss] | [loss, validation_loss] | 15 | select is by validation_error, which is not measured. Add it to the metrics.
          at: [0, 100]        | at: [0]                | 15 | select needs a measurement after an update, and the last one is before the first. Add a step to at under measure.
          """)
  void saysLineValueAndWhatToWrite(String from, String to, int line, String says) {
    assertThat(GOOD).contains(from);
    StudyException refused = refused(GOOD.replace(from, to));
    assertThat(refused).as("an exception").isNotNull();
    assertThat(refused.problems())
        .anySatisfy(
            p -> {
              assertThat(p.line()).isEqualTo(line);
              assertThat(p.message()).startsWith(says);
            });
  }

  @Test
  void lossesOfTwoKindsAreNotCompared() {
    String text =
        GOOD.replace("axis: learning_rate", "axis: loss")
            .replace("by: validation_error", "by: validation_loss");
    assertThat(refused(text))
        .hasMessageContaining(
            "study.yaml:14: axis loss of select cannot be chosen by validation_loss, which is not"
                + " comparable between its values. Allowed: scheme, learning_rate, width.");
  }

  @Test
  void withoutValidationExamplesItSaysBothThatAreMissing() {
    String text =
        GOOD.replace(", validation_examples: 1000", "").replace("validation_error, v", "v");
    assertThat(refused(text))
        .hasMessageContaining(
            "study.yaml:15: select is by validation_error, which is not measured. Add it to the"
                + " metrics, and validation_examples: 1000, say, to what is fixed.");
  }

  @Test
  void selectMustBeAMapping() {
    String text = GOOD.substring(0, GOOD.indexOf("select:")) + "select: learning_rate\n";
    assertThat(refused(text))
        .hasMessageContaining(
            "study.yaml:13: select is 'learning_rate', and a mapping is wanted. Write KEY: VALUE"
                + " with these keys: axis, by.");
  }
}
