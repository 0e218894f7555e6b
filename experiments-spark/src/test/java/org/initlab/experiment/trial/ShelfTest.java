package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A shelf gives each key its bytes, makes them seldom, and holds no more than its bound. */
class ShelfTest {

  private static final int LENGTH = 8;

  private final List<Integer> made = new ArrayList<>();
  private final Shelf<Integer> shelf =
      new Shelf<>(
          3 * LENGTH + 1,
          LENGTH,
          (key, into) -> {
            made.add(key);
            Arrays.fill(into, key.byteValue());
          });

  private byte[] get(int key) {
    byte[] bytes = new byte[LENGTH];
    shelf.get(key, bytes);
    return bytes;
  }

  private static byte[] bytesOf(int key) {
    byte[] bytes = new byte[LENGTH];
    Arrays.fill(bytes, (byte) key);
    return bytes;
  }

  @Test
  void whatIsThereIsNotMadeAgainAndTheLongestUnusedGoes() {
    for (int key : List.of(1, 2, 3, 1, 2, 4, 1, 3)) {
      assertThat(get(key)).isEqualTo(bytesOf(key));
    }
    // 4 took the place of 3, which was the longest unused; 3 then that of 2.
    assertThat(made).containsExactly(1, 2, 3, 4, 3);
    assertThat(get(1)).isEqualTo(bytesOf(1));
    assertThat(get(4)).isEqualTo(bytesOf(4));
    assertThat(made).hasSize(5);
  }

  @Test
  void bytesGivenBeforeAreTheReadersOwn() {
    byte[] first = get(1);
    first[0] = 100;
    for (int key = 2; key < 9; key++) {
      get(key); // 1 goes, and its memory is another's
    }
    assertThat(first).containsExactly(100, 1, 1, 1, 1, 1, 1, 1);
    assertThat(get(1)).isEqualTo(bytesOf(1));
  }

  @Test
  void aMakerThatFailsLeavesNothing() {
    AtomicInteger calls = new AtomicInteger();
    Shelf<Integer> failing =
        new Shelf<>(
            LENGTH,
            LENGTH,
            (key, into) -> {
              into[0] = 9;
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
              }
              Arrays.fill(into, (byte) 5);
            });
    byte[] bytes = new byte[LENGTH];
    assertThatThrownBy(() -> failing.get(1, bytes)).hasMessage("once");
    failing.get(1, bytes);
    assertThat(bytes).isEqualTo(bytesOf(5));
    assertThatThrownBy(() -> failing.get(1, new byte[3])).hasMessage("3 bytes for 8");
  }

  @Test
  void manyThreadsEachGetTheirKeysBytes() {
    Shelf<Integer> shared =
        new Shelf<>(
            20L * LENGTH, LENGTH, (key, into) -> Arrays.fill(into, (byte) (key * 31 % 100)));
    assertThat(
            IntStream.range(0, 200_000)
                .parallel()
                .filter(
                    i -> {
                      int key = i * 7 % 40;
                      byte[] bytes = new byte[LENGTH];
                      shared.get(key, bytes);
                      return !Arrays.equals(bytes, bytesOf(key * 31 % 100));
                    }))
        .isEmpty();
  }
}
