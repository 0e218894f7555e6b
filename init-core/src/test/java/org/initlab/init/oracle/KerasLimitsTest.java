package org.initlab.init.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.initlab.init.Layout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Keras's initializers ask of their backend, heard from the real Keras. */
@Tag("slow")
class KerasLimitsTest {

  private static final List<String> SHAPES = List.of("1,2", "7,13", "3,3,3,32", "2,1,2,3,5");

  /** The op, and its two numbers as the float32 that TensorFlow makes of them. */
  @Test
  void kerasAsksForTheLimitsThatTheRowsAreComparedWith(@TempDir Path folder) throws Exception {
    List<String> lines = new ArrayList<>();
    for (KerasCase one : KerasCase.ALL) {
      for (String shape : SHAPES) {
        lines.add(
            "%s keras_asks(keras.initializers.%s, (%s))"
                .formatted(folder.resolve("asks" + lines.size()), one.call(), shape));
      }
    }
    PythonPackage.KERAS.ask(lines, folder);
    int asked = 0;
    for (KerasCase one : KerasCase.ALL) {
      for (String shape : SHAPES) {
        String[] words =
            one.rule().words(Layout.KERNEL_IN_OUT.shape(lengths(shape)).fans()).split(" ");
        assertThat(Oracle.read(folder.resolve("asks" + asked++)))
            .as("%s of shape %s: %s", one.call(), shape, List.of(words))
            .containsExactly(
                KerasCase.OPS.indexOf(words[0]),
                (float) Double.parseDouble(words[1]),
                (float) Double.parseDouble(words[2]));
      }
    }
  }

  private static long[] lengths(String shape) {
    return List.of(shape.split(",")).stream().mapToLong(Long::parseLong).toArray();
  }
}
