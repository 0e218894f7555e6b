package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The real LaTeX where it is installed; where not, what it would stumble over first. */
final class Latex {

  private Latex() {}

  /** Fails unless a document that reads these files can be set. */
  static void set(Path folder, String... files) throws IOException, InterruptedException {
    StringBuilder document =
        new StringBuilder("\\documentclass{article}\\usepackage{booktabs}\\begin{document}\n");
    for (String file : files) {
      balanced(Files.readString(folder.resolve(file)));
      document.append("\\input{").append(file).append("}\n\n");
    }
    Files.writeString(folder.resolve("doc.tex"), document + "\\end{document}\n");
    Process latex;
    try {
      latex =
          new ProcessBuilder("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "doc.tex")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("doc.out").toFile())
              .start();
    } catch (IOException none) {
      return;
    }
    assertThat(latex.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(latex.exitValue()).as(Files.readString(folder.resolve("doc.out"))).isZero();
    assertThat(folder.resolve("doc.pdf")).exists();
  }

  private static void balanced(String source) {
    int depth = 0;
    int dollars = 0;
    String plain = source.replaceAll("(?m)^%.*$", "").replaceAll("\\\\[\\\\{}$%&#_]", "");
    for (char c : plain.toCharArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      dollars += c == '$' ? 1 : 0;
      assertThat(depth).as(source).isNotNegative();
    }
    assertThat(depth).isZero();
    assertThat(dollars % 2).isZero();
  }
}
