package org.initlab.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemeLabelsTest {

  private static final String ORTHOGONAL =
      "by_role(hidden=orthogonal(gain=1.0), input=normal(stddev=0.1, mean=0.0), output=lecun_normal)";
  private static final String GAUSSIAN =
      "by_role(hidden=variance_scaling(scale=1.0, mode=fan_in), input=normal(stddev=0.1, mean=0.0), output=lecun_normal)";

  @Test
  void longNamesSayWhatTellsThemApart() {
    assertThat(SchemeLabels.of(List.of(ORTHOGONAL, GAUSSIAN, "he_normal")))
        .containsEntry(ORTHOGONAL, "hidden=orthogonal(gain=1.0)")
        .containsEntry(GAUSSIAN, "hidden=variance_scaling(scale=1.0, mode=fan_in)")
        .containsEntry("he_normal", "he_normal");
  }

  @Test
  void aNameAloneOrShortStays() {
    assertThat(SchemeLabels.of(List.of(ORTHOGONAL, "he_normal")))
        .containsEntry(ORTHOGONAL, ORTHOGONAL);
    assertThat(SchemeLabels.of(List.of("normal(stddev=0.1)", "normal(stddev=1.0)")))
        .containsEntry("normal(stddev=0.1)", "normal(stddev=0.1)");
  }

  @Test
  void labelsStayDifferent() {
    String more = ORTHOGONAL.replace("output=lecun_normal", "output=he_normal");
    assertThat(SchemeLabels.of(List.of(ORTHOGONAL, GAUSSIAN, more)).values())
        .doesNotHaveDuplicates();
  }
}
