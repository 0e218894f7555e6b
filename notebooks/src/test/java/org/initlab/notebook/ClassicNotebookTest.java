package org.initlab.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.initlab.notebook.kernel.TestKernel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program as a user has it: Jupyter Notebook, its page in a browser, a lesson, keys. */
@Tag("slow")
class ClassicNotebookTest {

  private static final String LESSON = "01-xavier-in-five-minutes.ipynb";
  private static final String LAST = "Jupyter.notebook.get_cell(Jupyter.notebook.ncells() - 1)";

  /** Whether the last cell is answered and shows a kind of output: the two come in either order. */
  private static final String ANSWERED =
      "typeof "
          + LAST
          + ".input_prompt_number === 'number' && "
          + LAST
          + ".output_area.outputs.some(out => out.output_type === '%s')";

  /** Cells with a figure, and how many marks Vega drew in each. */
  private static final String MARKS =
      """
      JSON.stringify(Jupyter.notebook.get_cells()
        .filter(cell => cell.cell_type === 'code')
        .filter(cell => cell.output_area.outputs.some(
          out => out.data && out.data['application/vnd.vegalite.v5+json']))
        .map(cell => cell.element.find('.output svg [role="graphics-symbol"], .output svg path').length))
      """;

  @TempDir Path folder;

  @Test
  void aLessonRunsIsInterruptedAndRestarted() throws IOException, InterruptedException {
    Path program = Programs.need("Jupyter Notebook", "jupyter-notebook");
    Path chromium = Programs.need("Chromium", "chromium", "chromium-browser", "google-chrome");
    Files.copy(Path.of(LESSON), folder.resolve(LESSON));
    int port = freePort();
    ProcessBuilder jupyter =
        new ProcessBuilder(
                program.toString(),
                "--allow-root",
                "--no-browser",
                "--ip=127.0.0.1",
                "--port=" + port,
                "--NotebookApp.token=",
                "--NotebookApp.password=",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("jupyter.log").toFile());
    // What a build in the background starts ignores signals, so here messages interrupt.
    TestKernel.in(folder, jupyter.environment(), "message");
    jupyter.environment().put("JUPYTER_DATA_DIR", folder.resolve("data").toString());
    jupyter.environment().put("JUPYTER_CONFIG_DIR", folder.resolve("config").toString());
    Process server = jupyter.start();
    String page = "http://127.0.0.1:" + port + "/notebooks/" + LESSON;
    try {
      awaitServer(port);
      try (Browser browser = new Browser(chromium, folder, page)) {
        browser.await("Jupyter.notebook.kernel.is_connected()", 120);
        runsAndDraws(browser);
        helps(browser);
        isInterrupted(browser);
        restarts(browser);
      }
    } finally {
      server.destroy();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).as("Jupyter ends").isTrue();
    }
  }

  private static void runsAndDraws(Browser browser) throws IOException, InterruptedException {
    browser.value("Jupyter.notebook.execute_all_cells()");
    browser.await(
        "Jupyter.notebook.get_cells().filter(c => c.cell_type === 'code' && c.get_text())"
            + ".every(c => typeof c.input_prompt_number === 'number')",
        240);
    String errors =
        "Jupyter.notebook.get_cells().flatMap(c => c.output_area ? c.output_area.outputs : [])"
            + ".filter(o => o.output_type === 'error').length";
    assertThat(browser.value(errors).asInt()).isZero();
    String marks = "JSON.parse(" + MARKS.strip() + ")";
    browser.await(marks + ".length >= 5 && " + marks + ".every(drawn => drawn > 1)", 60);
    assertThat(browser.value(marks + ".length").asInt()).isEqualTo(5);
  }

  private static void helps(Browser browser) throws IOException, InterruptedException {
    type(browser, "Lab.draw(\"glorot_");
    browser.tab(false);
    browser.await("document.querySelector('#complete').innerText.includes('glorot_normal')", 60);
    browser.value("document.querySelector('#complete').remove()");
    type(browser, "Lab.draw(");
    browser.tab(true);
    browser.await("$('#tooltip').text().includes('Draws the kernel of a dense layer')", 60);
  }

  private static void isInterrupted(Browser browser) throws IOException, InterruptedException {
    type(browser, "while (true) { System.out.println(\"running\"); Thread.sleep(50); }");
    browser.value("Jupyter.notebook.execute_cell()");
    browser.await(LAST + ".output_area.outputs.length > 0", 60);
    browser.value("Jupyter.notebook.kernel.interrupt()");
    browser.await(ANSWERED.formatted("error"), 60);
  }

  private static void restarts(Browser browser) throws IOException, InterruptedException {
    browser.value(
        "Jupyter.notebook.events.on('kernel_ready.Kernel', () => window.ready = true),"
            + " Jupyter.notebook.kernel.restart(), 0");
    browser.await("window.ready", 120);
    type(browser, "6 * 7");
    browser.value("Jupyter.notebook.execute_cell()");
    browser.await(ANSWERED.formatted("execute_result"), 60);
    JsonNode result = browser.value(LAST + ".output_area.outputs[0].data['text/plain']");
    assertThat(result.asText()).isEqualTo("42");
    assertThat(browser.value(LAST + ".input_prompt_number").asInt()).isEqualTo(1);
  }

  /** A new cell at the end, with the cursor behind its text. */
  private static void type(Browser browser, String code) throws IOException, InterruptedException {
    browser.value(
        "(() => { const n = Jupyter.notebook; n.insert_cell_at_bottom('code'); n.select(n.ncells() - 1);"
            + " const c = n.get_selected_cell(); c.set_text('"
            + code.replace("\\", "\\\\").replace("'", "\\'")
            + "'); n.edit_mode(); c.focus_editor(); c.code_mirror.execCommand('goDocEnd'); })()");
  }

  private static void awaitServer(int port) throws IOException, InterruptedException {
    for (int tries = 0; tries < 600; tries++) {
      try {
        new Socket("127.0.0.1", port).close();
        return;
      } catch (ConnectException e) {
        Thread.sleep(100);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
