package org.initlab.notebook.kernel;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import org.initlab.notebook.Vocabulary;
import org.rapaio.jupyter.kernel.core.CompleteMatches;
import org.rapaio.jupyter.kernel.core.RapaioKernel;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.message.Message;
import org.rapaio.jupyter.kernel.message.messages.ShellCompleteReply;
import org.rapaio.jupyter.kernel.message.messages.ShellCompleteRequest;
import org.rapaio.jupyter.kernel.message.messages.ShellInspectReply;
import org.rapaio.jupyter.kernel.message.messages.ShellInspectRequest;

/**
 * Help at the cursor: signatures with the Javadoc of the platform's own sources, and names inside
 * of a text, which are those of initializers, activations and the other tables.
 */
final class Help {

  private final RapaioKernel kernel;

  Help(RapaioKernel kernel) {
    this.kernel = kernel;
    sources().ifPresent(Help::use);
  }

  void inspect(Message<ShellInspectRequest> message) {
    String code = message.content().code();
    Optional<DisplayData> found = found(code, message.content().cursorPos());
    if (found.isEmpty()) {
      kernel.handleInspectRequest(message);
      return;
    }
    kernel.channels().busyThenIdle();
    kernel.channels().reply(new ShellInspectReply(true, found.get()));
  }

  void complete(Message<ShellCompleteRequest> message) {
    String code = message.content().code();
    int cursor = message.content().cursorPos();
    Optional<CompleteMatches> names = names(code, cursor);
    if (names.isEmpty()) {
      kernel.handleCompleteRequest(message);
      return;
    }
    kernel.channels().busyThenIdle();
    kernel.channels().reply(ShellCompleteReply.from(names.get()));
  }

  /** Names that go on as the open text before the cursor does. */
  private static Optional<CompleteMatches> names(String code, int cursor) {
    int line = code.lastIndexOf('\n', Math.max(0, cursor - 1)) + 1;
    String before = code.substring(line, cursor);
    int quote = before.lastIndexOf('"');
    if (quote < 0 || before.chars().filter(c -> c == '"').count() % 2 == 0) {
      return Optional.empty();
    }
    String typed = before.substring(quote + 1);
    List<String> matches = Vocabulary.names().filter(name -> name.startsWith(typed)).toList();
    return matches.isEmpty()
        ? Optional.empty()
        : Optional.of(new CompleteMatches(matches, line + quote + 1, cursor));
  }

  private Optional<DisplayData> found(String code, int cursor) {
    int end = Math.min(cursor, code.length());
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    int open = end;
    while (open < code.length() && code.charAt(open) == ' ') {
      open++;
    }
    boolean call = open < code.length() && code.charAt(open) == '(';
    Optional<DisplayData> found = told(code, call ? open + 1 : end);
    // The name of a method alone: JShell knows it when it is called.
    return found.isEmpty() && !call ? told(code.substring(0, end) + "(", end + 1) : found;
  }

  private Optional<DisplayData> told(String code, int cursor) {
    List<Documentation> found =
        kernel.javaEngine().getSourceAnalysis().documentation(code, cursor, true);
    return found == null || found.isEmpty() ? Optional.empty() : Optional.of(JavadocText.of(found));
  }

  /** The sources that this process was built from, beside what the JDK has of its own. */
  private static Optional<List<Path>> sources() {
    String home = System.getProperty("initlab.home");
    if (home == null) {
      return Optional.empty();
    }
    List<Path> roots = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of(home))) {
      modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .forEach(roots::add);
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(roots);
  }

  /** JShell looks for Javadoc in the JDK's sources alone, but for a door that its tests use. */
  private static void use(List<Path> sources) {
    try {
      Field door =
          Class.forName("jdk.jshell.SourceCodeAnalysisImpl")
              .getDeclaredField("availableSourcesOverride");
      door.setAccessible(true);
      door.set(null, sources);
    } catch (ReflectiveOperationException | RuntimeException e) {
      java.util.logging.Logger.getLogger(Help.class.getName())
          .warning("This Java's JShell shows signatures without Javadoc: " + e);
    }
  }
}
