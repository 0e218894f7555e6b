package org.initlab.experiment.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;

/** A report on another file system, where a folder cannot be replaced at once. */
record ReportCopy(Folder target) {

  private static final String PAGE = "index.html";

  /** Puts every file in place, the page last, and then removes what the old report had more. */
  void replaceBy(Path report) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(report)) {
      files = new ArrayList<>(walk.filter(Files::isRegularFile).toList());
    }
    files.sort(
        Comparator.comparing((Path f) -> f.endsWith(PAGE))
            .thenComparing(Comparator.naturalOrder()));
    Set<String> names = new TreeSet<>();
    for (Path file : files) {
      Path name = report.relativize(file);
      names.add(name.toString().replace('\\', '/'));
      Path parent = name.getParent();
      Folder folder = parent == null ? target : sub(parent.toString().replace('\\', '/'));
      folder.create();
      folder.write(
          name.getFileName().toString(),
          (temporary, hadoop) -> {
            try (FSDataOutputStream out = temporary.getFileSystem(hadoop).create(temporary, true)) {
              Files.copy(file, out);
            }
          });
    }
    for (String part : target.folders()) {
      for (Folder.Entry entry : sub(part).entries("")) {
        if (!names.contains(part + "/" + entry.name())) {
          sub(part).delete(entry.name());
        }
      }
    }
  }

  private Folder sub(String name) {
    return new Folder(target.path(name).toUri(), target.settings());
  }
}
