package org.initlab.notebook.kernel;

import java.util.UUID;
import java.util.function.Consumer;
import org.initlab.notebook.Screen;
import org.initlab.notebook.Shown;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.display.DisplayData;

/** The output of the cell that is running; it is found as a service. */
public final class NotebookScreen implements Screen {

  @Override
  public boolean isThere() {
    return Boolean.getBoolean(Kernel.RUNS);
  }

  @Override
  public Consumer<Shown> show(Shown first) {
    String id = UUID.randomUUID().toString();
    MainApp.kernel.display(named(first, id));
    return next -> MainApp.kernel.updateDisplay(named(next, id));
  }

  private static DisplayData named(Shown shown, String id) {
    DisplayData data = Bundle.of(shown);
    data.setDisplayId(id);
    return data;
  }
}
