package org.initlab.experiment.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.initlab.init.dl4j.Dl4jFile;
import org.initlab.init.keras.KerasFile;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;

/** Reads a model from a file of any format that is known, by what the file holds. */
final class ModelFile {

  /**
   * A description of a model has no business to be larger, folded or unfolded: those of hundreds of
   * layers have some hundred kilobytes. It is held in memory several times over.
   */
  private static final int LARGEST = 64 << 20;

  private static final String CONFIGURATION = "configuration.json";

  private ModelFile() {}

  static Model read(Path file, List<Long> inputShape) throws IOException, ModelFileException {
    if (Files.isDirectory(file)) {
      throw new ModelFileException("it is a folder, and not a model's file.");
    }
    String text = zipped(file) ? unzipped(file) : whole(file);
    return Dl4jFile.looksLike(text)
        ? Dl4jFile.read(text, inputShape)
        : KerasFile.read(text, inputShape);
  }

  private static boolean zipped(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && start[0] == 'P' && start[1] == 'K';
    }
  }

  private static String whole(Path file) throws IOException, ModelFileException {
    if (Files.size(file) > LARGEST) {
      throw tooLarge();
    }
    return Files.readString(file);
  }

  private static String unzipped(Path file) throws IOException, ModelFileException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(CONFIGURATION);
      if (entry == null) {
        throw new ModelFileException(
            "a zip without a "
                + CONFIGURATION
                + ", so no saved Deeplearning4j model. Keras's .keras files: write model.to_json()"
                + " instead.");
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (InputStream in = zip.getInputStream(entry)) {
        byte[] block = new byte[1 << 16];
        // What the entry says of its size is not believed.
        for (int n = in.read(block); n > 0; n = in.read(block)) {
          out.write(block, 0, n);
          if (out.size() > LARGEST) {
            throw tooLarge();
          }
        }
      }
      return out.toString(StandardCharsets.UTF_8);
    } catch (ZipException e) {
      throw new ModelFileException("a zip that is broken or cut off: " + e.getMessage() + ".");
    }
  }

  private static ModelFileException tooLarge() {
    return new ModelFileException(
        "it is or unfolds to more than 64 MiB, which no description of a model is.");
  }
}
