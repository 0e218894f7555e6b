package org.initlab.init.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;

/**
 * The first ten weights of every row from a fixed key, as release 0.1 draws them. A difference
 * means that users' numbers change. Where that is meant, {@code -Dinitlab.golden=write} writes the
 * file anew, and the change belongs in the changelog under "Value-breaking".
 */
class GoldenDrawsTest {

  private static final Path FILE = Path.of("src/test/resources/golden/0.1/draws.csv");

  @Test
  void everyRowDrawsWhatItAlwaysDrew() throws IOException {
    List<String> drawn = new ArrayList<>();
    drawn.add("initializer;w0;w1;w2;w3;w4;w5;w6;w7;w8;w9");
    for (Row row : Named.rows()) {
      drawn.add(line(row));
    }
    if ("write".equals(System.getProperty("initlab.golden"))) {
      Files.write(FILE, drawn);
    }
    List<String> golden = Files.readAllLines(FILE);
    assertThat(golden).hasSameSizeAs(drawn);
    for (int i = 0; i < golden.size(); i++) {
      if (golden.get(i).matches("(\\w+:)?(delta_)?orthogonal.*|looks_linear.*")) {
        close(drawn.get(i), golden.get(i));
      } else {
        assertThat(drawn.get(i)).isEqualTo(golden.get(i));
      }
    }
  }

  private static String line(Row row) {
    String text = RowContractTest.text(row);
    float[] values =
        Named.initializer(text).draw(RowContractTest.site(row), Key.of(2010).at("golden")).values();
    StringBuilder line = new StringBuilder(Named.canonical(text));
    for (int i = 0; i < 10; i++) {
      line.append(';').append(values[i]);
    }
    return line.toString();
  }

  /** LAPACK's last bits are the processor's. */
  private static void close(String drawn, String golden) {
    String[] a = drawn.split(";");
    String[] b = golden.split(";");
    assertThat(a).hasSameSizeAs(b);
    assertThat(a[0]).isEqualTo(b[0]);
    for (int i = 1; i < a.length; i++) {
      assertThat(Float.parseFloat(a[i])).isCloseTo(Float.parseFloat(b[i]), within(1e-5f));
    }
  }
}
