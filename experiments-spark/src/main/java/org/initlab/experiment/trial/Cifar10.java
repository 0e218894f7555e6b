package org.initlab.experiment.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.experiment.numeric.Volume;

/**
 * Makes a data set of the six files of CIFAR-10's binary version (A. Krizhevsky, Learning Multiple
 * Layers of Features from Tiny Images, 2009): each a row of records, each record a byte with the
 * label and 3072 with the image, its red, then its green, then its blue values, row by row. Here
 * the three values of a place stand together, as in a {@link Volume}.
 *
 * <p>The files are told by their length, their labels and how often each label occurs; a file that
 * was given in the place of another changes that count. It is no check of the pixels: what they are
 * is in the fingerprint.
 *
 * @param perFile records in a file
 */
record Cifar10(int perFile) {

  static final int CLASSES = 10;
  static final Volume IMAGE = new Volume(32, 32, 3);
  static final List<String> TRAINING =
      IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
  static final String TEST = "test_batch.bin";

  /** The files as they were published. */
  static final Cifar10 PUBLISHED = new Cifar10(10_000);

  /** The folder that the published archive holds. */
  private static final String UNPACKED = "cifar-10-batches-bin";

  private static final int PLANE = 32 * 32;
  private static final int RECORD = 1 + 3 * PLANE;

  /** CIFAR-10 from {@code folder}, or from the user's cache. Nothing is downloaded. */
  static Dataset whole(String name, Optional<Path> folder) throws IOException {
    return PUBLISHED.in(name, folder.orElseGet(() -> MnistFiles.cache().resolveSibling(name)));
  }

  /**
   * The data set of the files in {@code folder}, or in the folder that their archive unpacks to.
   */
  Dataset in(String name, Path folder) throws IOException {
    Path there = Files.isDirectory(folder.resolve(UNPACKED)) ? folder.resolve(UNPACKED) : folder;
    List<String> missing =
        Stream.concat(TRAINING.stream(), Stream.of(TEST))
            .filter(file -> !Files.isRegularFile(there.resolve(file)))
            .toList();
    if (!missing.isEmpty()) {
      throw new IOException(missing(name, there, missing));
    }
    return new Images(name, IMAGE, CLASSES, part(there, TRAINING), part(there, List.of(TEST)));
  }

  private static String missing(String name, Path folder, List<String> missing) {
    boolean python = Files.exists(folder.resolve("data_batch_1"));
    boolean archive =
        Files.exists(folder.resolve("cifar-10-binary.tar.gz"))
            || Files.exists(folder.resolve("cifar-10-binary.tar"));
    return String.join(", ", missing)
        + (missing.size() == 1 ? " is" : " are")
        + " not in "
        + folder
        + ". The data set "
        + name
        + " is the six files data_batch_1.bin to data_batch_5.bin and test_batch.bin of the binary"
        + " version (cifar-10-binary.tar.gz); put them there, unpacked, or name their folder with"
        + " --data."
        + (archive ? " Maybe unpack the archive that lies there." : "")
        + (python ? " Maybe you have the Python version, whose files cannot be read here." : "");
  }

  private Images.Part part(Path folder, List<String> files) throws IOException {
    int all = files.size() * perFile;
    byte[] pixels = new byte[all * IMAGE.size()];
    byte[] labels = new byte[all];
    for (int i = 0; i < files.size(); i++) {
      read(folder.resolve(files.get(i)), pixels, labels, i * perFile);
    }
    int[] counts = new int[CLASSES];
    for (byte label : labels) {
      counts[label]++;
    }
    if (Arrays.stream(counts).anyMatch(count -> count != all / CLASSES)) {
      throw new IOException(
          String.join(", ", files)
              + " in "
              + folder
              + (files.size() == 1 ? " has " : " have ")
              + Arrays.toString(counts)
              + " images of the labels 0 to 9; of CIFAR-10's there are "
              + all / CLASSES
              + " each. Maybe "
              + (files.size() == 1
                  ? "it is one of the training files."
                  : "one file is there twice, or is not CIFAR-10's."));
    }
    return new Images.Part(pixels, labels);
  }

  /** Reads the records of a file to those from {@code first} on. */
  private void read(Path file, byte[] pixels, byte[] labels, int first) throws IOException {
    long length = Files.size(file);
    long wanted = (long) perFile * RECORD;
    if (length != wanted) {
      throw new IOException(
          file
              + " has "
              + length
              + " bytes, and a file of CIFAR-10 has "
              + wanted
              + ": "
              + perFile
              + " records of a label and 3 x 1024 pixels."
              + (length < wanted ? " Maybe it is cut off." : ""));
    }
    byte[] content = Files.readAllBytes(file);
    for (int i = 0; i < perFile; i++) {
      int record = i * RECORD;
      int label = content[record] & 0xFF;
      if (label >= CLASSES) {
        throw new IOException(
            file
                + " has the label "
                + label
                + " in record "
                + (i + 1)
                + "; labels are 0 to 9. It is no file of CIFAR-10's binary version.");
      }
      labels[first + i] = (byte) label;
      int to = (first + i) * IMAGE.size();
      for (int place = 0; place < PLANE; place++) {
        for (int channel = 0; channel < 3; channel++) {
          pixels[to + 3 * place + channel] = content[record + 1 + channel * PLANE + place];
        }
      }
    }
  }
}
