package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

  @TempDir private Path folder;

  private static byte[] images(int n) {
    ByteBuffer file = ByteBuffer.allocate(16 + 4 * n).putInt(0x803).putInt(n).putInt(2).putInt(2);
    for (int i = 0; i < 4 * n; i++) {
      file.put((byte) (i / 4 * 10));
    }
    return file.array();
  }

  private static byte[] labels(int n) {
    ByteBuffer file = ByteBuffer.allocate(8 + n).putInt(0x801).putInt(n);
    for (int i = 0; i < n; i++) {
      file.put((byte) (i % 10));
    }
    return file.array();
  }

  private static Map<String, byte[]> tiny() {
    return Map.of(
        MnistFiles.TRAIN_IMAGES, images(20),
        MnistFiles.TRAIN_LABELS, labels(20),
        MnistFiles.TEST_IMAGES, images(5),
        MnistFiles.TEST_LABELS, labels(5));
  }

  private static MnistFiles files(Map<String, byte[]> contents, List<URI> mirrors) {
    Map<String, String> hashes = new HashMap<>();
    contents.forEach((name, content) -> hashes.put(name, Fingerprint.of(content)));
    return new MnistFiles(hashes, mirrors);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private void put(Map<String, byte[]> contents) throws IOException {
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  @Test
  void anEpochIsAPermutationAndTheNextIsAnother() throws IOException {
    Dataset data = Mnist.of("tiny", tiny());
    float[] x = new float[4];
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();
    TreeSet<Float> seen = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      int label = data.training(Key.of(1)).write(i, x, 0);
      assertThat(label).isEqualTo(Math.round(x[3] * 255) / 10 % 10);
      (i < 20 ? first : second).append(x[0]).append(' ');
      if (i < 20) {
        seen.add(x[0]);
      }
    }
    assertThat(seen).hasSize(20);
    assertThat(second).isNotEqualToIgnoringWhitespace(first);
  }

  @Test
  void heldOutExamplesAreTheTestImagesOnceEach() throws IOException {
    Dataset data = Mnist.of("tiny", tiny());
    assertThat(data.heldOutExamples()).isEqualTo(5);
    float[] x = new float[4];
    assertThat(IntStream.range(0, 5).map(i -> data.heldOut(Key.of(1)).write(i, x, 0)).boxed())
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    assertThatThrownBy(() -> data.heldOut(Key.of(1)).write(5, x, 0))
        .hasMessageContaining("5 held-out");
  }

  @Test
  void whatIsKeptApartIsTheRestOfTheTrainingImages() throws IOException {
    Dataset data = Mnist.of("tiny", tiny());
    float[] x = new float[4];
    Apart apart = new Apart(Key.of(5), 6);
    TreeSet<Float> validation = new TreeSet<>();
    for (int i = 0; i < 6; i++) {
      int label = data.validation(apart).write(i, x, 0);
      assertThat(label).isEqualTo(Math.round(x[3] * 255) / 10 % 10);
      validation.add(x[0]);
    }
    assertThat(validation).hasSize(6);
    for (int repeat = 0; repeat < 5; repeat++) {
      TreeSet<Float> learned = new TreeSet<>();
      for (int i = 0; i < 3 * 14; i++) { // three epochs
        data.training(Key.of(repeat), apart).write(i, x, 0);
        learned.add(x[0]);
        assertThat(validation).doesNotContain(x[0]);
        assertThat(learned).hasSize(Math.min(i + 1, 14));
      }
    }
    assertThatThrownBy(() -> data.validation(apart).write(6, x, 0))
        .hasMessageContaining("6 validation examples");
    Apart all = new Apart(Key.of(5), 20);
    assertThatThrownBy(() -> data.training(Key.of(1), all))
        .hasMessageContaining("20 for validation leave none");
    assertThatThrownBy(() -> data.validation(all)).hasMessageContaining("leave none");
  }

  @Test
  void filesMayBeRawOrCompressed() throws IOException {
    put(tiny());
    Files.delete(folder.resolve(MnistFiles.TEST_IMAGES));
    Files.write(folder.resolve(MnistFiles.TEST_IMAGES + ".gz"), gzip(images(5)));
    assertThat(Mnist.of("tiny", files(tiny(), List.of()).in(folder)).heldOutExamples())
        .isEqualTo(5);
  }

  @Test
  void missingFilesAreDownloadedOnceFromTheFirstMirrorThatHasThem() throws IOException {
    Path mirror = Files.createDirectories(folder.resolve("mirror"));
    for (Map.Entry<String, byte[]> file : tiny().entrySet()) {
      Files.write(mirror.resolve(file.getKey() + ".gz"), gzip(file.getValue()));
    }
    URI nowhere = folder.resolve("nowhere").toUri().resolve("nowhere/");
    Path cache = folder.resolve("cache");
    MnistFiles files = files(tiny(), List.of(nowhere, mirror.toUri()));
    files.download(cache);
    assertThat(files.in(cache)).hasSize(4);
    files(tiny(), List.of(nowhere)).download(cache);
    try (var left = Files.list(cache)) {
      assertThat(left).hasSize(4);
    }
  }

  @Test
  void offlineItSaysWhichFourFilesToPutWhere() {
    MnistFiles files = files(tiny(), List.of(folder.resolve("nowhere").toUri()));
    assertThatThrownBy(() -> files.download(folder.resolve("cache")))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(tiny().keySet().toArray(new String[0]))
        .hasMessageContaining("cache")
        .hasMessageContaining("mnist-6k");
    assertThatThrownBy(() -> Datasets.MNIST.load(Optional.of(folder)))
        .hasMessageContaining("t10k-images-idx3-ubyte is not there");
  }

  @Test
  void brokenFilesAreNamed() throws IOException {
    MnistFiles files = files(tiny(), List.of());
    byte[] whole = images(20);
    refuse(files, java.util.Arrays.copyOf(whole, 10), "is cut off");
    refuse(files, java.util.Arrays.copyOf(whole, 60), "says that it has 80 elements");
    refuse(files, labels(20), "starts with 00000801, not with 00000803");
    refuse(files, images(21), "is not MNIST's: its SHA-256 is");
    refuse(files, java.util.Arrays.copyOf(gzip(whole), 20), "is not a whole gzip file");
  }

  private void refuse(MnistFiles files, byte[] broken, String says) throws IOException {
    put(tiny());
    Files.write(folder.resolve(MnistFiles.TRAIN_IMAGES), broken);
    assertThatThrownBy(() -> files.in(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(MnistFiles.TRAIN_IMAGES)
        .hasMessageContaining(says);
  }

  @Test
  void imagesAndLabelsMustMatch() {
    Map<String, byte[]> contents = new HashMap<>(tiny());
    contents.put(MnistFiles.TEST_LABELS, labels(6));
    assertThatThrownBy(() -> Mnist.of("tiny", contents)).hasMessageContaining("has 6 labels");
  }

  @Test
  void theShippedPartIsTheStartOfMnist() throws IOException {
    Dataset data = Datasets.MNIST_6K.load(Optional.empty());
    assertThat(data.inputs()).isEqualTo(784);
    assertThat(data.heldOutExamples()).isEqualTo(1000);
    assertThat(data.fingerprint())
        .isEqualTo("03dc591647c4e8363958fc6c69d1022e753e01151e5423680b7f1fc198d2e693");
    assertThat(Datasets.MNIST_6K.load(Optional.empty())).isSameAs(data);
  }

  @Test
  void theTableSaysWhatTheDataAre() throws IOException {
    for (Datasets row : Datasets.values()) {
      if (row != Datasets.MNIST && row != Datasets.CIFAR_10) { // whose files are not here
        Dataset data = row.load(Optional.empty());
        assertThat(data.name()).isEqualTo(row.title());
        assertThat(data.inputs()).isEqualTo(row.inputs());
        assertThat(data.classes()).isEqualTo(row.classes());
        assertThat(data.trainingExamples()).isEqualTo(row.trainingExamples());
      }
    }
    assertThatThrownBy(() -> Datasets.named("minst")).hasMessageContaining("Maybe mnist.");
  }
}
