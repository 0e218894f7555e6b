package org.initlab.experiment.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.initlab.init.random.Key;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions on patches against sums written out place by place, tap by tap. */
class PatchProductsTest {

  private static final int EXAMPLES = 3;

  /** Sums of up to some 2,000 products in single precision: 2,000 roundings of 2^-24 at worst. */
  private static final double ROUNDING = 1e-4;

  private static float[] numbers(String name, int n) {
    Key key = Key.of(31).at(name);
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) (2 * key.uniform(i) - 1);
    }
    return numbers;
  }

  /** Images that lie whole and in strips, and such as need two tiles of rows. */
  static List<Arguments> windows() {
    List<Arguments> windows = new ArrayList<>();
    for (Volume in : List.of(new Volume(7, 6, 2), new Volume(13, 12, 5), new Volume(30, 27, 18))) {
      for (Padding padding : Padding.values()) {
        for (int kernel : new int[] {1, 2, 3, 4, 5}) {
          for (int stride : new int[] {1, 2, 3}) {
            windows.add(Arguments.of(new Window(in, kernel, stride, padding)));
          }
        }
      }
    }
    return windows;
  }

  @ParameterizedTest
  @MethodSource("windows")
  void productsAreTheSumsOverTheWindows(Window window) {
    int out = 7;
    int places = window.places();
    int image = window.in().size();
    int channels = window.in().channels();
    float[] z = numbers("z", EXAMPLES * image);
    float[] w = numbers("w", window.inputs() * out);
    float[] ds = numbers("ds", EXAMPLES * places * out);
    double[] s = new double[ds.length];
    double[] dz = new double[z.length];
    double[] dw = new double[w.length];
    for (int e = 0; e < EXAMPLES; e++) {
      for (int place = 0; place < places; place++) {
        for (int i = 0; i < window.inputs(); i++) {
          int source = window.source(place, i / channels);
          if (source < 0) {
            continue;
          }
          int from = e * image + source + i % channels;
          for (int o = 0; o < out; o++) {
            int to = (e * places + place) * out + o;
            s[to] += (double) z[from] * w[i * out + o];
            dz[from] += (double) ds[to] * w[i * out + o];
            dw[i * out + o] += (double) z[from] * ds[to];
          }
        }
      }
    }
    float[] gotS = new float[s.length];
    float[] gotDz = numbers("what was there before", z.length);
    try (Block kernel = Block.of(w);
        Block gradient = new Block(w.length);
        PatchProducts.Room room =
            new PatchProducts.Room(PatchProducts.Need.of(window, out, EXAMPLES));
        PatchProducts products =
            new PatchProducts(EXAMPLES, window, z, kernel, gotS, ds, gotDz, room)) {
      for (int twice = 0; twice < 2; twice++) { // what is left of one pass must not reach the next
        products.forward();
        close(gotS, s, 1);
        products.backward();
        close(gotDz, dz, 1);
        products.kernelGradient(0.5f, gradient);
        close(read(gradient), dw, 0.5);
      }
      products.backwardAndUpdate(1, 0.5f);
      close(gotDz, dz, 1);
      double[] moved = new double[w.length];
      for (int i = 0; i < w.length; i++) {
        moved[i] = w[i] + 0.5 * dw[i];
      }
      close(read(kernel), moved, 1);
    }
  }

  private static float[] read(Block block) {
    float[] numbers = new float[block.size()];
    block.get(numbers, numbers.length);
    return numbers;
  }

  private static void close(float[] got, double[] want, double factor) {
    for (int i = 0; i < want.length; i++) {
      assertThat((double) got[i])
          .isCloseTo(factor * want[i], within(ROUNDING * (1 + Math.abs(want[i]))));
    }
  }
}
