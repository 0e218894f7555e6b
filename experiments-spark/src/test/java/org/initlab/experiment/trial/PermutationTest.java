package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermutationTest {

  @Test
  void permutationsOfAnySizeAreOntoAndNearlyUniform() {
    for (int n : new int[] {1, 2, 3, 7, 64, 65, 1000}) {
      Permutation p = new Permutation(Key.of(n), n);
      assertThat(IntStream.range(0, n).map(p::of).distinct().filter(i -> i < n).count())
          .isEqualTo(n);
    }
    int[] places = new int[5];
    for (int seed = 0; seed < 5000; seed++) {
      places[new Permutation(Key.of(seed), 5).of(0)]++;
    }
    for (int count : places) {
      assertThat(count).isBetween(1000 - 130, 1000 + 130); // 4.6 sigma
    }
  }

  /** An order that changed would change the results of every study on a finite set. */
  @ParameterizedTest
  @CsvSource({
    "10, 5 2 9 7 6 1 3 4, 0",
    "6000, 1703 1229 3867 3612 2589 3579 4168 1772, 5258",
    "60000, 4923 50478 45541 2029 41821 7709 54859 53255, 22866",
    "2147483647, 875004946 1346189447 190060753 327795446 479135640 915826166 993857863 83149157, 1024211880"
  })
  void aKeyMeansTheSameOrderForEver(int n, String first, int last) {
    Permutation p = new Permutation(Key.of(7), n);
    for (int look = 0; look < 2; look++) { // the second time from words that are known
      assertThat(IntStream.range(0, 8).map(p::of).mapToObj(Integer::toString))
          .containsExactly(first.split(" "));
      assertThat(p.of(n - 1)).isEqualTo(last);
    }
  }
}
