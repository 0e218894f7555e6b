package org.initlab.experiment.trial;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The four files of MNIST: in a folder that somebody names, or in the user's cache, where they are
 * put from public mirrors when they are not yet there.
 *
 * @param sha256 hash of the uncompressed content by file name; the names are the files'
 * @param mirrors addresses that end in a slash, tried in this order for {@code NAME.gz}
 */
record MnistFiles(Map<String, String> sha256, List<URI> mirrors) {

  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  /** LeCun, Cortes and Burges's files. */
  static final MnistFiles PUBLISHED =
      new MnistFiles(
          Map.of(
              TRAIN_IMAGES, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
              TRAIN_LABELS, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
              TEST_IMAGES, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
              TEST_LABELS, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
          List.of(
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")));

  MnistFiles {
    sha256 = Map.copyOf(sha256);
    mirrors = List.copyOf(mirrors);
  }

  /** Where downloads are kept: {@code $XDG_CACHE_HOME/initlab/mnist}, or under {@code ~/.cache}. */
  static Path cache() {
    String root = System.getenv("XDG_CACHE_HOME");
    Path caches =
        root == null || root.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(root);
    return caches.resolve("initlab").resolve("mnist");
  }

  /** The checked content of the files in {@code folder}, raw or with the ending .gz. */
  Map<String, byte[]> in(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    for (String name : new TreeSet<>(sha256.keySet())) {
      Path file =
          present(folder, name)
              .orElseThrow(() -> new IOException(name + " is not there. " + advice(folder)));
      contents.put(name, checked(file.toString(), name, Files.readAllBytes(file)));
    }
    return contents;
  }

  /** Puts the files that {@code folder} lacks there, each whole or not at all. */
  void download(Path folder) throws IOException {
    for (String name : new TreeSet<>(sha256.keySet())) {
      if (present(folder, name).isEmpty()) {
        fetch(name, folder);
      }
    }
  }

  private void fetch(String name, Path folder) throws IOException {
    IOException failure = new IOException("MNIST could not be downloaded. " + advice(folder));
    for (URI mirror : mirrors) {
      URI from = mirror.resolve(name + ".gz");
      try {
        byte[] bytes = bytes(from);
        checked(from.toString(), name, bytes);
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, name, ".part");
        try {
          Files.write(part, bytes);
          Files.move(part, folder.resolve(name + ".gz"), StandardCopyOption.REPLACE_EXISTING);
        } finally {
          Files.deleteIfExists(part);
        }
        return;
      } catch (IOException e) {
        failure.addSuppressed(new IOException(from + ": " + e, e));
      }
    }
    throw failure;
  }

  private static byte[] bytes(URI from) throws IOException {
    URLConnection connection = from.toURL().openConnection();
    connection.setConnectTimeout(10_000);
    connection.setReadTimeout(60_000);
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  private static Optional<Path> present(Path folder, String name) {
    return List.of(folder.resolve(name), folder.resolve(name + ".gz")).stream()
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private byte[] checked(String file, String name, byte[] bytes) throws IOException {
    byte[] content = IdxFile.content(file, bytes);
    IdxFile.of(file, content, name.contains("images") ? 3 : 1);
    String hash = Fingerprint.of(content);
    if (!hash.equals(sha256.get(name))) {
      throw new IOException(
          file + " is not MNIST's: its SHA-256 is " + hash + ", not " + sha256.get(name) + ".");
    }
    return content;
  }

  private String advice(Path folder) {
    return sha256.keySet().stream()
        .sorted()
        .collect(
            Collectors.joining(
                ", ",
                "Put the four files ",
                " (each as it is or as .gz) into "
                    + folder
                    + ", or use the data set mnist-6k, which needs no files."));
  }
}
