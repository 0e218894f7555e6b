package org.initlab.experiment.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.initlab.experiment.launch.ClassArchive;
import org.initlab.experiment.report.WholeFolder;

/**
 * InitLab's folder as the build makes it, out of this test's class path: laid once for all tests,
 * with an archive of classes from which clusters' many processes start sooner.
 */
final class Distribution {

  private static final Path PLACE = Path.of("target/distribution").toAbsolutePath();

  /** It meets most classes: a session, the engine, tables, a report. */
  private static final String STUDY =
      """
      question: Which classes does a run need?
      seed: 1
      fixed: {architecture: mlp, dataset: shapeset-3x2, depth: 1, width: 8, learning_rate: 0.05, batch: 10, steps: 10}
      axes: {scheme: [standard, glorot_uniform]}
      measure: {metrics: [loss, activation_moments], at: [0, 10]}
      """;

  private Distribution() {}

  /** The folder, whose dist/jars is complete. Nobody changes it. */
  static Path home() throws IOException, InterruptedException {
    Files.createDirectories(PLACE);
    try (FileChannel channel =
        FileChannel.open(
            PLACE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock(); // until the end: other tests run in other processes
      Path stamp = PLACE.resolve("stamp");
      String classes = state();
      if (!Files.exists(stamp) || !Files.readString(stamp).equals(classes)) {
        Files.deleteIfExists(stamp);
        WholeFolder.delete(PLACE.resolve("dist"));
        lay(PLACE.resolve("dist/jars"));
        archive(PLACE.resolve("dist"));
        Files.writeString(stamp, classes);
      }
    }
    return PLACE;
  }

  /** The class path, and when each of its files was last changed. */
  private static String state() throws IOException {
    StringBuilder state = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.exists(path)) {
        try (Stream<Path> files = Files.walk(path)) {
          state.append(path).append(' ');
          state.append(files.mapToLong(f -> f.toFile().lastModified()).max().orElse(0));
          state.append('\n');
        }
      }
    }
    return state.toString();
  }

  /** A folder of jars as the build makes it. */
  static void lay(Path jars) throws IOException {
    Files.createDirectories(jars);
    int number = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isRegularFile(path)) {
        link(path.toAbsolutePath(), jars.resolve(path.getFileName()));
      } else if (Files.isDirectory(path)) {
        boolean application = Files.exists(path.resolve("org/initlab/experiment/cli/Main.class"));
        String name = application ? "experiments-spark-0.jar" : "classes" + number++ + "-0.jar";
        zip(path, jars.resolve(name));
      }
    }
  }

  private static void link(Path file, Path link) throws IOException {
    try {
      Files.createLink(link, file);
    } catch (IOException otherDisk) {
      Files.createSymbolicLink(link, file);
    }
  }

  private static void zip(Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file);
        Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(path).toString()));
        Files.copy(path, zip);
        zip.closeEntry();
      }
    }
  }

  private static void archive(Path dist) throws IOException, InterruptedException {
    Path trial = Files.createTempDirectory("archive");
    Path study = Files.createDirectories(trial.resolve("classes"));
    Files.writeString(study.resolve("study.yaml"), STUDY);
    List<String> options = new ArrayList<>(modules());
    options.add("-XX:ArchiveClassesAtExit=" + dist.resolve("classes.jsa"));
    options.addAll(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
    Child child =
        Child.start(
            trial,
            ClassArchive.classPath(dist),
            options,
            Map.of(),
            "run",
            study.toString(),
            "--out",
            trial.resolve("runs").toString());
    if (child.exit() != 0) {
      throw new IllegalStateException(child.said());
    }
    WholeFolder.delete(trial);
  }

  /** What Spark's launcher opens of the JDK. */
  static List<String> modules() {
    return Stream.of(JavaModuleOptions.defaultModuleOptionArray())
        .filter(option -> !option.startsWith("--add-modules"))
        .toList();
  }
}
