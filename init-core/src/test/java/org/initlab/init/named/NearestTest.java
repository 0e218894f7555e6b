package org.initlab.init.named;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> NAMES = List.of("glorot_uniform", "he_normal", "zeros");

  @Test
  void aSlipFindsItsName() {
    assertThat(Nearest.to("glorot_unifrom", NAMES)).contains("glorot_uniform");
    assertThat(Nearest.to("HeNormal", NAMES)).contains("he_normal");
    assertThat(Nearest.maybe("zeroes", NAMES)).isEqualTo(" Maybe zeros.");
  }

  @Test
  void aStrangeWordFindsNothing() {
    assertThat(Nearest.to("banana", NAMES)).isEmpty();
    assertThat(Nearest.maybe("banana", NAMES)).isEmpty();
    assertThat(Nearest.to("zeros", List.of())).isEmpty();
  }

  @Test
  void ofTwoAsNearTheFirstInTheAlphabetIsTaken() {
    assertThat(Nearest.to("ac", List.of("ab", "aa"))).contains("aa");
  }
}
