package org.initlab.init.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions of {@code jax.random} against what JAX 0.10.2 drew on an x86 processor. */
class JaxRandomTest {

  private static final int MANY = 1 << 20;

  /** {@code zlib.crc32(numpy.asarray(jax.random.normal(key, (1 << 20,))).tobytes())}, and so on. */
  @ParameterizedTest
  @CsvSource({
    "7, 404c0271, a3f27d83, dec88a5b",
    "42, a08cddd0, 0c272e72, 38fa5b22",
    "0, 8425d416, 00667af5, 8c27018c"
  })
  void aMillionNumbersAreJaxsToTheBit(long seed, String normal, String truncated, String uniform) {
    float[] out = new float[MANY];
    JaxRandom.normal(Key.of(seed), 1, out);
    assertThat(crc(out)).as("normal").isEqualTo(Long.parseLong(normal, 16));
    JaxRandom.truncatedNormal(Key.of(seed), 1, out);
    assertThat(crc(out)).as("truncated_normal").isEqualTo(Long.parseLong(truncated, 16));
    JaxRandom.uniform(Key.of(seed), -1, 1, 1, out);
    assertThat(crc(out)).as("uniform").isEqualTo(Long.parseLong(uniform, 16));
  }

  private static long crc(float[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    return crc.getValue();
  }

  /** What JAX prints for seed 7: the first three, and the smallest and largest of a million. */
  @Test
  void theFirstAndTheExtremesAreThoseThatJaxPrints() {
    float[] normal = new float[MANY];
    JaxRandom.normal(Key.of(7), 1, normal);
    float[] truncated = new float[MANY];
    JaxRandom.truncatedNormal(Key.of(7), 1, truncated);
    assertThat(Arrays.copyOf(normal, 3)).containsExactly(0.45123515f, 1.9534509f, -0.51623946f);
    assertThat(Arrays.copyOf(truncated, 3)).containsExactly(0.42935836f, 1.6748857f, -0.4907144f);
    Arrays.sort(normal);
    assertThat(normal[0]).isEqualTo(-5.419983f);
    assertThat(normal[MANY - 1]).isEqualTo(4.4908786f);
  }

  @Test
  void aPrefixDoesNotDependOnTheLengthAndTheFactorIsAppliedLast() {
    float[] all = new float[5_000];
    JaxRandom.normal(Key.of(5), 1, all);
    for (int length : new int[] {0, 1, 63, 2_047, 2_048, 2_049}) {
      float[] some = new float[length];
      JaxRandom.normal(Key.of(5), 0.3f, some);
      for (int i = 0; i < length; i++) {
        assertThat(some[i]).isEqualTo(all[i] * 0.3f);
      }
    }
  }

  /**
   * Every x that a uniform number of 23 bits can give, one in five, against the platform's own
   * inverse: the two round differently, by three units in the last place at most.
   */
  @Test
  void bothInversesAreTheSameFunction() {
    float[] x = new float[(1 << 23) / 5];
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = y[i] = Math.nextUp(-1f) + 2 * (Float.intBitsToFloat(5 * i | 0x3F800000) - 1);
    }
    new XlaInverseErf(x.length).apply(x, x.length);
    new InverseErf(y.length).apply(y, y.length, (float) Math.sqrt(2), 1);
    int most = 0;
    for (int i = 0; i < x.length; i++) {
      most = Math.max(most, Math.abs(Float.floatToIntBits(x[i]) - Float.floatToIntBits(y[i])));
    }
    assertThat(most).isBetween(1, 3);
  }
}
