package org.initlab.experiment.grid;

import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Turns text into a tree of YAML nodes. Accepts one document without aliases and tags: a study is
 * plain data, and without aliases no small file can unfold into a large one.
 */
final class Document {

  /** Largest file, in bytes and in characters. */
  static final int LARGEST = 1 << 20;

  /** What the parser says, and what it means to somebody who wrote a study. */
  private static final Map<String, String> PLAIN_WORDS =
      Map.of(
          "mapping values are not allowed here",
          "a colon stands where none can be. Put text that contains ': ' in quotes, and indent the"
              + " keys of one mapping alike.",
          "could not find expected ':'",
          "a key has no colon after it. Write KEY: VALUE.",
          "found unexpected end of stream",
          "a quote is opened and not closed. Close it.",
          "(TAB)",
          "a tab stands where a value begins or in the indentation. Write spaces.",
          "expected ',' or ']'",
          "a list [...] is not closed, or a comma is missing in it.",
          "expected ',' or '}'",
          "a mapping {...} is not closed, or a comma is missing in it.",
          "expected <block end>",
          "the indentation does not fit the lines above. Indent the keys of one mapping alike.",
          "found character '@'",
          "a value may not begin with @. Put it in quotes.",
          "found character '`'",
          "a value may not begin with `. Put it in quotes.");

  private Document() {}

  /** The mapping at the top of {@code text}, if there is one. */
  static Optional<MappingNode> read(String text, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    options.setMaxAliasesForCollections(0);
    Yaml yaml = new Yaml(options);
    try {
      int before = problems.count();
      checkEvents(yaml, text, problems);
      if (problems.count() > before) {
        return Optional.empty();
      }
      Node top = yaml.compose(new StringReader(text));
      if (top instanceof MappingNode mapping) {
        return Optional.of(new Rejoin(text).rejoin(mapping));
      }
      if (top == null) {
        problems.add(1, "the file is empty. Write question, seed, axes and measure.");
      } else {
        problems.add(
            top,
            "the file is "
                + Scalars.describe(top)
                + ", and a study is a mapping. Begin with question: ...");
      }
    } catch (MarkedYAMLException e) {
      // a quote that is never closed is noticed at the end of the file, and mended where it opens
      boolean atStart = String.valueOf(e.getProblem()).contains("unexpected end of stream");
      Mark mark = e.getProblemMark() == null || atStart ? e.getContextMark() : e.getProblemMark();
      problems.add(mark == null ? 0 : mark.getLine() + 1, inPlainWords(e, mark));
    } catch (ReaderException e) {
      String before = text.substring(0, Math.min(e.getPosition(), text.length()));
      problems.add(
          (int) before.chars().filter(c -> c == '\n').count() + 1,
          "character U+" + "%04X".formatted(e.getCodePoint()) + " cannot be in YAML. Remove it.");
    } catch (YAMLException e) {
      problems.add(0, "this is not YAML that can be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static void checkEvents(Yaml yaml, String text, Problems problems) {
    int documents = 0;
    int depth = 0;
    for (Event event : yaml.parse(new StringReader(text))) {
      int line = event.getStartMark() == null ? 0 : event.getStartMark().getLine() + 1;
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        problems.add(line, "a second document begins. A file holds one study: remove the ---.");
        return;
      }
      if (event instanceof AliasEvent alias) {
        problems.add(line, "alias *" + alias.getAnchor() + " is not read. Write the value out.");
      }
      String tag = null;
      if (event instanceof ScalarEvent scalar) {
        tag = scalar.getTag();
      } else if (event instanceof CollectionStartEvent start) {
        tag = start.getTag();
        if (++depth > 40) {
          problems.add(line, "lists and mappings are nested more than 40 deep.");
          return;
        }
      } else if (event instanceof org.yaml.snakeyaml.events.CollectionEndEvent) {
        depth--;
      }
      // "!" alone is what the parser notes for a quoted text
      if (tag != null && !tag.equals("!")) {
        problems.add(line, "tag " + tag + " is not read. Write the value without it.");
      }
    }
  }

  private static String inPlainWords(MarkedYAMLException e, Mark mark) {
    String says = String.valueOf(e.getProblem());
    String opened =
        says.contains("expected ','") && e.getContextMark() != null
            ? ", opened on line " + (e.getContextMark().getLine() + 1)
            : "";
    String where = mark == null ? "" : " (column " + (mark.getColumn() + 1) + opened + ")";
    return PLAIN_WORDS.entrySet().stream()
        .filter(p -> says.contains(p.getKey()))
        .map(p -> p.getValue() + where)
        .findFirst()
        .orElse("this is not YAML: " + says + where);
  }
}
