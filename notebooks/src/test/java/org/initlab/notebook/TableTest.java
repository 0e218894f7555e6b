package org.initlab.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final Table LONG =
      new Table(
          List.of("n", "name"),
          IntStream.range(0, 172).mapToObj(i -> List.<Object>of(i, "row " + i)).toList());

  @Test
  void longTablesAreCutWithACount() {
    assertThat(LONG.shown().text())
        .contains("row 19", "20 of 172 rows are shown")
        .doesNotContain("row 20");
    assertThat(LONG.shown().html()).contains("20 of 172 rows are shown");
    assertThat(LONG.all().shown().text()).contains("row 171").doesNotContain("are shown");
    assertThat(LONG.head(3).size()).isEqualTo(3);
  }

  @Test
  void htmlIsEscapedAndNothingIsEmpty() {
    Table table = new Table(List.of("<a>"), List.of(Arrays.asList((Object) null), List.of("<b>")));
    assertThat(table.shown().html())
        .contains("&lt;a&gt;", "&lt;b&gt;")
        .doesNotContain("null", "<b>");
  }

  @Test
  void columnsAreAskedByName() {
    assertThat(LONG.where("n", 7.0).texts("name")).containsExactly("row 7");
    assertThat(LONG.where("n", 7).number("n")).isEqualTo(7);
    assertThatThrownBy(() -> LONG.numbers("nam")).hasMessageContaining("Maybe name.");
    assertThatThrownBy(() -> LONG.numbers("name")).hasMessageContaining("which is no number");
    assertThatThrownBy(() -> LONG.number("n")).hasMessageContaining("this one has 172");
    assertThatThrownBy(() -> new Table(List.of("a"), List.of(List.of(1, 2))))
        .hasMessage("A row of 2 values does not fit 1 columns.");
  }

  @Test
  void numbersAreBrief() {
    assertThat(Numbers.brief(0.1 + 0.2)).isEqualTo("0.3");
    assertThat(Numbers.brief(1234567.0)).isEqualTo("1234600");
    assertThat(Numbers.brief(1.5e-9)).isEqualTo("1.500e-09");
    assertThat(Numbers.brief(Double.NaN)).isEqualTo("NaN");
    assertThat(Numbers.brief((Object) 7L)).isEqualTo("7");
  }
}
