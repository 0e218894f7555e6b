package org.initlab.experiment.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The products in tiles against sums in double precision. */
class DenseProductsTest {

  private static float[] numbers(String name, int n) {
    Key key = Key.of(5).at(name);
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) (2 * key.uniform(i) - 1);
    }
    return numbers;
  }

  private static float[] read(Block block) {
    float[] values = new float[block.size()];
    block.get(values, values.length);
    return values;
  }

  private static void assertClose(float[] actual, double[] expected) {
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).as("element %s", i).isCloseTo(expected[i], within(3e-5));
    }
  }

  /** c[i, j] += factor sum over k of a[i, k] b[k, j], each reached by its strides. */
  private static double[] product(
      int m, int n, int k, double factor, float[] a, int ai, int ak, float[] b, int bk, int bj) {
    double[] c = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int l = 0; l < k; l++) {
          c[i * n + j] += factor * a[i * ai + l * ak] * b[l * bk + j * bj];
        }
      }
    }
    return c;
  }

  @ParameterizedTest(name = "{0} rows, {1} by {2}")
  @CsvSource({
    "1, 1, 1", // the least
    "10, 784, 32", // one tile
    "10, 257, 100", // tiles of 120, the last of 17
    "10, 250, 1000", // tiles of 100
    "3, 1000, 400", // tiles of 400
    "64, 90, 200", // tiles of 18
    "100, 120, 300", // too many rows for tiles
    "7, 33, 1"
  })
  void equalTheTextbook(int rows, int in, int out) {
    float[] w = numbers("w", in * out);
    float[] updated = equalTheTextbook(rows, in, out, w, Block.of(w));
    float[] spread = equalTheTextbook(rows, in, out, w, Block.ofRows(w, out));
    assertThat(spread).as("where rows are does not change a bit").isEqualTo(updated);
  }

  private static float[] equalTheTextbook(int rows, int in, int out, float[] w, Block ws) {
    List<Block> open = new ArrayList<>();
    float[] x = numbers("x", rows * in);
    float[] dy = numbers("dy", rows * out);
    Block xs = Block.of(x);
    Block ys = new Block(rows * out);
    Block dxs = new Block(rows * in);
    Block gradient = new Block(in * out);
    open.addAll(List.of(xs, ws, ys, dxs, gradient));
    DenseProducts products = new DenseProducts(rows, xs, ws, ys, dxs);

    products.forward();
    assertClose(read(ys), product(rows, out, in, 1, x, in, 1, w, out, 1));
    products.forward();
    assertClose(read(ys), product(rows, out, in, 1, x, in, 1, w, out, 1));

    ys.put(dy, dy.length);
    double[] dx = product(rows, in, out, 1, dy, out, 1, w, 1, out);
    double[] g = product(in, out, rows, 0.5, x, 1, in, dy, out, 1);
    products.backward();
    assertClose(read(dxs), dx);
    products.kernelGradient(0.5f, gradient);
    assertClose(read(gradient), g);

    double[] seen = new double[in * out];
    products.backward(
        0.5f,
        gradient,
        (from, count) -> {
          float[] tile = read(gradient);
          for (int i = 0; i < count; i++) {
            assertThat(seen[from + i]).isZero();
            seen[from + i] = tile[i];
          }
        });
    for (int i = 0; i < g.length; i++) {
      assertThat(seen[i]).isCloseTo(g[i], within(3e-5));
    }

    dxs.put(new float[rows * in], rows * in);
    products.backwardAndUpdate(0.75f, 0.5f);
    assertClose(read(dxs), dx); // by the kernel as it was before its update
    double[] updated = new double[in * out];
    for (int i = 0; i < updated.length; i++) {
      updated[i] = 0.75 * w[i] + g[i];
    }
    float[] kernel = read(ws);
    assertClose(kernel, updated);
    open.forEach(Block::close);
    return kernel;
  }

  @Test
  void rowsThatDoNotHoldTheKernelsAreRefused() {
    try (Block x = new Block(6);
        Block w = Block.ofRows(new float[12], 3);
        Block y = new Block(8)) {
      assertThatThrownBy(() -> new DenseProducts(2, x, w, y, null))
          .hasMessage("Rows of 3 floats do not hold 4.");
    }
  }
}
