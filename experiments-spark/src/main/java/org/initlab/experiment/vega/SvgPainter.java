package org.initlab.experiment.vega;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.values.reference.V8ValueFunction;
import com.caoccao.javet.values.reference.V8ValueObject;
import java.util.List;

/**
 * Paints Vega-Lite specifications as SVG, in a V8 that is part of this process. A heat map of 1,681
 * cells takes some 0.7 s, the start included. Not for several threads at a time.
 *
 * <p>The scripts get no host access: a specification can read no file and reach no network.
 */
public final class SvgPainter implements AutoCloseable {

  /** What Vega expects of its surroundings. */
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

  /** Vega's way to a picture without a screen. */
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

  private final V8Runtime runtime;
  private final V8ValueFunction paint;

  /**
   * Starts the scripts.
   *
   * @param scripts the texts of Vega and of Vega-Lite, in this order
   * @throws IllegalStateException if this machine has no V8 to run them, or a script fails
   */
  public SvgPainter(List<String> scripts) {
    try {
      runtime = V8Host.getV8Instance().createV8Runtime();
      runtime.getExecutor(SURROUNDINGS).executeVoid();
      for (String script : scripts) {
        runtime.getExecutor(script).executeVoid();
      }
      paint = runtime.getExecutor(PAINT).execute();
    } catch (JavetException e) {
      throw new IllegalStateException("Vega's scripts do not start here: " + e.getMessage(), e);
    }
  }

  /**
   * The picture, an SVG document.
   *
   * @param specification Vega-Lite with its data and numbers for width and height, as JSON
   * @throws IllegalArgumentException if Vega refuses it; the message is Vega's
   */
  public String paint(String specification) {
    try (V8ValueObject result = paint.call(null, specification)) {
      runtime.await(); // until every promise of the view is kept
      String error = result.getString("error");
      if (error != null) {
        throw new IllegalArgumentException(error);
      }
      String svg = result.getString("svg");
      if (svg == null) {
        throw new IllegalArgumentException("The figure waits for something that does not come.");
      }
      return svg;
    } catch (JavetException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      paint.close();
      runtime.close();
    } catch (JavetException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
