package org.initlab.experiment.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row changes one thing in a good study, and says which line is to complain of what. */
class BadStudyTest {

  private static final String GOOD =
      """
      question: Which scheme trains?
      seed: 7
      repeats: 2
      fixed:
        dataset: mnist
        depth: 3
        learning_rate: 0.1
        steps: 100
      axes:
        scheme: [standard, he_normal]
        width: [10, 20]
      except:
        - {scheme: standard, width: 20}
      measure:
        metrics: [loss, error, steps_to_target]
        at: [0, 50, 100]
        target: {loss: 0.5}
      claims:
        - id: one
          says: It does.
          sql: SELECT 1 AS measured, 1 AS reference, TRUE AS holds
      figures:
        - id: two
          says: A line.
          sql: SELECT 1
          vega-lite: {mark: line}
      """;

  @TempDir private Path root;

  private StudyException refused(String text) throws Exception {
    Path file = root.resolve("study.yaml");
    Files.writeString(file, text.contains("name:") ? text : text + "name: bad\n");
    return catchThrowableOfType(
        StudyException.class, () -> StudyFile.read(file, Optional.empty(), SmallKnown.KNOWN));
  }

  @Test
  void theGoodOneIsGood() throws Exception {
    assertThat(refused(GOOD)).isNull();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # instead of               | this                       | line | says
          he_normal]                 | he_nrmal]                  | 10 | scheme 'he_nrmal' is not known. Allowed: standard, glorot_uniform, he_normal, orthogonal(gain=1.1, rows=2). Maybe he_normal.
          learning_rate: 0.1         | learning_rate: 1e-3        | 7  | learning_rate '1e-3' is not the same to every reader of YAML. Write 0.001.
          learning_rate: 0.1         | learning_rate: 1.0e5       | 7  | learning_rate '1.0e5' is not the same to every reader of YAML. Write 100000.
          learning_rate: 0.1         | learning_rate: .nan        | 7  | learning_rate '.nan' is not finite. Allowed: finite numbers above 0.
          learning_rate: 0.1         | learning_rate: inf         | 7  | learning_rate 'inf' is not finite. Allowed: finite numbers above 0.
          learning_rate: 0.1         | learning_rate: 1.0e+999    | 7  | learning_rate '1.0e+999' is not finite. Allowed: finite numbers above 0.
          learning_rate: 0.1         | learning_rate: -0.1        | 7  | learning_rate -0.1 is out of range. Allowed: finite numbers above 0.
          learning_rate: 0.1         | learning_rate: 0           | 7  | learning_rate 0 is out of range. Allowed: finite numbers above 0.
          learning_rate: 0.1         | learning_rate: "0.1"       | 7  | learning_rate "0.1" is text, being in quotes. Allowed: finite numbers above 0.
          learning_rate: 0.1         | learning_rate: fast        | 7  | learning_rate 'fast' is not a number. Allowed: finite numbers above 0.
          learning_rate: 0.1         | learning_rate: [0.1]       | 7  | learning_rate is a list, and a number is wanted. Allowed: finite numbers above 0.
          learning_rate: 0.1         | learning_rate:             | 7  | learning_rate has no value. Write one after the colon, or leave the key out.
          learning_rate: 0.1         | learning_rate: null        | 7  | learning_rate has no value. Write one after the colon, or leave the key out.
          learning_rate: 0.1         | learing_rate: 0.1          | 7  | key of fixed 'learing_rate' is not known. Allowed: architecture, dataset, scheme, calibrator, activation, depth, width, kernel, padding, halvings, downsampling, growth, head, head_units, optimizer, learning_rate, momentum, weight_decay, schedule, warmup, loss, precision, batch, steps, test_examples, probe_examples, validation_examples, engine. Maybe learning_rate.
          learning_rate: 0.1         | momentum: 1                | 7  | momentum 1 is out of range. Allowed: numbers from 0 to below 1.
          learning_rate: 0.1         | weight_decay: -1           | 7  | weight_decay -1 is out of range. Allowed: finite numbers from 0.
          learning_rate: 0.1         | warmup: -1                 | 7  | warmup -1 is out of range. Allowed: whole numbers from 0 to 2147483647.
          learning_rate: 0.1         | momentum: 0.5              | 5  | learning_rate is missing (step size, above 0). Write it under fixed or under axes.
          depth: 3                   | depth: no                  | 6  | depth 'no' is read as true or false. Allowed: whole numbers from 1 to 2147483647.
          depth: 3                   | depth: 1_000               | 6  | depth '1_000' is not the same to every reader of YAML. Write 1000.
          depth: 3                   | depth: 010                 | 6  | depth '010' is not the same to every reader of YAML. Write 10, or 8 if octal is meant.
          depth: 3                   | depth: 1:30                | 6  | depth '1:30' is not the same to every reader of YAML. Write 90, which is what YAML 1.1 reads.
          depth: 3                   | depth: 0x10                | 6  | depth '0x10' is not the same to every reader of YAML. Write 16.
          depth: 3                   | depth: 3.0                 | 6  | depth '3.0' is not a whole number. Write 3.
          depth: 3                   | depth: 2.5                 | 6  | depth '2.5' is not a whole number. Write it without a fraction.
          depth: 3                   | depth: 0                   | 6  | depth 0 is out of range. Allowed: whole numbers from 1 to 2147483647.
          depth: 3                   | depth: 3000000000          | 6  | depth 3000000000 is out of range. Allowed: whole numbers from 1 to 2147483647.
          dataset: mnist             | dataset: yes               | 5  | dataset yes is read as true or false, and text is wanted. If you mean the text, write "yes" in quotes.
          dataset: mnist             | dataset: 2010-05-13        | 5  | dataset 2010-05-13 is read as a date, and text is wanted. If you mean the text, write "2010-05-13" in quotes.
          dataset: mnist             | dataset: !!str mnist       | 5  | tag tag:yaml.org,2002:str is not read. Write the value without it.
          dataset: mnist             | dataset: @mnist            | 5  | a value may not begin with @. Put it in quotes. (column 12)
          dataset: mnist             | dataset: &a mnist          | 7  | alias *a is not read. Write the value out.
          dataset: mnist             | dataset: mnist: 2          | 5  | a colon stands where none can be. Put text that contains ': ' in quotes, and indent the keys of one mapping alike. (column 17)
          dataset: mnist             | dataset: 'mnist            | 5 | a quote is opened and not closed. Close it. (column 12)
          repeats: 2                 | repeats: 0                 | 3  | repeats 0 is out of range. Allowed: whole numbers from 1 to 1000000.
          repeats: 2                 | repeets: 2                 | 3  | key of the study 'repeets' is not known. Allowed: name, question, paper, seed, repeats, fixed, axes, except, measure, select, claims, figures, scales. Maybe repeats.
          repeats: 2                 | seed: 8                    | 3  | key 'seed' of the study is given twice, first on line 2. Keep one.
          repeats: 2                 | ? [a]                      | 3  | the study has a list as a key. Write a word.
          seed: 7                    | seed: 18446744073709551616 | 2  | seed 18446744073709551616 is out of range. Allowed: whole numbers of 64 bits.
          seed: 7                    | repeat: 7                  | 1  | the study has no seed. Write seed: 20260101.
          question: Which            | scales: {small: {repeat: 1}} # | 1 | key of scale small 'repeat' is not known. Allowed: repeats, fixed, axes, except, measure, select, claims, figures. Maybe repeats.
          question: Which            | name: Bad Name # | 1 | study name 'Bad Name' is no name. Allowed: a to z, 0 to 9 and -, not - first.
          [standard, he_normal]      | standard                   | 10 | scheme is 'standard', and a list is wanted. Write [standard].
          [standard, he_normal]      | []                         | 10 | scheme is an empty list. Write at least one value.
          [standard, he_normal]      | {standard: 1}              | 10 | scheme is a mapping, and a list is wanted. Write [...].
          [standard, he_normal]      | [standard, he-normal, xavier_uniform, glorot_uniform] | 10 | duplicate cell: scheme 'glorot_uniform' on line 10 is the same as 'xavier_uniform' on line 10: both are glorot_uniform. Keep one.
          width: [10, 20]            | width: 20                  | 11 | width is '20', and several values are wanted. Write [20], or [...], log(a, b, n), lin(a, b, n) or a..b.
          width: [10, 20]            | width: []                  | 11 | width is an empty list. Write at least one value: whole numbers from 1 to 2147483647.
          width: [10, 20]            | width: [10, -20]           | 11 | width -20 is out of range. Allowed: whole numbers from 1 to 2147483647.
          width: [10, 20]            | width: [20, ~]             | 11 | width has no value. Allowed: whole numbers from 1 to 2147483647.
          width: [10, 20]            | width: 20..10              | 11 | width 20..10 counts down. Write 10..20.
          width: [10, 20]            | width: 1..1e9              | 11 | width, '1e9' is not the same to every reader of YAML. Write 1000000000.
          width: [10, 20]            | width: 1..2000000          | 11 | width 1..2000000 is too long. Allowed: at most 1000000 values.
          width: [10, 20]            | width: logg(1, 20, 3)       | 11 | width logg(1, 20, 3) is not known. Allowed: [...], log(a, b, n), lin(a, b, n) or a..b. Maybe log.
          width: [10, 20]            | width: log(1, 20)          | 11 | width log(1, 20) has 2 numbers and not 3. Write log(a, b, n).
          width: [10, 20]            | width: log(0, 20, 3)       | 11 | width log(0, 20, 3) takes the logarithm of 0. Begin above 0.
          width: [10, 20]            | width: lin(20, 10, 3)      | 11 | width lin(20, 10, 3) does not ascend. Write the smaller number first.
          width: [10, 20]            | width: lin(10, 20, 1)      | 11 | width lin(10, 20, 1) has 1 values. Allowed: 2 to 1000000.
          width: [10, 20]            | depth: [1, 2]              | 11 | depth is an axis and is fixed on line 6. Keep one of the two.
          width: [10, 20]            | width: 1..600000           | 10 | the axes make more than 1000000 cells. Allowed: at most 1000000. Shorten an axis.
          width: 20}                 | width: 30}                 | 13 | except matches no cell: no cell has width 30. Allowed: 10, 20.
          width: 20}                 | width: [20, 30]}           | 13 | except matches no cell: no cell has width 30. Allowed: 10, 20.
          width: 20}                 | width: []}                 | 13 | width is an empty list. Write at least one value: whole numbers from 1 to 2147483647.
          {scheme: standard, width: 20} | {scheme: [standard, he_normal], width: [10, 20]} | 10 | no cells are left: except leaves out all of them. Shorten except.
          {scheme: standard, width: 20} | {dataset: mnist}        | 10 | no cells are left: except leaves out all of them. Shorten except.
          {scheme: standard, width: 20} | {}                      | 13 | except leaves out every cell: {} agrees with all. Name an argument.
          metrics: [loss, error, steps_to_target] | metrics: [loss, eror] | 15 | metric 'eror' is not known. Allowed: activation_moments, error, gradient_moments, loss, steps_to_target, validation_error, validation_loss. Maybe error.
          metrics: [loss, error, steps_to_target] | metrics: [] | 15 | metrics is empty. Write at least one of: activation_moments, error, gradient_moments, loss, steps_to_target, validation_error, validation_loss.
          metrics: [loss, error, steps_to_target] | metrics: loss | 15 | metrics is 'loss', and a list is wanted. Write [...].
          metrics: [loss, error, steps_to_target] | metric: [loss]             | 15 | key of measure 'metric' is not known. Allowed: metrics, at, target. Maybe metrics.
          at: [0, 50, 100]           | at: [0, 50, 101]           | 16 | at 101 is out of range. Allowed: whole numbers from 0 to 100, the steps of every cell.
          at: [0, 50, 100]           | at: [0, 50, 50]            | 16 | at 50 comes after 50. Write the steps in ascending order, once each.
          at: [0, 50, 100]           | at: [0.5]                  | 16 | at '0.5' is not a whole number. Write it without a fraction.
          error, steps_to_target     | error                      | 15 | measure has a target, and steps_to_target is not among its metrics. Add it, or leave the target out.
          {loss: 0.5}                | {los: 0.5}                 | 17 | key of target 'los' is not known. Allowed: loss, error. Maybe loss.
          {loss: 0.5}                | {error: 1.5}               | 17 | target error 1.5 is out of range. Allowed: numbers from 0 to 1.
          {loss: 0.5}                | 0.5                        | 17 | target is '0.5', and a mapping is wanted. Write KEY: VALUE with these keys: loss, error.
          id: one                    | id: One!                   | 19 | claim id 'One!' is no name. Allowed: a to z, 0 to 9 and -, not - first.
          TRUE AS holds              | TRUE AS withholds          | 21 | the sql of a claim has no column holds. Write SELECT ... AS measured, ... AS reference, ... AS holds.
          says: A line.              | say: A line.               | 24 | key of a figure 'say' is not known. Allowed: id, title, says, sql, vega-lite. Maybe says.
          {mark: line}               | {layer: [{data: {}}]}      | 26 | vega-lite has the key 'data'. The rows come from the sql: remove it.
          {mark: line}               | line                       | 26 | vega-lite is 'line', and a specification is wanted. Write {mark: ..., encoding: {...}}.
          {mark: line}               | {mark: line, clip: yes}    | 26 | clip 'yes' is read as true or false. Write true, false or "yes".
          """)
  void saysLineValueAndWhatToWrite(String from, String to, int line, String says) throws Exception {
    assertThat(GOOD).contains(from);
    String text = GOOD.replace(from, to);
    if (to.contains("&a")) {
      text = text.replace("0.1", "*a");
    }

    StudyException refused = refused(text);

    assertThat(refused).as("an exception").isNotNull();
    assertThat(refused.problems().stream().map(p -> p.line() + " " + p.message()))
        .contains(line + " " + says);
    assertThat(refused.getMessage()).contains("study.yaml:" + line + ": " + says);
  }

  @Test
  void aCellThatNoEngineRunsIsRefusedWhereTheAxesAre() throws Exception {
    String text = GOOD.replace("  depth: 3\n", "  depth: 3\n  engine: dl4j\n");
    assertThat(refused(text).getMessage())
        .contains("study.yaml:11: engine dl4j does not run sgd here. Allowed: auto.");
  }

  @Test
  void equalNumbersInOtherLinesAreADuplicate() throws Exception {
    String text =
        GOOD.replace("  learning_rate: 0.1\n", "")
            .replace("  width: [", "  learning_rate:\n    - 0.1\n    - 0.10\n  width: [");

    assertThat(refused(text).problems())
        .anySatisfy(
            p -> {
              assertThat(p.line()).isEqualTo(12);
              assertThat(p.message())
                  .isEqualTo(
                      "duplicate cell: learning_rate '0.10' on line 12 is the same as '0.1' on"
                          + " line 11: both are 0.1. Keep one.");
            });
  }

  @Test
  void anAxisOfStepsBoundsWhenToMeasure() throws Exception {
    String text =
        GOOD.replace("  steps: 100\n", "")
            .replace("width: [10, 20]", "width: [10, 20]\n  steps: [100, 60]");

    assertThat(refused(text))
        .hasMessageContaining("at 100 is out of range. Allowed: whole numbers from 0 to 60");
    assertThat(refused(text.replace("  at: [0, 50, 100]\n", "")))
        .hasMessageContaining(
            "steps is an axis, so say when to measure. Write at: [...] within 0 to 60.");
  }

  @Test
  void idsAreGivenOnce() throws Exception {
    String claim = "  - {id: one, says: b, sql: \"measured, reference, holds\"}\n";

    assertThat(refused(GOOD.replace("figures:", claim + "figures:")))
        .hasMessageContaining(
            ":22: claim id 'one' is given twice, first on line 19. Write another.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'' | 1 | the file is empty. Write question, seed, axes and measure.",
        "'# name: only a comment' | 1 | the file is empty. Write question, seed, axes and measure.",
        "'[name: x]' | 1 | the file is a list, and a study is a mapping. Begin with question: ...",
        "'name: a;---;name: b' | 2 | a second document begins. A file holds one study: remove the ---.",
        "'name: a;seed:;\t- 1' | 3 | a tab stands where a value begins or in the indentation. Write spaces. (column 1)",
        "'name: [a;seed: 1' | 2 | a list [...] is not closed, or a comma is missing in it. (column 5, opened on line 1)",
        "'name: a; seed: 1' | 2 | a colon stands where none can be. Put text that contains ': ' in quotes, and indent the keys of one mapping alike. (column 6)",
        "'name: a;seed' | 3 | a key has no colon after it. Write KEY: VALUE. (column 1)",
        "'name: \u0007' | 1 | character U+0007 cannot be in YAML. Remove it.",
      })
  void saysWhereYamlBreaks(String text, int line, String says) throws Exception {
    Path file = root.resolve("study.yaml");
    Files.writeString(file, text.substring(1, text.length() - 1).replace(';', '\n') + "\n");

    StudyException refused =
        catchThrowableOfType(
            StudyException.class, () -> StudyFile.read(file, Optional.empty(), SmallKnown.KNOWN));

    assertThat(refused).hasMessageContaining(":" + line + ": " + says);
  }

  @Test
  void bombsAreRefusedAtTheFirstAlias() throws Exception {
    assertThat(refused("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"))
        .hasMessageContaining(":2: alias *a is not read. Write the value out.");
    assertThat(refused("a: &a [*a]\n")).hasMessageContaining(":1: alias *a is not read.");
    assertThat(refused("a: " + "[".repeat(5000) + "]".repeat(5000) + "\n"))
        .hasMessageContaining("nested more than 40 deep");
  }

  @Test
  void whateverIsCutOutTheReaderNeverBreaks() throws Exception {
    StudyReader reader = new StudyReader("study.yaml", "bad", SmallKnown.KNOWN);
    for (int from = 0; from < GOOD.length(); from++) {
      for (String instead : new String[] {"", "(", "{", "~", ": ", "\n", "0"}) {
        String text = GOOD.substring(0, from) + instead + GOOD.substring(from + 1);
        try {
          assertThat(reader.read(text, Optional.empty())).isNotNull();
        } catch (StudyException e) {
          assertThat(e.problems()).isNotEmpty();
        } catch (RuntimeException e) {
          throw new AssertionError("The reader broke on:\n" + text, e);
        }
      }
    }
  }
}
