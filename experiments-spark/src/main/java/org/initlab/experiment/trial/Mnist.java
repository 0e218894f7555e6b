package org.initlab.experiment.trial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.initlab.experiment.numeric.Volume;

/** Makes a data set of MNIST's four files. */
final class Mnist {

  static final int CLASSES = 10;

  private Mnist() {}

  /** All of MNIST, from {@code folder}, or from the user's cache and if need be the mirrors. */
  static Dataset whole(String name, Optional<Path> folder) throws IOException {
    MnistFiles files = MnistFiles.PUBLISHED;
    if (folder.isEmpty()) {
      files.download(MnistFiles.cache());
    }
    return of(name, files.in(folder.orElseGet(MnistFiles::cache)));
  }

  /** The part of MNIST that comes with the platform. */
  static Dataset shipped(String name) throws IOException {
    Map<String, byte[]> contents = new HashMap<>();
    for (String file : MnistFiles.PUBLISHED.sha256().keySet()) {
      String resource = name + "/" + file + ".gz";
      try (InputStream in = Mnist.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IOException(resource + " is missing from the program.");
        }
        contents.put(file, IdxFile.content(resource, in.readAllBytes()));
      }
    }
    return of(name, contents);
  }

  /** The data set of the contents of these files. */
  static Dataset of(String name, Map<String, byte[]> contents) throws IOException {
    IdxFile images = IdxFile.of("train images", contents.get(MnistFiles.TRAIN_IMAGES), 3);
    return new Images(
        name,
        new Volume(images.lengths().get(1), images.lengths().get(2), 1),
        CLASSES,
        part(contents, MnistFiles.TRAIN_IMAGES, MnistFiles.TRAIN_LABELS),
        part(contents, MnistFiles.TEST_IMAGES, MnistFiles.TEST_LABELS));
  }

  private static Images.Part part(Map<String, byte[]> contents, String images, String labels)
      throws IOException {
    IdxFile pixels = IdxFile.of(images, contents.get(images), 3);
    IdxFile classes = IdxFile.of(labels, contents.get(labels), 1);
    if (!pixels.lengths().get(0).equals(classes.lengths().get(0))) {
      throw new IOException(
          images
              + " has "
              + pixels.lengths().get(0)
              + " images, but "
              + labels
              + " has "
              + classes.lengths().get(0)
              + " labels.");
    }
    for (byte label : classes.elements()) {
      if (label < 0 || label >= CLASSES) {
        throw new IOException(labels + " has the label " + label + "; labels are 0 to 9.");
      }
    }
    return new Images.Part(pixels.elements(), classes.elements());
  }
}
