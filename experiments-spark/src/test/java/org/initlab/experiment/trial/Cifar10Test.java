package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On files of the published format with twenty records each. */
class Cifar10Test {

  private static final int RECORDS = 20;
  private static final int RECORD = 3073;
  private static final Cifar10 SMALL = new Cifar10(RECORDS);

  @TempDir private Path folder;

  /** Image i of a file: red is i + file, green 100 + the row, blue the column. */
  private static byte[] content(int file) {
    byte[] content = new byte[RECORDS * RECORD];
    for (int i = 0; i < RECORDS; i++) {
      content[i * RECORD] = (byte) (i % 10);
      for (int place = 0; place < 1024; place++) {
        content[i * RECORD + 1 + place] = (byte) (i + 20 * file);
        content[i * RECORD + 1 + 1024 + place] = (byte) (100 + place / 32);
        content[i * RECORD + 1 + 2048 + place] = (byte) (place % 32);
      }
    }
    return content;
  }

  @BeforeEach
  void put() throws IOException {
    put(folder);
  }

  private static void put(Path folder) throws IOException {
    for (int file = 0; file < 5; file++) {
      Files.write(folder.resolve(Cifar10.TRAINING.get(file)), content(file));
    }
    Files.write(folder.resolve(Cifar10.TEST), content(5));
  }

  @Test
  void theThreeValuesOfAPlaceStandTogether() throws IOException {
    Dataset data = SMALL.in("tiny", folder);
    float[] x = new float[3072];

    int label = data.heldOut(Key.of(1)).write(3, x, 0);

    int image = Math.round(x[0] * 255) - 100;
    assertThat(label).isEqualTo(image % 10);
    for (int row = 0; row < 32; row++) {
      for (int column = 0; column < 32; column++) {
        int at = 3 * (32 * row + column);
        assertThat(x[at]).isEqualTo((100 + image) / 255f);
        assertThat(x[at + 1]).isEqualTo((100 + row) / 255f);
        assertThat(x[at + 2]).isEqualTo(column / 255f);
      }
    }
  }

  @Test
  void theFiveFilesAreTheTrainingImages() throws IOException {
    Dataset data = SMALL.in("tiny", folder);
    assertThat(data.trainingExamples()).isEqualTo(5 * RECORDS);
    assertThat(data.heldOutExamples()).isEqualTo(RECORDS);
    assertThat(data.inputs()).isEqualTo(3072);
    float[] x = new float[3072];
    TreeSet<Float> seen = new TreeSet<>();
    for (int i = 0; i < 5 * RECORDS; i++) {
      int label = data.training(Key.of(1)).write(i, x, 0);
      assertThat(label).isEqualTo(Math.round(x[0] * 255) % 10);
      seen.add(x[0]);
    }
    assertThat(seen).hasSize(5 * RECORDS);
  }

  @Test
  void aPixelChangesTheFingerprint() throws IOException {
    String before = SMALL.in("tiny", folder).fingerprint();
    byte[] other = content(4);
    other[7]++;
    Files.write(folder.resolve("data_batch_5.bin"), other);
    assertThat(SMALL.in("tiny", folder).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void theFolderOfTheArchiveIsFound() throws IOException {
    Path above = Files.createDirectories(folder.resolve("above"));
    put(Files.createDirectories(above.resolve("cifar-10-batches-bin")));
    assertThat(SMALL.in("tiny", above).heldOutExamples()).isEqualTo(RECORDS);
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.delete(folder.resolve("data_batch_3.bin"));
    Files.delete(folder.resolve("test_batch.bin"));
    assertThatThrownBy(() -> SMALL.in("cifar-10", folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("data_batch_3.bin, test_batch.bin are not in " + folder)
        .hasMessageContaining("--data")
        .hasMessageNotContaining("Maybe");
    Files.createFile(folder.resolve("data_batch_1"));
    assertThatThrownBy(() -> SMALL.in("cifar-10", folder))
        .hasMessageContaining("Maybe you have the Python version");
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.createFile(other.resolve("cifar-10-binary.tar.gz"));
    assertThatThrownBy(() -> Datasets.CIFAR_10.load(Optional.of(other)))
        .hasMessageContaining("The data set cifar-10 is the six files")
        .hasMessageContaining("Maybe unpack the archive");
  }

  @Test
  void brokenFilesAreNamed() throws IOException {
    byte[] whole = content(1);
    refuse(Arrays.copyOf(whole, whole.length - 1), "has 61459 bytes", "has 61460", "cut off");
    refuse(Arrays.copyOf(whole, whole.length + 20), "has 61480 bytes", "has 61460");
    refuse(new byte[0], "has 0 bytes", "cut off");
    byte[] label = whole.clone();
    label[2 * RECORD] = 10;
    refuse(label, "has the label 10 in record 3", "labels are 0 to 9");
    label[2 * RECORD] = (byte) 200;
    refuse(label, "has the label 200 in record 3");
    byte[] counts = whole.clone();
    counts[2 * RECORD] = 4; // a 2 that has become a 4
    refuse(counts, "[10, 10, 9, 10, 11, 10, 10, 10, 10, 10]", "10 each", "is there twice");
  }

  private void refuse(byte[] broken, String... says) throws IOException {
    put();
    Files.write(folder.resolve("data_batch_2.bin"), broken);
    assertThatThrownBy(() -> SMALL.in("cifar-10", folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data_batch_2.bin")
        .hasMessageContainingAll(says);
  }

  @Test
  void aTrainingFileInThePlaceOfTheTestFileIsTold() throws IOException {
    byte[] other = content(0);
    other[0] = 9;
    Files.write(folder.resolve(Cifar10.TEST), other);
    assertThatThrownBy(() -> SMALL.in("cifar-10", folder))
        .hasMessageContaining("test_batch.bin in " + folder + " has [1, 2,")
        .hasMessageContaining("Maybe it is one of the training files");
  }
}
