package org.initlab.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real Chromium with one page, spoken to by its DevTools protocol. */
final class Browser implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ANSWER_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private int asked;

  /** Opens a page that resolves no name: only what this machine serves is there. */
  Browser(Path program, Path folder, String page) throws IOException, InterruptedException {
    Path profile = folder.resolve("profile");
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--window-size=1200,1000",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.log").toFile())
            .start();
    Path active = profile.resolve("DevToolsActivePort");
    for (int tries = 0; tries < 600 && !isWritten(active); tries++) {
      Thread.sleep(100);
    }
    String port = Files.readAllLines(active).get(0);
    HttpClient http = HttpClient.newHttpClient();
    JsonNode pages =
        JSON.readTree(URI.create("http://127.0.0.1:" + port + "/json/list").toURL().openStream());
    socket =
        http.newWebSocketBuilder()
            .connectTimeout(Duration.ofSeconds(ANSWER_SECONDS))
            .buildAsync(
                URI.create(pages.get(0).get("webSocketDebuggerUrl").asText()), new Listener())
            .join();
    ask("Page.navigate", Map.of("url", page));
  }

  private static boolean isWritten(Path active) throws IOException {
    return Files.isRegularFile(active) && Files.readAllLines(active).size() == 2;
  }

  /** What an expression of JavaScript is worth on the page. */
  JsonNode value(String script) throws IOException, InterruptedException {
    JsonNode answer =
        ask(
            "Runtime.evaluate",
            Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
    assertThat(answer.has("exceptionDetails")).as(answer.toString()).isFalse();
    return answer.at("/result/value");
  }

  /** Waits until an expression is true; what throws is not true yet. */
  void await(String script, int seconds) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    String safe = "(() => { try { return !!(" + script + ") } catch (e) { return false } })()";
    while (!value(safe).asBoolean()) {
      assertThat(System.nanoTime()).as("waited %d s for %s", seconds, script).isLessThan(end);
      Thread.sleep(200);
    }
  }

  /** Presses Tab, with Shift or without. */
  void tab(boolean shift) throws IOException, InterruptedException {
    for (String type : new String[] {"rawKeyDown", "keyUp"}) {
      ask(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              "Tab",
              "code",
              "Tab",
              "windowsVirtualKeyCode",
              9,
              "modifiers",
              shift ? 8 : 0));
    }
  }

  private JsonNode ask(String method, Map<String, ?> parameters)
      throws IOException, InterruptedException {
    int id = ++asked;
    String text = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(text, true).join();
    while (true) {
      JsonNode message = heard.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("an answer to " + method).isNotNull();
      if (message.path("id").asInt() == id) {
        assertThat(message.has("error")).as(message.toString()).isFalse();
        return message.get("result");
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          heard.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
