package org.initlab.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Study;
import org.initlab.experiment.store.RunFolder;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens a report in a real browser without a network and looks whether every figure is drawn. */
@Tag("slow")
class ReportInBrowserTest {

  private static final Pattern FIGURE =
      Pattern.compile("<figure id=\"figure-([^\"]+)\">(.*?)</figure>", Pattern.DOTALL);

  /** A mark that vega drew for a row of data. */
  private static final Pattern MARK =
      Pattern.compile(
          "<(path|rect|text)[^>]*role=\"graphics-symbol\"|class=\"mark-(rect|symbol|line|area|text)[^\"]*\"[^>]*role=\"graphics-(object|symbol)\"");

  @TempDir Path parent;

  @Test
  void everyFigureIsDrawn() throws IOException, InterruptedException {
    Study study =
        ToyRun.study(
            List.of(ToyRun.GROWS),
            List.of(
                new Study.Figure(
                    "final-loss",
                    "Loss by </script> depth",
                    "A study's own figure.",
                    "SELECT depth, scheme, value FROM results WHERE metric = 'loss' AND step = 1000",
                    """
                    {"mark": "point", "encoding": {
                      "x": {"field": "depth", "type": "ordinal"},
                      "y": {"field": "value", "type": "quantitative"},
                      "color": {"field": "scheme", "type": "nominal"}}}
                    """)));
    Path run = parent.resolve("run");
    ToyRun.store(study, run);
    try (SparkSession spark = ToyRun.spark()) {
      Report.of(study, RunFolder.of(run).uri(), spark, Map.of("java", "17"))
          .write(run.resolve("report"));
    }

    Path log = parent.resolve("browser.log");
    String page = open(browser(), run.resolve("report/index.html"), log);

    Matcher figures = FIGURE.matcher(page);
    List<String> drawn = new ArrayList<>();
    while (figures.find()) {
      assertThat(figures.group(2)).as(figures.group(1)).contains("<svg").containsPattern(MARK);
      drawn.add(figures.group(1));
    }
    assertThat(drawn)
        .containsExactly(
            "final-loss", "error-by-depth-and-width", "loss-curves", "outcomes", "activation-std");
    assertThat(Files.readAllLines(log))
        .noneMatch(line -> line.matches(".*CONSOLE.*([Ee]rror|ERROR).*"));
  }

  private static Path browser() {
    Optional<Path> found =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(
                name ->
                    Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    String missing = "The report was NOT looked at: there is no Chromium on the PATH.";
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      Assertions.fail(missing);
    }
    Assumptions.assumeTrue(found.isPresent(), missing);
    return found.get();
  }

  private String open(Path browser, Path page, Path log) throws IOException, InterruptedException {
    Path dom = parent.resolve("dom.html");
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
                "--user-data-dir=" + parent.resolve("profile"),
                "--virtual-time-budget=15000",
                "--dump-dom",
                "--enable-logging=stderr",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      Assertions.fail("The browser did not end within 90 s.");
    }
    return Files.readString(dom);
  }
}
