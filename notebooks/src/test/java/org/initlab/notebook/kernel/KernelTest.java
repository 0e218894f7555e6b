package org.initlab.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.initlab.notebook.Programs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel as a front end meets it, through the real jupyter_client. */
@Tag("slow")
class KernelTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> CELLS =
      Map.of(
          "unknown", "Lab.draw(\"glorot_unifrom\", 10, 10, 1)",
          "deep", "int f(int a) {\n  return a / 0;\n}\nf(3)",
          "compile", "int a = 1;\nint b = \"no\";\nint c = 3;",
          "open", "int d = 4;\nMath.max(d, ",
          "array", "org.nd4j.linalg.factory.Nd4j.ones(4, 300)",
          "text", "\"a\\n<b>\"",
          "long", "\"x\".repeat(30_000)",
          "study",
              "Lab.study(\"name: a\\nquestion: b\\nseed: 1\\nrepeats: 1\\nfixed: {dataset: mnist-6k, depth: 1, width: 8, learning_rate: 0.1, steps: 1}\\naxes: {scheme: [zeros, ones]}\\nmeasure: {metrics: [loss], at: [0]}\")",
          "theory", "Lab.theory(\"tanh\").at(1.5, 0.1)");

  private static JsonNode told;

  @BeforeAll
  static void talk(@TempDir Path folder) throws IOException, InterruptedException {
    Path nbconvert = Programs.need("jupyter-nbconvert", "jupyter-nbconvert");
    String python = Files.readAllLines(nbconvert).get(0).replaceFirst("^#!\\s*", "").split(" ")[0];
    Path cells = folder.resolve("cells.json");
    JSON.writeValue(cells.toFile(), CELLS);
    Path out = folder.resolve("out.json");
    Path log = folder.resolve("log.txt");
    ProcessBuilder probe =
        new ProcessBuilder(python, "src/test/resources/kernel_probe.py", cells.toString())
            .redirectOutput(out.toFile())
            .redirectError(log.toFile());
    TestKernel.in(folder, probe.environment());
    Process process = probe.start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).as("the probe ended").isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    told = JSON.readTree(out.toFile());
    System.out.printf(
        "Kernel start to first result %.1f s; a figure %.2f s%n",
        told.get("start_seconds").asDouble(), told.at("/figure/seconds").asDouble());
  }

  private static String html(String cell) {
    return told.at("/" + cell + "/outputs/0/data").get("text/html").asText();
  }

  private static String error(String cell) {
    StringBuilder lines = new StringBuilder();
    told.at("/" + cell + "/outputs/0/traceback")
        .forEach(l -> lines.append(l.asText()).append('\n'));
    return lines.toString().replaceAll("\u001b\\[[0-9;]*m", "");
  }

  @Test
  void itAnswers() {
    assertThat(told.at("/first/outputs/0/data/text~1plain").asText()).isEqualTo("2");
    assertThat(told.at("/after/outputs/0/data/text~1plain").asText()).isEqualTo("5");
  }

  /** On a quiet machine 4 s and 0.3 s; a machine that builds at the same time gets time. */
  @Test
  void itIsQuick() {
    assertThat(told.get("start_seconds").asDouble()).isLessThan(60);
    assertThat(told.at("/figure/seconds").asDouble()).isLessThan(10);
  }

  @Test
  void aFigureComesInThreeTypes() {
    JsonNode data = told.at("/figure/outputs/0/data");
    JsonNode spec = data.get("application/vnd.vegalite.v5+json");
    assertThat(spec.isObject()).isTrue();
    assertThat(spec.at("/mark/type").asText()).isEqualTo("bar");
    assertThat(spec.at("/data/values").size()).isEqualTo(40);
    assertThat(data.get("text/markdown").asText()).contains("initlab-figure", "vegaEmbed");
    assertThat(data.has("text/html")).as("HTML, which JupyterLab would take").isFalse();
    assertThat(data.get("text/plain").asText()).contains("glorot_uniform [300, 200]");
  }

  @Test
  void valuesShowThemselvesAndLongOnesAreCutWithACount() {
    assertThat(html("array"))
        .contains("INDArray [4, 300] of FLOAT, 1,200 numbers", "<table")
        .contains("1,160 more numbers are not shown.");
    assertThat(html("text")).isEqualTo("<pre>a\n&lt;b&gt;</pre>");
    assertThat(html("long")).contains("and 20,000 characters more");
    assertThat(html("study")).contains("2 cells, 1 repeats, 2 trials", "zeros, ones");
    assertThat(html("theory")).contains("chaotic", "<table");
  }

  @Test
  void errorsAreShortAndPointToTheCell() {
    assertThat(error("unknown"))
        .startsWith("IllegalArgumentException: No initializer is named glorot_unifrom")
        .contains("Maybe glorot_uniform.", "--> Lab.draw(\"glorot_unifrom\", 10, 10, 1)")
        .doesNotContain("Named.java", "\tat ");
    assertThat(error("deep"))
        .startsWith("ArithmeticException: / by zero")
        .contains("-->   return a / 0;");
    assertThat(error("compile"))
        .contains("String cannot be converted to int", "--> int b = \"no\";")
        .doesNotContain("int a");
    assertThat(error("open"))
        .startsWith("The cell is not complete")
        .contains("--> Math.max(d,")
        .doesNotContain("\tat ", "Exception");
  }

  @Test
  void anInterruptEndsTheCellAndNotTheKernel() {
    assertThat(told.at("/interrupted/status").asText()).isEqualTo("error");
    assertThat(told.at("/interrupted/seconds").asDouble()).isLessThan(30);
    assertThat(told.at("/after/status").asText()).isEqualTo("ok");
  }

  @Test
  void itAnswersOnTheControlChannelAndTheCellKeepsItsOutput() {
    assertThat(told.get("answer").asText()).isEqualTo("kernel_info_reply");
    StringBuilder said = new StringBuilder();
    told.at("/asked/outputs").forEach(output -> said.append(output.path("text").asText()));
    assertThat(said.toString().lines()).hasSize(100);
    assertThat(told.at("/asked/status").asText()).isEqualTo("ok");
  }

  @Test
  void aMessageInterruptsAsASignalDoes() {
    assertThat(told.get("stopped").asText()).isEqualTo("interrupt_reply");
    assertThat(told.at("/told to stop/status").asText()).isEqualTo("error");
    assertThat(told.at("/told to stop/seconds").asDouble()).isLessThan(30);
  }

  @Test
  void aRestartedKernelAnswersAllThatWasAskedMeanwhile() {
    assertThat(told.get("heard").asBoolean()).isTrue();
    assertThat(told.at("/restarted/outputs/0/data/text~1plain").asText()).isEqualTo("7");
  }

  @Test
  void itEndsAlsoWhileACellRuns() {
    assertThat(told.get("end_seconds").asDouble()).isLessThan(30);
  }

  @Test
  void completionKnowsMethodsAndNamesInQuotes() {
    assertThat(told.get("complete Lab.dr").get("matches").toString()).contains("draw(");
    assertThat(told.get("complete Figures.").get("matches").toString())
        .contains("histogram(", "line(", "heatmap(");
    assertThat(told.get("complete Lab.theory(\"tanh\").cri").get("matches").toString())
        .contains("critical(");
    JsonNode names = told.get("complete Lab.draw(\"glorot_u");
    assertThat(names.get("matches").toString()).isEqualTo("[\"glorot_uniform\"]");
    assertThat(names.get("start").asInt()).isEqualTo("Lab.draw(\"".length());
  }

  @Test
  void helpHasSignaturesAndJavadoc() {
    assertThat(told.get("inspect Lab.draw(").asText())
        .contains("String initializer, long in, long out, long seed")
        .contains("Draws the kernel of a dense layer.")
        .contains("units that come in");
    assertThat(told.get("inspect Lab.draw").asText())
        .isEqualTo(told.get("inspect Lab.draw(").asText());
    assertThat(told.get("inspect Named").asText())
        .contains("The one table from a name in a study to an initializer");
    assertThat(told.get("inspect Lab.theory(\"tanh\").at(1, 2)").asText())
        .contains("What becomes of signals at this point");
  }
}
