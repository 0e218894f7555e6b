package org.initlab.notebook.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.initlab.notebook.Shown;
import org.initlab.notebook.show.Shows;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;
import org.rapaio.jupyter.kernel.global.Options;

/** Tells the kernel's display system how values are shown; it is found as a service. */
public final class Rendering implements DisplayProvider {

  @Override
  public List<DisplayRenderer> getDisplayRenderers() {
    List<DisplayRenderer> renderers = new ArrayList<>();
    Shows.types().forEach(type -> renderers.add(new OfType(type)));
    return renderers;
  }

  @Override
  public List<DisplayTransformer> getDisplayTransformers() {
    return List.of(new AsText());
  }

  private record OfType(Class<?> rendererClass) implements DisplayRenderer {

    @Override
    public boolean canRender(String mime) {
      return mime == null;
    }

    @Override
    public DisplayData render(String mime, Object value) {
      return Bundle.of(Shows.of(value));
    }
  }

  /** What nobody knows is shown as its own text, in lines, with a count of what is left out. */
  private static final class AsText implements DisplayTransformer {

    @Override
    public boolean canTransform(Object value) {
      return !(value instanceof Map || value instanceof Options);
    }

    @Override
    public Class<?> transformedClass() {
      return Shown.class;
    }

    @Override
    public Object transform(Object value) {
      return Shows.of(value);
    }
  }
}
