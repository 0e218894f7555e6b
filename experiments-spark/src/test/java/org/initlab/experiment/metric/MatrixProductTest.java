package org.initlab.experiment.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.initlab.experiment.numeric.DoubleProducts;
import org.initlab.init.Law;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products whose spectra are known because they were built from them. */
class MatrixProductTest {

  private static final Key KEY = Key.of(1312);

  /** U(k+1) D(k) U(k)^T, all U orthogonal: the product has the singular values d(N) ... d(1). */
  @ParameterizedTest
  @CsvSource({"1, 30", "5, 30", "100, 30", "100, 200"})
  void singularValuesOfManyMagnitudes(int factors, int n) {
    List<double[]> matrices = new ArrayList<>();
    double[] logs = new double[n];
    double[] before = orthogonal(n, 0);
    for (int k = 0; k < factors; k++) {
      double[] middle = new double[n * n];
      for (int i = 0; i < n; i++) {
        double d = Math.pow((i + 0.7) / n, 0.5);
        middle[i * n + i] = d;
        logs[i] += Math.log(d);
      }
      double[] after = orthogonal(n, k + 1);
      matrices.add(between(n, before, middle, after));
      before = after;
    }
    MatrixProduct product = MatrixProduct.of(n, matrices);
    double[] values = product.singularValues();
    Arrays.sort(logs);
    assertThat(product.logDeterminant()).isCloseTo(Arrays.stream(logs).sum(), within(1e-9));
    for (int i = 0; i < n; i++) {
      assertThat(Math.log(values[i])).as("rank %d", i).isCloseTo(logs[n - 1 - i], within(1e-10));
    }
    assertThat(logs[0]).isLessThan(factors < 100 ? 0 : -150);
  }

  /**
   * U(k+1) T(k) U(k)^T with block triangles T and U(N+1) = U(1): the product has the eigenvalues of
   * its diagonal blocks. The last two rows of each T are a rotation by an angle, times a number.
   */
  @ParameterizedTest
  @CsvSource({"1, 12", "1, 200", "5, 30", "5, 200", "100, 30", "100, 200"})
  void eigenvaluesOfManyMagnitudes(int factors, int n) {
    List<double[]> matrices = new ArrayList<>();
    double[] logs = new double[n];
    double angle = 1.0 / factors;
    double[] first = orthogonal(n, 0);
    double[] before = first;
    for (int k = 0; k < factors; k++) {
      double[] noise = gaussian(n, KEY.at("noise", k));
      double[] t = new double[n * n];
      for (int row = 0; row < n; row++) {
        double d = Math.pow((n - row - 0.3) / n, 0.5);
        for (int column = row; column < n; column++) {
          t[column * n + row] = noise[column * n + row] / 4;
        }
        t[row * n + row] = d;
        logs[row] += Math.log(row == n - 1 ? Math.pow(1.7 / n, 0.5) : d);
      }
      double size = t[(n - 2) * n + n - 2];
      t[(n - 2) * n + n - 2] = size * Math.cos(angle);
      t[(n - 1) * n + n - 1] = size * Math.cos(angle);
      t[(n - 1) * n + n - 2] = -size * Math.sin(angle);
      t[(n - 2) * n + n - 1] = size * Math.sin(angle);
      double[] after = k == factors - 1 ? first : orthogonal(n, k + 1);
      matrices.add(between(n, before, t, after));
      before = after;
    }
    MatrixProduct product = MatrixProduct.of(n, matrices);
    Eigenvalues values = product.eigenvalues().orElseThrow();
    for (int i = 0; i < n; i++) {
      double modulus = Math.hypot(values.real()[i], values.imaginary()[i]);
      assertThat(Math.log(modulus)).as("rank %d", i).isCloseTo(logs[i], within(1e-6));
      if (i < n - 2) {
        assertThat(values.imaginary()[i] / modulus).as("rank %d", i).isCloseTo(0, within(1e-6));
      }
    }
    assertThat(Math.atan2(values.imaginary()[n - 2], values.real()[n - 2]))
        .isCloseTo(1, within(1e-6));
    assertThat(values.imaginary()[n - 1]).isEqualTo(-values.imaginary()[n - 2]);
  }

  /** What rounding leaves of a product: nothing below 1e-16 of the largest. */
  @Test
  void thePlainProductWouldNotDo() {
    List<double[]> factors = gaussian(40, 100);
    double[] plain = new double[0];
    for (double[] factor : factors) {
      double[] next = new double[factor.length];
      if (plain.length > 0) {
        DoubleProducts.forward(40, plain, factor, next);
      }
      plain = plain.length > 0 ? next : factor;
    }
    MatrixProduct product = MatrixProduct.of(40, factors);
    assertThat(product.agrees(logs(SingularValues.of(plain, 40, 40)))).isFalse();
    assertThat(product.agrees(logs(product.singularValues()))).isTrue();
    Eigenvalues values = product.eigenvalues().orElseThrow();
    double[] moduli =
        IntStream.range(0, 40)
            .mapToDouble(i -> Math.hypot(values.real()[i], values.imaginary()[i]))
            .toArray();
    assertThat(product.agrees(logs(moduli))).isTrue();
    assertThat(moduli[39]).isBetween(1e-180, 1e-100);
  }

  /** Long ones too, where LAPACK would begin with a QR decomposition by blocks. */
  @ParameterizedTest
  @CsvSource({"150, 400", "400, 150", "128, 400", "200, 210"})
  void singularValuesOfLongMatrices(int rows, int columns) {
    int least = Math.min(rows, columns);
    int most = Math.max(rows, columns);
    double[] narrow = orthogonal(least, 1);
    double[] wide = orthogonal(most, 2);
    double[] matrix = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < least; k++) {
          double u = rows == least ? narrow[k * least + i] : wide[k * most + i];
          double v = rows == least ? wide[k * most + j] : narrow[k * least + j];
          matrix[i * columns + j] += u * (k + 1) * v;
        }
      }
    }
    double[] values = SingularValues.of(matrix, rows, columns);
    assertThat(values).hasSize(least);
    for (int i = 0; i < least; i++) {
      assertThat(values[i]).isCloseTo(least - i, within(1e-10));
    }
  }

  @Test
  void aSingularFactorIsNoticed() {
    List<double[]> factors = gaussian(10, 5);
    Arrays.fill(factors.get(2), 0, 10, 0);
    MatrixProduct product = MatrixProduct.of(10, factors);
    assertThat(product.agrees(logs(product.singularValues()))).isFalse();
  }

  private static double logs(double[] values) {
    return Arrays.stream(values).map(Math::log).sum();
  }

  private static List<double[]> gaussian(int n, int factors) {
    return IntStream.range(0, factors).mapToObj(k -> gaussian(n, KEY.at("gaussian", k))).toList();
  }

  private static double[] gaussian(int n, Key key) {
    float[] noise = new float[n * n];
    new Law.Normal().fill(key, (float) Math.sqrt(1.0 / n), noise);
    return IntStream.range(0, n * n).mapToDouble(i -> noise[i]).toArray();
  }

  private static double[] orthogonal(int n, int number) {
    return MatrixProduct.of(n, List.of(gaussian(n, KEY.at("orthogonal", number)))).q();
  }

  /** after middle before^T, all column-major. */
  private static double[] between(int n, double[] before, double[] middle, double[] after) {
    double[] left = new double[n * n];
    DoubleProducts.forward(n, middle, after, left);
    double[] all = new double[n * n];
    double[] transposed = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        transposed[j * n + i] = before[i * n + j];
      }
    }
    DoubleProducts.forward(n, transposed, left, all);
    return all;
  }
}
