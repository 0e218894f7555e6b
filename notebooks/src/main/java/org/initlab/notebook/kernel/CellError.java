package org.initlab.notebook.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import org.rapaio.jupyter.kernel.core.RapaioKernel;
import org.rapaio.jupyter.kernel.core.java.CompilerException;
import org.rapaio.jupyter.kernel.core.java.IncompleteSourceException;

/** An exception of a cell as people read it: what was amiss, and where in the cell. */
final class CellError {

  private static final String RED = "\u001b[1;31m";
  private static final String BLUE = "\u001b[34m";
  private static final String PLAIN = "\u001b[0m";

  /** Lines of a cell that are shown before and behind the one that failed. */
  private static final int AROUND = 2;

  private CellError() {}

  static List<String> lines(RapaioKernel kernel, EvalException error) {
    List<String> lines = new ArrayList<>();
    lines.add(RED + brief(error.getExceptionClassName()) + PLAIN + ": " + error.getMessage());
    for (JShellException cause = error.getCause(); cause != null; ) {
      String name = cause instanceof EvalException e ? brief(e.getExceptionClassName()) : "Cause";
      lines.add("because of " + name + ": " + cause.getMessage());
      cause = cause instanceof EvalException e ? e.getCause() : null;
    }
    int skipped = 0;
    for (StackTraceElement frame : error.getStackTrace()) {
      Optional<String> source = source(kernel, frame);
      if (source.isEmpty()) {
        skipped++;
        continue;
      }
      lines.addAll(where(source.get(), frame.getLineNumber()));
    }
    if (skipped > 0) {
      lines.add(BLUE + "(" + skipped + " calls inside of libraries are not shown)" + PLAIN);
    }
    return lines;
  }

  /** What the compiler says of a cell, each problem with its line. */
  static List<String> compile(RapaioKernel kernel, CompilerException error) {
    Snippet snippet = error.badSnippet().snippet();
    List<String> lines = new ArrayList<>();
    lines.add(RED + "Compile error" + PLAIN);
    kernel
        .javaEngine()
        .getShell()
        .diagnostics(snippet)
        .forEach(
            problem -> {
              String before = snippet.source().substring(0, (int) problem.getPosition());
              lines.add(problem.getMessage(Locale.ROOT));
              lines.addAll(
                  where(snippet.source(), 1 + (int) before.chars().filter(c -> c == '\n').count()));
            });
    if (snippet instanceof DeclarationSnippet declaration) {
      kernel
          .javaEngine()
          .getShell()
          .unresolvedDependencies(declaration)
          .forEach(name -> lines.add("not defined: " + name));
    }
    return lines;
  }

  /** Of a cell that ends too early, what it ends with. */
  static List<String> incomplete(IncompleteSourceException error) {
    List<String> lines = new ArrayList<>();
    lines.add(
        RED + "The cell is not complete" + PLAIN + ": a bracket, a comment or a text is open.");
    String source = error.source().stripTrailing();
    lines.addAll(where(source, (int) source.lines().count()));
    return lines;
  }

  private static String brief(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static Optional<String> source(RapaioKernel kernel, StackTraceElement frame) {
    String file = frame.getFileName();
    if (file == null || !file.startsWith("#")) {
      return Optional.empty();
    }
    return kernel
        .javaEngine()
        .getShell()
        .snippets()
        .filter(snippet -> snippet.id().equals(file.substring(1)))
        .map(Snippet::source)
        .findAny();
  }

  private static List<String> where(String source, int line) {
    List<String> all = source.lines().toList();
    List<String> shown = new ArrayList<>();
    for (int i = Math.max(0, line - 1 - AROUND); i < Math.min(all.size(), line + AROUND); i++) {
      shown.add((i == line - 1 ? "--> " : "    ") + all.get(i));
    }
    return shown;
  }
}
