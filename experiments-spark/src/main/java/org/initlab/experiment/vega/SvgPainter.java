package org.initlab.experiment.vega;

import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * Paints Vega-Lite specifications as SVG. Starting it costs some seconds, and so does a figure:
 * scripts are interpreted. Not for several threads at a time.
 *
 * <p>The scripts get no host access: a specification can read no file and reach no network.
 */
public final class SvgPainter implements AutoCloseable {

  /** What Vega expects of its surroundings, and its way to a picture without a screen. */
  private static final String PAINT =
      """
      (function (text) {
        const result = {};
        try {
          const spec = vegaLite.compile(JSON.parse(text)).spec;
          const view = new vega.View(vega.parse(spec), {renderer: 'none'});
          view.toSVG().then(svg => { result.svg = svg; }, error => { result.error = String(error); });
        } catch (error) {
          result.error = String(error);
        }
        return result;
      })
      """;

  private static final String SURROUNDINGS =
      """
      globalThis.self = globalThis;
      globalThis.setTimeout = f => { f(); return 0; };
      globalThis.clearTimeout = () => {};
      globalThis.structuredClone = x =>
        x === null || typeof x !== 'object' ? x
          : Array.isArray(x) ? x.map(structuredClone)
          : x instanceof Date ? new Date(x)
          : Object.fromEntries(Object.entries(x).map(([k, v]) => [k, structuredClone(v)]));
      globalThis.console = {log: () => {}, warn: () => {}, error: () => {}};
      """;

  private final Engine engine;
  private final Context context;
  private final Value paint;

  /**
   * Starts the scripts.
   *
   * @param scripts the texts of Vega and of Vega-Lite, in this order
   */
  public SvgPainter(List<String> scripts) {
    engine = Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
    context = Context.newBuilder("js").engine(engine).build();
    context.eval("js", SURROUNDINGS);
    scripts.forEach(script -> context.eval("js", script));
    paint = context.eval("js", PAINT);
  }

  /**
   * The picture, an SVG document.
   *
   * @param specification Vega-Lite with its data and numbers for width and height, as JSON
   * @throws IllegalArgumentException if Vega refuses it; the message is Vega's
   */
  public String paint(String specification) {
    Value result;
    try {
      result = paint.execute(specification);
    } catch (PolyglotException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (result.hasMember("error")) {
      throw new IllegalArgumentException(result.getMember("error").asString());
    }
    if (!result.hasMember("svg")) {
      throw new IllegalArgumentException("The figure waits for something that does not come.");
    }
    return result.getMember("svg").asString();
  }

  @Override
  public void close() {
    context.close();
    engine.close();
  }
}
