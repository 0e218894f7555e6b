package org.initlab.notebook.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.initlab.experiment.report.VegaScripts;

/**
 * HTML that draws a figure where the front end does not: it carries the scripts itself, compressed
 * (0.3 MB), so that a saved notebook draws without a network. Of several figures of one cell, the
 * first carries them.
 */
final class Scripts {

  private static final Pattern EMPTY_LINES = Pattern.compile("\\n\\s*\\n");
  private static final AtomicBoolean CARRIED = new AtomicBoolean();

  private Scripts() {}

  /** From here on, outputs belong to another cell. */
  static void newCell() {
    CARRIED.set(false);
  }

  /**
   * The figure, as HTML that stays whole inside of Markdown: no empty line ends it, and nothing in
   * it starts a formula or code.
   *
   * @param spec Vega-Lite with data
   * @param instead what stands there while, or if, it is not drawn
   */
  static String drawing(String spec, String instead) {
    String carried = CARRIED.getAndSet(true) ? "" : Holder.PACKED;
    return Holder.FRAME
        .replace("@ID", "initlab-" + UUID.randomUUID())
        .replace("@INSTEAD", whole(instead, "&#36;", "&#96;"))
        .replace("@SCRIPTS", carried)
        .replace("@SPEC", whole(spec, "\\u0024", "\\u0060").replace("<", "\\u003c"));
  }

  private static String whole(String text, String dollar, String backtick) {
    return EMPTY_LINES.matcher(text).replaceAll("\n").replace("$", dollar).replace("`", backtick);
  }

  /** Made when the first figure asks. */
  private static final class Holder {
    static final String FRAME = frame();
    static final String PACKED = packed();

    private static String frame() {
      try (InputStream in = Scripts.class.getResourceAsStream("figure.html")) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String packed() {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(packed)) {
        for (String script : VegaScripts.all()) {
          out.write((script + "\n;\n").getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Base64.getEncoder().encodeToString(packed.toByteArray());
    }
  }
}
