package org.initlab.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.initlab.notebook.kernel.TestKernel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every lesson is executed by the real Jupyter, whose cells check their own numbers; what comes out
 * is opened in a real browser without a network, and every figure has to have marks.
 */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class NotebooksTest {

  private static final Pattern FIGURE = Pattern.compile("<div id=\"initlab-[^>]*initlab-figure");

  /** A mark that Vega drew for a row of data. */
  private static final Pattern MARK =
      Pattern.compile(
          "<(path|rect|text)[^>]*role=\"graphics-symbol\"|class=\"mark-(rect|symbol|line|area|text)[^\"]*\"[^>]*role=\"graphics-(object|symbol)\"");

  @TempDir Path folder;

  static List<Path> lessons() throws IOException {
    return NotebookFilesTest.lessons();
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void runsAndDraws(Path lesson) throws IOException, InterruptedException {
    Path nbconvert = Programs.need("jupyter-nbconvert", "jupyter-nbconvert");
    Path browser = Programs.need("Chromium", "chromium", "chromium-browser", "google-chrome");
    Path log = folder.resolve("nbconvert.log");
    ProcessBuilder jupyter =
        new ProcessBuilder(
                nbconvert.toString(),
                "--execute",
                "--ExecutePreprocessor.timeout=240",
                "--to",
                "html",
                "--output-dir",
                folder.toString(),
                "--output",
                "lesson.html",
                lesson.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    TestKernel.in(folder, jupyter.environment());
    int code = end(jupyter.start(), 300);
    assertThat(code).as(Files.readString(log)).isZero();

    Path page = folder.resolve("lesson.html");
    int figures = count(FIGURE, Files.readString(page));
    String drawn = open(browser, page);
    List<String> parts = new ArrayList<>(List.of(FIGURE.split(drawn)));
    assertThat(parts).as("figures on the page").hasSize(figures + 1);
    assertThat(figures).isPositive();
    for (String part : parts.subList(1, parts.size())) {
      assertThat(part.contains("<svg") && MARK.matcher(part).find())
          .as("a figure with marks: " + part.substring(0, Math.min(300, part.length())))
          .isTrue();
    }
  }

  private static int count(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }

  private static int end(Process process, int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  private String open(Path browser, Path page) throws IOException, InterruptedException {
    Path dom = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // No name resolves: the page has to draw without a network.
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=20000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(folder.resolve("browser.log").toFile())
            .start();
    assertThat(end(process, 120)).as("the browser's exit code").isZero();
    return Files.readString(dom);
  }
}
