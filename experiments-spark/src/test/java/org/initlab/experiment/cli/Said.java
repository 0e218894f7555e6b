package org.initlab.experiment.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a command prints in a test, on both streams. */
final class Said implements BeforeEachCallback, AfterEachCallback {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private PrintStream out;
  private PrintStream err;

  @Override
  public void beforeEach(ExtensionContext context) {
    out = System.out;
    err = System.err;
    PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setOut(out);
    System.setErr(err);
  }

  /** Forgets what was said so far. */
  void reset() {
    bytes.reset();
  }

  @Override
  public String toString() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
