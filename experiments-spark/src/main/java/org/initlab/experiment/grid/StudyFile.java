package org.initlab.experiment.grid;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException.Problem;
import org.initlab.init.named.Nearest;
import org.yaml.snakeyaml.nodes.MappingNode;

/** A study as a file: reads and checks it completely, or writes it as resolved. */
public final class StudyFile {

  private static final String FILE = "study.yaml";

  private StudyFile() {}

  /**
   * Reads a study. Nothing that the file says is left to be found wrong when trials run.
   *
   * @param fileOrFolder the file, or the folder of a {@code study.yaml}
   * @param scale the scale to run at, or nothing for the study in full
   * @param known the names that the study may use
   * @throws StudyException with every problem of the file
   */
  public static Study read(Path fileOrFolder, Optional<String> scale, Known known)
      throws StudyException {
    Path file = file(fileOrFolder);
    Path folder = file.toAbsolutePath().normalize().getParent().getFileName();
    String name = folder == null ? "" : folder.toString();
    return new StudyReader(file.toString(), name, known).read(text(file), scale);
  }

  /**
   * The names of a study's scales, in the order of the file.
   *
   * @throws StudyException if the file is not to be read as YAML
   */
  public static List<String> scales(Path fileOrFolder) throws StudyException {
    Path file = file(fileOrFolder);
    Problems problems = new Problems(file.toString());
    Optional<MappingNode> top = Document.read(text(file), problems);
    problems.check();
    return List.copyOf(Scales.of(top.orElseThrow(), problems).keySet());
  }

  /** The resolved study as YAML, which reads back to an equal study. */
  public static String write(Study study) {
    return StudyWriter.write(study);
  }

  private static Path file(Path fileOrFolder) throws StudyException {
    Path file = Files.isDirectory(fileOrFolder) ? fileOrFolder.resolve(FILE) : fileOrFolder;
    if (!Files.isRegularFile(file)) {
      throw problem(fileOrFolder, 0, missing(fileOrFolder));
    }
    return file;
  }

  private static String text(Path file) throws StudyException {
    byte[] bytes;
    try {
      if (Files.size(file) > Document.LARGEST) {
        throw problem(file, 0, "the file has " + Files.size(file) + " bytes. Allowed: 1048576.");
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw problem(file, 0, "the file cannot be read: " + e);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw problem(
          file,
          line,
          "byte 0x%02X is not UTF-8. Save the file as UTF-8.".formatted(bytes[in.position()]));
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String missing(Path path) {
    if (Files.isDirectory(path)) {
      return "there is no " + FILE + " in this folder." + near(path.resolve("."));
    }
    boolean file = path.endsWith(FILE) && path.getParent() != null;
    return "there is no such study." + near(file ? path.getParent() : path);
  }

  /** The study beside {@code folder} that is perhaps meant. */
  private static String near(Path folder) {
    Path parent = folder.getParent();
    Path name = folder.getFileName();
    if (name == null) {
      return "";
    }
    try (Stream<Path> siblings = Files.list(parent == null ? Path.of("") : parent)) {
      List<String> studies =
          siblings
              .filter(p -> Files.isRegularFile(p.resolve(FILE)))
              .map(p -> p.getFileName().toString())
              .sorted()
              .toList();
      Optional<String> meant = Nearest.to(name.toString(), studies);
      if (meant.isPresent()) {
        return " Maybe " + folder.resolveSibling(meant.get()) + ".";
      }
      return studies.isEmpty() ? "" : " Allowed: " + String.join(", ", studies) + ".";
    } catch (IOException e) {
      return "";
    }
  }

  private static StudyException problem(Path file, int line, String message) {
    return new StudyException(List.of(new Problem(file.toString(), line, message)));
  }
}
